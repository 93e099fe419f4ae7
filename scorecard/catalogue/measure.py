"""A measure: what is counted, what good looks like, who answers for it, and where its figures stand."""

import hashlib
from typing import Literal

from pydantic import Field, JsonValue, model_validator

from scorecard.catalogue.acceptance import Acceptance
from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.catalogue.expected import Expected
from scorecard.catalogue.lifecycle import Decision, Rebase
from scorecard.catalogue.records import Open, Records
from scorecard.catalogue.register_count import RegisterCount
from scorecard.catalogue.target import Target, Tolerance
from scorecard.periods import Frequency

Polarity = Literal["higher", "lower", "band", "neutral"]
Class = Literal["operational", "contextual", "outcome", "volumetric", "project"]
Basis = Literal["period", "year_to_date", "rolling", "snapshot"]
Audience = Literal["public", "members", "officers", "restricted"]


class Figures(Entry):
    """Where a measure's figures stand in a source: a value, or a numerator and a denominator."""

    source: Id
    where: dict[Id, Text | tuple[Text, ...]] = Field(default_factory=dict)
    """Keep only rows with these values."""
    value: Id | None = None
    numerator: Id | None = None
    denominator: Id | None = None
    per: float = Field(default=1, gt=0)
    """value = numerator / denominator x per, e.g. 100 for per cent, 100000 for a rate."""
    times: float = Field(default=1, gt=0)
    """Multiply a given value to reach the measure's unit, e.g. 100 where the file holds fractions."""
    lower: Id | None = None
    upper: Id | None = None
    """Published confidence limits."""
    marker: Id | None = None
    """A column of its own for the marker."""

    @model_validator(mode="after")
    def _one_way(self) -> "Figures":
        if (self.value is None) == (self.numerator is None):
            raise ValueError("give either 'value', or 'numerator' with 'denominator'")
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("'numerator' and 'denominator' go together")
        return self


class Links(Entry):
    """The same measure under other names."""

    lg_inform: int | None = None
    local_outcomes_framework: Text | None = None
    former: Text | None = None
    """National or best value indicator it continues, e.g. "NI 192"."""
    plan_goal: Id | None = None
    """A goal of the council plan, as `plan` lists them."""


class Measure(Entry):
    """One measure of the catalogue."""

    title: Text
    definition: Text
    """In plain words, for a member of the public."""
    counted: Text | None = None
    """Exactly what is counted and what is left out; numerator and denominator."""
    caveat: Text | None = None
    theme: Id
    service: Id
    owner: Text | None = None
    """A post; by default the service's."""
    kind: Class = "operational"
    critical_few: bool = False
    unit: Text
    """As it is read after the figure: "%", "days", "per 100,000 collections"; or "£" before it."""
    decimals: int = Field(default=1, ge=0, le=4)
    polarity: Polarity
    frequency: Frequency
    basis: Basis = "period"
    figures: tuple[Figures, ...] = ()
    """Where the figures stand; the first that has an area and period is used."""
    records: Records | None = None
    """How the figures are worked out, where the service sends records. `figures` may add those of other areas."""
    of_register: RegisterCount | None = None
    """What is counted of a register; `records` follow from it, and `check` says why when they cannot."""
    targets: tuple[Target, ...] = ()
    """The latest whose `since` has come applies."""
    tolerance: Tolerance | None = None
    """By default the catalogue's."""
    expected: Expected | None = None
    """When its next figure is due, if not when its source says."""
    small_numbers: int | None = Field(default=None, ge=2)
    """Counts below this, other than nought, are withheld and marked [c], with the figure made from them."""
    counter_measure: Id | None = None
    """The measure to read beside it, e.g. quality beside speed."""
    lifecycle: tuple[Decision, ...] = ()
    """Decisions about the measure itself, oldest first; without any it is live."""
    rebases: tuple[Rebase, ...] = ()
    exceptions: dict[Id, Literal["off"] | dict[str, JsonValue]] = Field(default_factory=dict)
    """Exception rules that hold differently for this measure: parameters with their values, or `off`."""
    accepted: tuple[Acceptance, ...] = ()
    """Exceptions the council has agreed to live with until a day; they stay in the list and do not count."""
    audience: Audience = "public"
    """The widest circle it is meant for."""
    links: Links = Links()

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, given: object) -> object:
        if isinstance(given, dict) and isinstance(given.get("figures"), dict):
            return {**given, "figures": [given["figures"]]}
        return given

    @model_validator(mode="after")
    def _has_figures(self) -> "Measure":
        if not self.figures and self.records is None and self.of_register is None:
            raise ValueError("give 'figures' (a return) or 'records' (to be counted), so that it has figures")
        if self.records:
            if (self.basis == "snapshot") != isinstance(self.records.calculate, Open):
                raise ValueError("'basis: snapshot' and calculating what is 'open' go together")
            if (self.basis == "rolling") != (self.records.rolling is not None):
                raise ValueError("'basis: rolling' needs 'rolling' in records: how many months to go back")
        return self

    @property
    def version(self) -> str:
        """SHA-256 of all that the catalogue says of it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source it has figures from, the home council's own first."""
        own = (self.records.source,) if self.records else ()
        return tuple(dict.fromkeys((*own, *(figures.source for figures in self.figures))))

    @property
    def breaks(self) -> tuple[Decision, ...]:
        """The amendments after which figures cannot be put beside those before."""
        return tuple(decision for decision in self.lifecycle if decision.breaks_comparability)
