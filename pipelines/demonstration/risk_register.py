"""The register of strategic risks at the end of each quarter; its counts are those of the summary for the committee."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from pipelines.demonstration.audit_dates import overdue
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.promises import GOALS
from pipelines.demonstration.risk import risks_counted
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import LAST_QUARTER_ENDS, Span, month_label
from pipelines.demonstration.strategic_risks import ALWAYS, AT_TIMES, Risk
from scorecard.periods import between

HEADINGS: Final = (
    "Reported at",
    "Reference",
    "Risk",
    "Category",
    "Service",
    "Owner",
    "First registered",
    "Likelihood before controls",
    "Impact before controls",
    "Likelihood",
    "Impact",
    "Target likelihood",
    "Target impact",
    "Appetite",
    "Red since",
    "Controls",
    "Last reviewed",
    "Next review due",
    "Status",
    "Taken off on",
    "Goal",
    "Measures",
    "Plan actions",
    "Audit recommendations",
)
_STARTS: Final = month_of("2021-06")
RED_FROM: Final = 15
STUCK_ALWAYS: Final = "SR01"
STUCK_ONCE: Final = "SR04"
"""Red from September 2020 until the budget of 2024/25 was balanced."""
RED_BEFORE: Final = {STUCK_ALWAYS: date(2019, 12, 31), STUCK_ONCE: date(2020, 9, 30)}
RED_FOR_A_WHILE: Final = {"SR05": ("2022-12", "2023-03")}
"""A supplier was attacked: red for two quarters, which is not long enough to be called stuck."""
RAISED_NOW: Final = {"SR06": "2026-06"}
"""Above appetite since then. SR03 and SR07 are not, although their measures are exceptions."""
CALM: Final = ("SR02", "SR03", "SR07")
NOT_REVIEWED: Final = "SR09"
NOT_SINCE: Final = month_of("2026-03")
"""Its owner has not looked at it again since then."""
AGAIN_IN_DAYS: Final = 92
STAYS: Final = 3
"""Quarters for which a risk stays above appetite, unless the count says otherwise."""
_OPENED_BEFORE: Final = date(2019, 6, 28)
AUDITS: Final = {"SR07": "Housing repairs", "SR09": "Highways contract", "SR05": "Cyber security"}
"""Risks that name the longest overdue recommendation of an audit, if it has one."""


@dataclass(frozen=True)
class Standing:
    """One risk at the end of one quarter."""

    reference: str
    risk: Risk
    opened: date
    is_raised: bool
    closed: date | None = None


def risk_register(span: Span) -> dict[str, bytes]:
    """One workbook with a row for each strategic risk and quarter."""
    held = span.all_quarters()
    register = _register(span.seed)
    rows = [row for ends in held if ends in register for row in _rows(ends, span.seed)]
    covered = f"{month_label(held[0] - 2)} to {month_label(held[-1])}"
    titles = ("Internal Audit and Risk", "Strategic risk register")
    notes = ("Notes", "Scores are likelihood times impact, each from 1 to 5. Red is 15 and above.")
    table = Table(HEADINGS, [*rows, *_MESS], titles, notes)
    return {f"audit/Strategic risks {covered}.xlsx": as_workbook({"Risks": table})}


_MESS: Final[tuple[Row, ...]] = (
    [date(2026, 9, 30), "SR90", "Heat in summer", "Resilience", "Place", "Director of Place", date(2026, 9, 1), 3, 4, 6,
     3, 2, 3, 9, None, "Shade in parks", date(2026, 9, 1), date(2026, 12, 31), "Open", None, None, None,
     None, None],
    [date(2026, 9, 30), "SR91", "Cost of insurance", "Finance", "Finance", "Head of Finance", date(2026, 9, 1), 3, 4, 3,
     3, 2, 3, "low", None, "Broker", date(2026, 9, 1), date(2026, 12, 31), "Open", None, None, None,
     None, None],
)  # fmt: skip
"""A likelihood of six, an appetite in words: each is set aside."""


@lru_cache(maxsize=4)
def _register(seed: int) -> dict[int, tuple[Standing, ...]]:
    """Month index of a quarter's end → the risks that are in the register then, and those just taken off."""
    random = Random(f"{seed}/risk_register")
    found: dict[int, tuple[Standing, ...]] = {}
    known = {reference: (risk, _OPENED_BEFORE) for reference, risk in ALWAYS.items()}
    passing: list[str] = []
    raised: list[str] = []
    for ends in range(_STARTS, LAST_QUARTER_ENDS + 1, 3):
        strategic, above, stuck = risks_counted(ends, seed)
        off = passing[: max(0, len(ALWAYS) + len(passing) - strategic)]
        passing = passing[len(off) :]
        while len(ALWAYS) + len(passing) < strategic:
            number = len(known) + 1
            passing.append(f"SR{number:02d}")
            known[passing[-1]] = (_passing(number), _day_in(ends, random) if ends > _STARTS else _OPENED_BEFORE)
        reds = [STUCK_ALWAYS, STUCK_ONCE][:stuck]
        fixed = [*reds, *_planted(ends)]
        raised = _raised([each for each in raised if each not in off], fixed, above, passing, ends, random)
        now = [Standing(each, *known[each], each in fixed or each in raised) for each in (*ALWAYS, *passing)]
        gone = [Standing(each, *known[each], False, _day_in(ends, random)) for each in off]
        found[ends] = (*now, *gone)
    return found


