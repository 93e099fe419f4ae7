"""When a measure is put before leadership: declared rules with parameters, one class for each kind.

The council's rules stand under `exception_rules`. A measure changes their parameters, or turns one off, under
`exceptions`.
"""

from collections.abc import Mapping
from string import Formatter
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.catalogue.measure import Class, Measure
from scorecard.nearest import did_you_mean

RuleKind = Literal[
    "off_target", "sudden", "sustained", "forecast", "failing", "hidden_part", "behind_peers", "data_late",
    "data_missing", "restated", "improved",
]  # fmt: skip
Urgency = Literal["high", "medium", "low"]
DataProblem = Literal["late", "missing", "failed_checks", "stale_definition"]
Chance = Annotated[float, Field(gt=0, lt=1)]

JUDGED: Final[tuple[Class, ...]] = ("operational", "outcome", "project")
EVERY: Final[tuple[Class, ...]] = (*JUDGED, "contextual", "volumetric")
PLACEHOLDERS: Final = ("measure", "owner", "since", "place", "value", "target")
"""What a question may name in braces."""


class ExceptionRule(Entry):
    """What every rule by which a measure becomes an exception has."""

    title: Text
    when: RuleKind
    for_periods: int = Field(default=1, ge=1)
    """How many periods in a row it must have held."""
    severity: Urgency = "medium"
    severity_if_worsening: Urgency | None = None
    """Used instead while the measure is also worse than a year before (or than last period, without a year)."""
    question: Text | None = None
    """What to ask the owner; may name {measure}, {owner}, {since}, {place}, {value} and {target}. By default the
    question of its kind."""
    applies_to: tuple[Class, ...] = JUDGED
    """The kinds of measure it is for. Measures of activity and context are no exceptions unless this names them."""

    @field_validator("question")
    @classmethod
    def _names_what_there_is(cls, given: str | None) -> str | None:
        try:
            named = [name for _, name, _, _ in Formatter().parse(given or "") if name is not None]
        except ValueError as fault:
            raise ValueError(f"a brace in the question is not closed or not opened: {fault}") from fault
        for name in named:
            if name not in PLACEHOLDERS:
                raise ValueError(
                    f"a question cannot name '{{{name}}}', only {', '.join(PLACEHOLDERS)}."
                    f"{did_you_mean(name, PLACEHOLDERS)}".rstrip(".")
                )
        return given


class OffTarget(ExceptionRule):
    """The latest figure is beyond the tolerance on the bad side of its target."""

    when: Literal["off_target"] = "off_target"
    beyond: float = Field(default=1.0, ge=1)
    """How many tolerances off the target at least; 1 is anything that counts as off target."""


class Sudden(ExceptionRule):
    """The latest figure alone is far from what is usual for the measure, for the worse; what lasts is `sustained`."""

    when: Literal["sudden"] = "sudden"
    chance: Chance = 0.01
    """How rarely at most a healthy measure gives such a figure: 0.01 is one period in a hundred."""


class Sustained(ExceptionRule):
    """The measure has got worse and stayed so: a lasting change of its level, or a steady drift."""

    when: Literal["sustained"] = "sustained"
    chance: Chance = 0.01
    """How rarely at most a healthy measure gives such a run of figures."""


class Forecast(ExceptionRule):
    """The year is likely to end on the bad side of the target."""

    when: Literal["forecast"] = "forecast"
    chance: Chance = 0.2
    """The chance of still meeting the target, at most."""


class Failing(ExceptionRule):
    """As things are, the measure cannot be relied on to meet its target."""

    when: Literal["failing"] = "failing"
    hits: int | None = Field(default=None, ge=0, le=12)
    """Also where it met the target in at most this many of twelve periods."""


class HiddenPart(ExceptionRule):
    """A ward or another part does badly while the council's figure does not show it."""

    when: Literal["hidden_part"] = "hidden_part"
    chance: Chance = 0.05
    """Of all parts called out, the share that may be there by chance alone, at most."""
    apart: bool = False
    """Also where the council's own figure is off target, or the part is not beyond a tolerance."""


class BehindPeers(ExceptionRule):
    """The measure falls behind councils like this one."""

    when: Literal["behind_peers"] = "behind_peers"
    worst_quarter: bool = False
    """Also while it is among the worst quarter without falling further behind."""


