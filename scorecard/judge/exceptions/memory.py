"""What earlier lists said of each exception, and what that makes of it now: new, continuing, resolved, ...

One row is one exception in one reporting period of its measure. The state in a period is worked out from the rows of
earlier periods only, so a second run on the same figures comes to the same, and corrected figures are judged as if
the first ones had never been.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from scorecard.judge.exceptions.hit import Concern
from scorecard.judge.exceptions.place import Place
from scorecard.periods import Period, month_index

State = Literal["new", "continuing", "improving", "resolved", "relapsed", "accepted"]

MOST_PERIODS: Final = 24
"""Rows kept of one exception."""
FORGOTTEN_AFTER: Final = 48
"""Months after its last row until an exception is forgotten; yearly figures can be two years old when they come."""
RELAPSE_WITHIN: Final = 12
"""Months within which an exception that was resolved comes back and is called relapsed, not new."""
REAL_TOLERANCES: Final = 0.5
REAL_SHARE: Final = 0.25
"""It has improved when its distance has fallen by half a tolerance and by a quarter of itself: less is wobble."""


@dataclass(frozen=True)
class Remembered:
    """One exception in one reporting period of its measure."""

    place: Place
    concern: Concern
    period_end: date
    rule: str
    """The leading one."""
    state: State
    since: date
    """First day of the first period concerned."""
    first_seen: date
    """Last day of the reporting period in which it came onto the list."""
    times: int
    """How many times it has come onto the list."""
    distance: float
    """How far from good, as `evidence.distance` tells it."""

    @property
    def listed(self) -> bool:
        """Whether it held in that period."""
        return self.state != "resolved"


@dataclass(frozen=True)
class Found:
    """What the findings say of an exception now; what memory needs of it."""

    rule: str
    since: date
    distance: float
    bettering: bool
    """Whether a test of chance says that it is getting better."""
    accepted: bool


@dataclass(frozen=True)
class Memory:
    """The rows of the earlier snapshot; empty before the first."""

    rows: Sequence[Remembered] = ()

    @cached_property
    def _of(self) -> dict[tuple[Place, Concern], list[Remembered]]:
        found: dict[tuple[Place, Concern], list[Remembered]] = {}
        for row in sorted(self.rows, key=lambda each: each.period_end):
            found.setdefault((row.place, row.concern), []).append(row)
        return found

    def before(self, place: Place, concern: Concern, period_end: date) -> Remembered | None:
        """The last row from before a reporting period."""
        rows = [row for row in self._of.get((place, concern), ()) if row.period_end < period_end]
        return rows[-1] if rows else None

    def at(self, place: Place, concern: Concern, period_end: date) -> Remembered | None:
        """The row an earlier run left for the same reporting period."""
        return next((row for row in self._of.get((place, concern), ()) if row.period_end == period_end), None)

    @property
    def known(self) -> list[tuple[Place, Concern]]:
        """Every exception there is a row of."""
        return list(self._of)

    def now(self, place: Place, concern: Concern, period: Period, found: Found | None) -> Remembered | None:
        """The exception's row for the reporting period `period`; None where it neither holds nor has just ended.

        Without earlier rows it is new, or continuing when nothing at all is remembered and it began before `period`.
        """
        before = self.before(place, concern, period.end)
        if found is None:
            if before is None or not before.listed:
                return None
            return _row(before, period, "resolved", before.since, before.first_seen, before.times)
        if before is not None and before.listed:
            since = min(before.since, found.since)
            state: State = "improving" if found.bettering or _has_fallen(before, found) else "continuing"
            return self._held(place, concern, period, found, state, since, before.first_seen, before.times)
        times = before.times + 1 if before else 1
        # Good news that comes back is no relapse.
        recent = before and concern != "improvement" and _months(before.period_end, period.end) <= RELAPSE_WITHIN
        state = "relapsed" if recent else self._first(place, concern, period, found)
        return self._held(place, concern, period, found, state, found.since, period.end, times)

    def _first(self, place: Place, concern: Concern, period: Period, found: Found) -> State:
        same = self.at(place, concern, period.end)
        began_before = found.since < period.start
        known_before = began_before and not self.rows
        if same and same.listed:
            known_before = same.state != "new" and began_before
        if not known_before:
            return "new"
        return "improving" if found.bettering else "continuing"

    def _held(
        self, place: Place, concern: Concern, period: Period, found: Found, state: State, since: date,
        first_seen: date, times: int,
    ) -> Remembered:  # fmt: skip
        state = "accepted" if found.accepted else state
        return Remembered(
            place, concern, period.end, found.rule, state, since, first_seen, times, round(found.distance, 6)
        )

    def renewed(self, looked: Mapping[tuple[Place, Concern], tuple[date, Remembered | None]], as_at: date) -> "Memory":
        """What the next run should remember, within bounds.

        `looked` has what was looked at: the last day of its reporting period, and its row if it has one. Rows of
        that period and of later ones go, as they came of figures that have been replaced; what was not looked at
        stays as it was.
        """
        kept: list[Remembered] = []
        for key in sorted({*self._of, *looked}):
            until, row = looked.get(key, (date.max, None))
            rows = [each for each in self._of.get(key, ()) if each.period_end < until]
            rows += [row] if row else []
            if row or (rows and _months(rows[-1].period_end, as_at) <= FORGOTTEN_AFTER):
                kept += rows[-MOST_PERIODS:]
        return Memory(tuple(kept))


def _row(before: Remembered, period: Period, state: State, since: date, first_seen: date, times: int) -> Remembered:
    return Remembered(
        before.place, before.concern, period.end, before.rule, state, since, first_seen, times, before.distance
    )


def _has_fallen(before: Remembered, found: Found) -> bool:
    fall = before.distance - found.distance
    return before.rule == found.rule and fall >= max(REAL_TOLERANCES, REAL_SHARE * before.distance)


def _months(earlier: date, later: date) -> int:
    return month_index(later) - month_index(earlier)