def _passing(number: int) -> Risk:
    place = number - len(ALWAYS) - 1
    title, category, service, controls, goal = AT_TIMES[place % len(AT_TIMES)]
    again = " (again)" if place >= len(AT_TIMES) else ""
    return Risk(f"{title}{again}", category, service, (4, 3), (3, 3), (4, 3), (2, 3), 9, controls, goal)


def _planted(ends: int) -> list[str]:
    cyber = [risk for risk, (first, last) in RED_FOR_A_WHILE.items() if month_of(first) <= ends <= month_of(last)]
    return [*cyber, *(risk for risk, first in RAISED_NOW.items() if ends >= month_of(first))]


def _raised(
    before: list[str], fixed: list[str], above: int, passing: list[str], ends: int, random: Random
) -> list[str]:
    """Which others are above appetite: in every third quarter the longest comes down and another goes up."""
    wanted = max(0, above - len(fixed))
    kept = [each for each in before if each not in fixed]
    if kept and ends % (3 * STAYS) == month_of("2021-06") % (3 * STAYS):
        kept = kept[1:]
    kept = kept[max(0, len(kept) - wanted) :]
    may = [each for each in (*ALWAYS, *passing) if each not in (*fixed, *kept, *before, *CALM, *RED_BEFORE, "SR05")]
    return [*kept, *random.sample(may, min(len(may), wanted - len(kept)))]


def _rows(ends: int, seed: int) -> list[Row]:
    return [_row(each, ends, seed) for each in _register(seed)[ends]]


def _row(standing: Standing, ends: int, seed: int) -> Row:
    risk, (service, owner) = standing.risk, SERVICES[standing.risk.service]
    last = between(ends, ends).end
    reviewed, due = _reviews(standing, ends, seed)
    return [
        last,
        standing.reference,
        risk.title,
        risk.category,
        service,
        owner,
        standing.opened,
        *risk.inherent,
        *_score(standing),
        *risk.target,
        risk.appetite,
        _red_since(standing, ends, seed),
        risk.controls,
        reviewed,
        due,
        "Closed" if standing.closed else "Open",
        standing.closed,
        GOALS[risk.goal],
        "; ".join(risk.measures) or None,
        "; ".join(risk.actions) if ends >= month_of("2024-06") and risk.actions else None,
        _audit(standing.reference, ends, seed),
    ]


def _score(standing: Standing) -> tuple[int, int]:
    return standing.risk.raised if standing.is_raised else standing.risk.residual


def _red_since(standing: Standing, ends: int, seed: int) -> date | None:
    """The end of the quarter since which it has been red without a break."""
    since = None
    while True:
        then = next((each for each in _register(seed).get(ends, ()) if each.reference == standing.reference), None)
        if then is None:
            return RED_BEFORE.get(standing.reference, since) if since and ends < _STARTS else since
        likelihood, impact = _score(then)
        if likelihood * impact < RED_FROM:
            return since
        since, ends = between(ends, ends).end, ends - 3


def _reviews(standing: Standing, ends: int, seed: int) -> tuple[date, date]:
    """The day it was last reviewed, and the day on which the next review is due."""
    if standing.reference == NOT_REVIEWED and ends > NOT_SINCE:
        return _reviews(standing, NOT_SINCE, seed)
    random = Random(f"{seed}/reviewed/{standing.reference}/{ends}")
    reviewed = max(standing.opened, between(ends, ends).end - timedelta(days=random.randint(2, 24)))
    return reviewed, reviewed + timedelta(days=AGAIN_IN_DAYS)


def _audit(reference: str, ends: int, seed: int) -> str | None:
    """The recommendation that a risk names now: overdue, of its own audit when that has one."""
    if reference not in AUDITS or ends != LAST_QUARTER_ENDS:
        return None
    return next((each for each, area in overdue(seed).items() if area == AUDITS[reference]), None)


def _day_in(ends: int, random: Random) -> date:
    return between(ends, ends).end - timedelta(days=random.randint(5, 60))