class DataLate(ExceptionRule):
    """Figures are past their due date, or cannot be relied on. `data_missing` is its earlier name."""

    when: Literal["data_late", "data_missing"] = "data_late"
    problems: tuple[DataProblem, ...] = ("late", "missing")
    """What counts: figures past their date, gaps, files that failed checks, definitions past their review."""
    applies_to: tuple[Class, ...] = EVERY


class Restated(ExceptionRule):
    """Figures already reported have changed, for the worse."""

    when: Literal["restated"] = "restated"
    severity: Urgency = "low"
    either_way: bool = False
    """Also where the new figures are no worse than the old ones."""
    applies_to: tuple[Class, ...] = EVERY


class Improved(ExceptionRule):
    """Good news: the measure has got better and stayed so, or is back on target after a time off it."""

    when: Literal["improved"] = "improved"
    severity: Urgency = "low"
    """Only for the order of the improvements."""
    severity_if_worsening: None = None
    """Not for good news."""
    chance: Chance = 0.01
    """How rarely at most a measure that stays as it is gives such a run of figures."""
    back_after: int = Field(default=3, ge=1)
    """Being back on target counts after at least this many periods off it."""


KINDS: Final[Mapping[str, type[ExceptionRule]]] = {
    "off_target": OffTarget, "sudden": Sudden, "sustained": Sustained, "forecast": Forecast, "failing": Failing,
    "hidden_part": HiddenPart, "behind_peers": BehindPeers, "data_late": DataLate, "data_missing": DataLate,
    "restated": Restated, "improved": Improved,
}  # fmt: skip


def _by_kind(given: object, handler: ValidatorFunctionWrapHandler) -> object:
    """Read a rule as the kind it names, so that each fault stands at its own parameter."""
    if not isinstance(given, dict):
        return handler(given)
    kind = str(given.get("when"))
    if kind not in KINDS:
        known = " or ".join(f"'{name}'" for name in KINDS)
        fault = InitErrorDetails(type="missing", loc=("when",), input=given)
        if "when" in given:
            fault = InitErrorDetails(type="literal_error", loc=("when",), input=kind, ctx={"expected": known})
        raise ValidationError.from_exception_data("ExceptionRule", [fault])
    try:
        return KINDS[kind].model_validate(given)
    except ValidationError as error:
        faults = [_told(KINDS[kind], kind, dict(each)) for each in error.errors()]
        raise ValidationError.from_exception_data("ExceptionRule", faults) from error


def _told(rule: type[ExceptionRule], kind: str, fault: dict[str, Any]) -> InitErrorDetails:
    place: tuple[int | str, ...] = fault["loc"]
    name = str(place[0]) if place else ""
    if fault["type"] == "extra_forbidden" and any(name in other.model_fields for other in KINDS.values()):
        said = f"'{name}' is a parameter of other rules; 'when: {kind}' takes {', '.join(rule.model_fields)}"
        told = PydanticCustomError("other_kind", "{said}", {"said": said})
        return InitErrorDetails(type=told, loc=place, input=fault["input"])
    return InitErrorDetails(type=fault["type"], loc=place, input=fault["input"], ctx=fault.get("ctx", {}))


AnyExceptionRule = Annotated[
    OffTarget | Sudden | Sustained | Forecast | Failing | HiddenPart | BehindPeers | DataLate | Restated | Improved,
    Field(discriminator="when"),
    WrapValidator(_by_kind),
]


def altered(rule: ExceptionRule, parameters: Mapping[str, object]) -> ExceptionRule:
    """The rule with some parameters changed. Raises pydantic.ValidationError when they do not fit its kind."""
    return type(rule).model_validate({**rule.model_dump(exclude_unset=True), **parameters})


def rules_of(measure: Measure, rules: Mapping[Id, ExceptionRule]) -> dict[Id, ExceptionRule]:
    """The council's rules as they hold for one measure: changed as it says, and without those that are off or
    meant for other kinds of measure. Nothing but its data can be wrong with a measure that has no good side."""
    found = {}
    for rule_id, rule in rules.items():
        change = measure.exceptions.get(rule_id, {})
        if change == "off":
            continue
        own = altered(rule, change) if change else rule
        sided = measure.polarity != "neutral" or isinstance(own, DataLate | Restated)
        if measure.kind in own.applies_to and sided:
            found[rule_id] = own
    return found
