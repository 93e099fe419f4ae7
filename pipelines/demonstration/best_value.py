"""The yearly self-assessment against the characteristics of best value, since March 2024."""

from datetime import date, timedelta
from random import Random
from typing import Final

from pipelines.demonstration.annual import finished_years
from pipelines.demonstration.characteristics import NOT_YET, THEMES
from pipelines.demonstration.compliance import CHARACTERISTICS, EVIDENCED
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.span import LAST_MONTH, Span, month_label

HEADINGS: Final = (
    "Assessed at",
    "Reference",
    "Theme",
    "Characteristic",
    "Service",
    "Owner",
    "Assessment",
    "Why",
    "What is next",
    "Evidence",
    "First looked at",
    "Evidence due by",
    "Evidence now due by",
    "Evidenced on",
    "Next review due",
    "Measures",
    "Risk",
)
NONE_AT_ALL: Final = 2
"""Of those not fully evidenced, the first so many have no evidence; the others have some."""
PUT_OFF: Final = 3
"""So many of these were due in March 2026 or before, and were put off by a year."""
BEGAN: Final = date(2023, 9, 4)


def best_value(span: Span) -> dict[str, bytes]:
    """One workbook with a row for each characteristic and year in which it was assessed."""
    years = [year for year in finished_years(span) if year in EVIDENCED]
    rows = [_row(theme, place, year, span.seed) for year in years for theme, place in _places()]
    covered = f"{month_label(years[0] * 12 + 3)} to {month_label(LAST_MONTH)}"
    titles = ("Policy and Performance", "Best value self-assessment")
    notes = ("Notes", "Assessed each March. What is not fully evidenced is looked at again in September.")
    table = Table(HEADINGS, [*rows, *_MESS], titles, notes)
    return {f"governance/Best value self-assessment {covered}.xlsx": as_workbook({"Assessment": table})}


_MESS: Final[tuple[Row, ...]] = (
    [date(2026, 3, 31), "BV9.1", "Innovation", "New ideas are tried", "Strategy", "Assistant Director of Strategy",
     "Evidenced", None, None, None, BEGAN, date(2024, 3, 31), None, None, date(2027, 3, 31), None, None],
    [date(2026, 3, 31), "BV1.9", "Culture", "Teams meet each week", "Strategy", "Assistant Director of Strategy",
     "Mostly", None, None, None, BEGAN, date(2024, 3, 31), None, None, date(2027, 3, 31), None, None],
)  # fmt: skip
"""A theme and an assessment that there are not: each is set aside."""


def _places() -> list[tuple[int, int]]:
    return [(theme, place) for theme, texts in enumerate(THEMES.values(), 1) for place in range(1, len(texts) + 1)]


def _row(theme: int, place: int, year: int, seed: int) -> Row:
    title, lines = list(THEMES.items())[theme - 1]
    text, of, measures, risk = (part.strip() for part in lines[place - 1].split(" | "))
    service, owner = SERVICES[of]
    reference = f"BV{theme}.{place}"
    assessment, why, following = _assessed(theme, place, year)
    at, due = date(year + 1, 3, 31), _due(theme, place)
    evidence = None if assessment == "Not evidenced" else f"BV file {year + 1}/{theme:02d}{place:02d}"
    is_there = assessment == "Evidenced"
    return [
        at,
        reference,
        title,
        text,
        service,
        owner,
        assessment,
        why,
        following,
        evidence,
        BEGAN,
        due,
        date(year + 2, 3, 31) if not is_there and due <= at else None,
        _evidenced_on(theme, place, seed) if is_there else None,
        date(year + 2, 3, 31) if is_there else date(year + 1, 9, 30),
        measures or None,
        risk or None,
    ]


def _first_evidenced(theme: int, place: int) -> int | None:
    """The year at whose assessment it was first evidenced; None when it is not yet."""
    rank = NOT_YET.index((theme, place)) if (theme, place) in NOT_YET else len(NOT_YET)
    return next((year for year in sorted(EVIDENCED) if rank >= CHARACTERISTICS - EVIDENCED[year]), None)


def _due(theme: int, place: int) -> date:
    """When evidence was due at first."""
    first = _first_evidenced(theme, place)
    if first is not None:
        return date(first + 1, 3, 31)
    rank = NOT_YET.index((theme, place))
    return date(2025 if rank < NONE_AT_ALL else 2026 if rank < PUT_OFF else 2027, 3, 31)


def _evidenced_on(theme: int, place: int, seed: int) -> date:
    random = Random(f"{seed}/best_value/{theme}.{place}")
    return date((_first_evidenced(theme, place) or 0) + 1, 3, 31) - timedelta(days=random.randint(3, 70))


def _assessed(theme: int, place: int, year: int) -> tuple[str, str | None, str | None]:
    missing = NOT_YET[: CHARACTERISTICS - EVIDENCED[year]]
    if (theme, place) not in missing:
        return "Evidenced", None, None
    if (theme, place) in missing[:NONE_AT_ALL]:
        return "Not evidenced", "Nothing written down that could be shown", "Owner to bring a plan to the next board"
    return "Partly evidenced", "Done, but not in every directorate", "Evidence from the others by September"
