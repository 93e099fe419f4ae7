"""What the catalogue says of a measure in short, in words: the pages and the printed definitions say it alike."""

from collections.abc import Mapping
from datetime import date
from typing import Final

POLARITY_WORDS: Final[Mapping[str, str]] = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "band": "Within the band is good",
    "neutral": "Neither high nor low is good in itself",
}
DECISION_WORDS: Final[Mapping[str, str]] = {
    "proposed": "Proposed",
    "live": "Taken up",
    "retained": "Kept",
    "amended": "Amended",
    "removed": "Removed",
}
STAGE_WORDS: Final[Mapping[str, str]] = {"live": "Live", "proposed": "Proposed", "removed": "Removed"}
AUDIENCE_WORDS: Final[Mapping[str, str]] = {
    "public": "everyone",
    "members": "members and officers",
    "officers": "officers",
    "restricted": "named officers only",
}
_BASIS: Final[Mapping[str, str]] = {
    "period": "Each {frequency} by itself",
    "year_to_date": "The year so far, at the end of each {frequency}",
    "rolling": "A rolling stretch, at the end of each {frequency}",
    "snapshot": "As it stood on the last day of each {frequency}",
}


def basis_in_words(basis: str, frequency: str) -> str:
    """What one figure spans: "The year so far, at the end of each month"."""
    return _BASIS[basis].format(frequency=frequency)


def day_in_words(day: date) -> str:
    """ "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def decision_in_words(
    decision: str, decided_on: date, reason: str, approved_by: str | None, *, breaks_comparability: bool
) -> str:
    """ "Amended from 1 April 2026 (Cabinet): a reason. Figures before and after cannot be compared."."""
    when = "on" if decision in {"proposed", "removed"} else "from"
    agreed = approved_by or "not agreed yet"
    said = f"{DECISION_WORDS[decision]} {when} {day_in_words(decided_on)} ({agreed}): {reason.rstrip('.')}."
    return f"{said} Figures before and after cannot be compared." if breaks_comparability else said


def other_names(lg_inform: int | None, local_outcomes_framework: str | None, former: str | None) -> str:
    """The same measure elsewhere: "LG Inform 46, Local Outcomes Framework: Waste 3, formerly BV 88"; or nothing."""
    names = (
        f"LG Inform {lg_inform}" if lg_inform is not None else "",
        f"Local Outcomes Framework: {local_outcomes_framework}" if local_outcomes_framework else "",
        f"formerly {former}" if former else "",
    )
    return ", ".join(name for name in names if name)
