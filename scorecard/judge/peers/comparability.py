"""Whether the council's figure may be put beside its peers' at all: same definition, same period, same footing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from scorecard.catalogue import Measure
from scorecard.judge.panel import Figures, Panel
from scorecard.judge.small_counts import counted_as, proportion_limits, rate_limits, scale_of
from scorecard.judge.target import FEWEST_PEERS

_OF_A_SIZE: Final = frozenset(
    {"%", "per", "out", "percentage", "point", "points", "score", "ratio", "times", "calendar", "working", "days"}
    | {"weeks", "months", "years", "hours", "minutes", "seconds"}
)
"""First words of units that mean the same in a small council and a large one."""


@dataclass(frozen=True)
class Common:
    """The periods in which the council and enough of its peers have figures that may be compared, latest first."""

    columns: tuple[tuple[int, int], ...]
    """The column of the council's panel and that of the peers'."""
    refused: str = ""
    """Why nothing may be compared, as the end of a sentence; empty where something may."""
    counted_from: date | None = None
    """The day from which the council counts as it does now, where it once counted differently."""
    notes: tuple[str, ...] = ()
    """What a reader should know though the figures may be compared: whole sentences."""


def depends_on_size(unit: str) -> bool:
    """Whether a unit is a plain number of things ("households"), which a large council has more of."""
    return not (unit.startswith("£") or " per " in unit or unit.split(maxsplit=1)[0] in _OF_A_SIZE)


def counted_from(measure: Measure, day: date) -> date | None:
    """The first day on which the measure was counted as it was on `day`; None where it never changed before.

    Only amendments that broke comparability count: a rebase is a change of the service, and its figures compare.
    """
    return max((each.on for each in measure.breaks if each.on <= day), default=None)


def common_periods(
    home: Panel,
    peers: Panel,
    home_source: str | None = None,
    peer_source: str | None = None,
    fewest: int = FEWEST_PEERS,
) -> Common:
    """The periods that the council (the one row of `home`) shares with at least `fewest` of the rows of `peers`.

    Sources are the titles of what the latest figures come from; where they differ the reader is told, as two sources
    seldom count quite alike. None shared is no fault: `refused` is then empty, and so are the columns.
    """
    if depends_on_size(home.measure.unit):
        return Common((), "a plain number depends on how large a council is")
    if not len(home.periods) or home.last[0] < 0:
        return Common(())
    since = counted_from(home.measure, home.periods[home.last[0]].start)
    shared = _shared(home, peers, fewest)
    comparable = tuple(pair for pair in shared if since is None or home.periods[pair[0]].start >= since)
    if shared and not comparable:
        day = f"{since.day} {since:%B %Y}" if since else ""
        return Common((), f"it has been counted differently since {day}, and its peers' figures end before that", since)
    notes: tuple[str, ...] = ()
    if home_source and peer_source and home_source != peer_source:
        notes = (f"Its own figure comes from {home_source}, its peers' from {peer_source}.",)
    return Common(comparable, "", since, notes)


def limits_of(home: Panel) -> tuple[Figures, Figures]:
    """Within which limits each figure's true level may lie, areas x periods: published, else exact 95% from its counts.

    NaN where neither is known, in the measure's unit. A few cases are as uncertain as a few answers to a survey.
    """
    counting, scale = counted_as(home.measure), scale_of(home.measure)
    if counting is None or scale is None:
        return home.lower, home.upper
    n, d = home.numerators, home.denominators
    known = np.isnan(home.lower) & (d > 0) & (n >= 0) & (n == np.round(n))
    if counting == "proportion":
        known &= (n <= d) & (d == np.round(d))
    lower, upper = home.lower.copy(), home.upper.copy()
    if known.any():
        ends = (proportion_limits if counting == "proportion" else rate_limits)(n[known], d[known])
        lower[known], upper[known] = ends[0] * scale, ends[1] * scale
    return lower, upper


def _shared(home: Panel, peers: Panel, fewest: int) -> Sequence[tuple[int, int]]:
    enough = peers.held.sum(axis=0) >= fewest
    if home.periods == peers.periods:
        found = [(column, column) for column in np.flatnonzero(home.held[0] & enough).tolist()]
    else:
        places = {period: column for column, period in enumerate(peers.periods) if enough[column]}
        held = np.flatnonzero(home.held[0]).tolist()
        found = [(column, places[home.periods[column]]) for column in held if home.periods[column] in places]
    months = home.months.tolist()
    return sorted(found, key=lambda pair: (months[pair[0]], pair[0]), reverse=True)
