"""Can the figures be relied on? What is late, missing, restated, set aside or long unreviewed, each as a finding."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from scorecard.catalogue import Measure
from scorecard.judge.due import Due
from scorecard.judge.finding import Evidence, Finding
from scorecard.judge.panel import Panel
from scorecard.judge.restatement import restated, restatement_finding
from scorecard.judge.status import Status
from scorecard.markers import in_words
from scorecard.periods import Frequency, Period, month_index
from scorecard.wording import count, joined, number

LOOKED_BACK: Final = {Frequency.month: 12, Frequency.quarter: 8, Frequency.year: 5}
"""Periods in which a gap still matters to whoever reads the latest figures."""
NO_FIGURE_DUE: Final = frozenset({"c", "n", "z", "w", "k", "low"})
"""Markers that stand where there should be no figure: withheld on purpose, not applicable, none, rounds to zero."""
MANY: Final = 0.25
SET_ASIDE: Final = 0.01
SET_ASIDE_MANY: Final = 0.1
REVIEWED_EVERY: Final = 36
"""Months after which a measure or its target should have been looked at again."""

Level = Literal["good", "fair", "poor"]


@dataclass(frozen=True)
class Loaded:
    """What became of the rows of the latest load of a measure's source: counts."""

    source: str
    found: int
    set_aside: int
    problems: int = 0
    """Problems that the load left behind, for the record; it is rows that decide."""


@dataclass(frozen=True)
class Confidence:
    """How far the figures can be relied on, and why in a sentence for readers."""

    level: Level
    sentence: str


def data_findings(
    panel: Panel,
    area: str,
    as_at: date,
    due: Due | None = None,
    earlier: Mapping[tuple[str, Period], float] | None = None,
    provisional: Collection[tuple[str, Period]] = (),
    loaded: Loaded | None = None,
    definition_changed: bool = False,
) -> list[Finding]:
    """Everything to say about the data of one area's series, gravest first; empty when all is well.

    `due` is the next figure to come (`due.next_due`), `earlier` and `provisional` are of the snapshot before, as in
    `restatement.restated`.
    """
    moved = restated(earlier, panel, provisional=provisional) if earlier else ()
    changed = [each for each in moved if each.area == area]
    found = (
        late_finding(due, panel, area, as_at),
        missing_finding(panel, area),
        restatement_finding(changed, panel, definition_changed) if changed else None,
        checks_finding(loaded) if loaded else None,
        review_finding(panel.measure, as_at),
    )
    return [each for each in found if each is not None]


def late_finding(due: Due | None, panel: Panel, area: str, as_at: date) -> Finding | None:
    """A figure whose day has passed; None when none is due, or its day is still to come."""
    if due is None or due.status is not Status.overdue:
        return None
    days = (as_at - due.on).days
    last = int(panel.last[panel.row(area)]) if area in panel.areas else -1
    ended = f"; the last is of {panel.periods[last].label}" if last >= 0 else "; none has ever come"
    said = f"No figure for {due.period.label}, which was due on {_day(due.on)}, {count(days, 'day')} ago{ended}."
    evidence: Evidence = {"period": due.period.label, "since": due.on.isoformat(), "days": days}
    return Finding("data", "late", said, True, float(days), evidence)


def missing_finding(panel: Panel, area: str) -> Finding | None:
    """Recent periods that should have a figure and have none; None when there are none, or gaps cannot be named.

    Only between the first and the last period that the area has a row for, while the measure was live: what came
    before was not promised, and what is yet to come is late and not missing. An irregular series has no gaps.
    """
    if not panel.regular or area not in panel.areas or not panel.periods:
        return None
    row = panel.row(area)
    there = np.flatnonzero(panel.exists[row])
    if not len(there) or not panel.held[row].any():
        return None
    first, last = int(np.flatnonzero(panel.held[row])[0]), int(there[-1])
    looked_at = range(max(first, last + 1 - LOOKED_BACK[panel.measure.frequency]), last + 1)
    gaps = [
        column
        for column in looked_at
        if not panel.held[row, column] and panel.live[column] and panel.markers[row, column] not in NO_FIGURE_DUE
    ]
    if not gaps:
        return None
    named = joined([_gap(panel, row, column) for column in gaps])
    periods = count(len(looked_at), str(panel.measure.frequency))
    said = f"{len(gaps)} of the last {periods} {'has' if len(gaps) == 1 else 'have'} no figure: {named}."
    share = len(gaps) / len(looked_at)
    since = panel.periods[gaps[0]].start.isoformat()
    evidence: Evidence = {"gaps": len(gaps), "periods": len(looked_at), "since": since}
    return Finding("data", "missing", said, True if share > MANY else None, share, evidence)


def checks_finding(loaded: Loaded, limit: float = SET_ASIDE) -> Finding | None:
    """Too many rows of the latest load set aside, as a share of those found; None while it is at most `limit`."""
    if loaded.found <= 0 or loaded.set_aside / loaded.found <= limit:
        return None
    share = loaded.set_aside / loaded.found
    said = (
        f"{loaded.set_aside:,} of {count(loaded.found, 'row')} ({number(100 * share, 1)}%) in the latest load of "
        f"{loaded.source} could not be used, so the figure leaves them out."
    )
    evidence: Evidence = {"set_aside": loaded.set_aside, "found": loaded.found, "problems": loaded.problems}
    return Finding("data", "failed_checks", said, True if share > SET_ASIDE_MANY else None, share, evidence)


def review_finding(measure: Measure, as_at: date, months: int = REVIEWED_EVERY) -> Finding | None:
    """A measure that nobody has decided on for `months`; None where no decision or dated target is known."""
    days = [each.on for each in measure.lifecycle] + [each.since for each in measure.targets if each.since]
    past = [day for day in days if day <= as_at]
    if not past:
        return None
    age = month_index(as_at) - month_index(max(past))
    if age <= months or (measure.lifecycle and measure.lifecycle[-1].decision == "removed"):
        return None
    said = f"Nobody has decided on the measure or its target since {_day(max(past))}, {count(age, 'month')} ago."
    return Finding("data", "stale_definition", said, None, float(age), {"since": max(past).isoformat(), "months": age})


def confidence(findings: Sequence[Finding]) -> Confidence:
    """How far a series can be relied on: poor where its figures are late, full of gaps or of rows left out.

    `findings` are those of `data_findings`. A definition long unreviewed says nothing against the figures.
    """
    told = [each for each in findings if each.judgement == "data" and each.status != "stale_definition"]
    if not told:
        return Confidence("good", "Nothing is known to be wrong with the figures.")
    grave = [each for each in told if each.adverse and each.status != "restated"]
    level: Level = "poor" if grave else "fair"
    return Confidence(level, " ".join(each.sentence for each in (grave or told)))


def _gap(panel: Panel, row: int, column: int) -> str:
    marker = panel.markers[row, column]
    return f"{panel.periods[column].label} ({in_words(marker)})" if marker else panel.periods[column].label


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
