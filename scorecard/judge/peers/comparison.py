"""How the council stands among its peers: beside their middle half, and whether it is falling behind them.

Never a league table: no peer is named, and a council too close to the middle to be told apart is called just that.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from scorecard.judge.panel import Figures, Panel
from scorecard.judge.peers.comparability import Common, common_periods, limits_of
from scorecard.judge.target import FEWEST_PEERS
from scorecard.periods import Period

OLDEST: Final = 24
"""Months by which a comparison may lag behind the council's own latest figure and still be news, good or bad."""
_IQR_TO_SD: Final = 1.349


@dataclass(frozen=True)
class Spread:
    """The middle half of the peers, in the measure's unit."""

    q1: float
    median: float
    q3: float


@dataclass(frozen=True)
class PeerComparison:
    """The council beside its peers in the latest period that both have; figures in the measure's unit."""

    status: str
    """best_quarter, better_than_middle, middle, worse_than_middle or worst_quarter; among_highest, middle or
    among_lowest where neither end is better; not_comparable; no_peers."""
    reason: str = ""
    """Why there is no comparison, as the end of a sentence."""
    notes: tuple[str, ...] = ()
    counted_from: date | None = None
    period: Period | None = None
    value: float = np.nan
    marker: str | None = None
    peers: Spread | None = None
    rank: int | None = None
    """1 is best; equals share the better rank. None where neither end is better."""
    of: int = 0
    """The council among them."""
    joint: bool = False
    told_apart: bool = True
    """Whether its confidence interval, published or from its counts, lies apart from the middle peer's (or figure)."""
    change: float | None = None
    """Over a year."""
    peers_change: Spread | None = None
    """Of the peers' changes, each over the same year."""
    lag: int | None = None
    """Months from the end of the peers' latest period to the end of the council's: over 0, the peers' is older."""
    since: date | None = None
    """First day of the run of adjoining periods with this status."""
    adverse: bool | None = None
    distance: float = 0.0
    """From the middle, in robust standard deviations of the peers."""


def compare(
    home: Panel,
    peers: Panel,
    band: tuple[float, float] | None = None,
    home_source: str | None = None,
    peer_source: str | None = None,
) -> PeerComparison | None:
    """Compare the one row of `home` with the rows of `peers`; None when no peer has a figure.

    `band` is the target band of the latest period, for a measure that is best within one: councils are then compared
    by their distance from it, and without it neither end is better. Bad news is falling behind: in the worst quarter,
    and over the year worse than the middle half of the peers; good news is its mirror image.
    """
    if not peers.held.any():
        return None
    lower, upper = limits_of(home)
    home = replace(home, lower=lower, upper=upper)
    common = common_periods(home, peers, home_source, peer_source)
    if common.refused:
        return PeerComparison("not_comparable", common.refused, counted_from=common.counted_from)
    if not common.columns:
        why = f"no period has both its figure and those of at least {FEWEST_PEERS} peers"
        return PeerComparison("no_peers", why, counted_from=common.counted_from)
    at, beside = common.columns[0]
    value, others = float(home.values[0, at]), _held(peers, beside)
    status, told_apart = _standing(home, peers, (at, beside), band)
    own, theirs = _merit(home, np.array([value]), band), _merit(home, others, band)
    rank = None if own is None or theirs is None else 1 + int(np.sum(theirs > own[0]))
    change, peers_change, moved = _changes(home, peers, at, band, common)
    enough = np.flatnonzero(peers.held.sum(axis=0) >= FEWEST_PEERS)
    lag = int(home.months[home.last[0]] - peers.months[enough].max())
    fresh = int(home.months[home.last[0]] - home.months[at]) <= OLDEST
    adverse = {"worst_quarter": True, "best_quarter": False}.get(status) if fresh else None
    middle = _spread(others)
    return PeerComparison(
        status, "", common.notes, common.counted_from, home.periods[at], value, home.markers[0, at], middle,
        rank, len(others) + 1, bool(rank and theirs is not None and own is not None and np.any(theirs == own[0])),
        told_apart, change, peers_change, lag, _since(home, peers, common, status, band),
        adverse if adverse is not None and moved == (-1 if adverse else 1) else None,
        _IQR_TO_SD * abs(value - middle.median) / (middle.q3 - middle.q1) if middle.q3 > middle.q1 else 0.0,
    )  # fmt: skip


def _merit(home: Panel, values: Figures, band: tuple[float, float] | None) -> Figures | None:
    """Figures turned so that more is better, rounded as they are shown; None where neither end is better."""
    shown = np.round(values, home.measure.decimals)
    if home.sign:
        return shown * home.sign
    if home.measure.polarity == "band" and band:
        low, high = (round(end, home.measure.decimals) for end in band)
        return -np.maximum(0.0, np.maximum(low - shown, shown - high))
    return None


def _standing(home: Panel, peers: Panel, pair: tuple[int, int], band: tuple[float, float] | None) -> tuple[str, bool]:
    at, beside = pair
    own, theirs = home.values[0, [at]], _held(peers, beside)
    lower, upper = home.lower[0, at], home.upper[0, at]
    if not (np.isnan(lower) or np.isnan(upper)):
        reach = [_middle(side[peers.held[:, beside], beside], theirs) for side in (peers.lower, peers.upper)]
        if lower <= reach[1] and upper >= reach[0]:
            return "middle", False
    own_merit, merits = _merit(home, own, band), _merit(home, theirs, band)
    if own_merit is None or merits is None:
        q1, _, q3 = _quartiles(theirs)
        return ("among_highest" if own[0] > q3 else "among_lowest" if own[0] < q1 else "middle"), True
    q1, median, q3 = _quartiles(merits)
    if own_merit[0] == median:
        return "middle", True
    if own_merit[0] > median:
        return ("best_quarter" if own_merit[0] >= q3 else "better_than_middle"), True
    return ("worst_quarter" if own_merit[0] < q1 else "worse_than_middle"), True


def _changes(
    home: Panel, peers: Panel, at: int, band: tuple[float, float] | None, common: Common
) -> tuple[float | None, Spread | None, int]:
    """The council's change over a year, the peers', and 1 or -1 where it did better or worse than their middle half."""
    year_before = home.periods[at].shifted(-12)
    earlier_pair = next((pair for pair in common.columns if home.periods[pair[0]] == year_before), None)
    if earlier_pair is None:
        return None, None, 0
    (then, then_beside), beside = earlier_pair, common.columns[0][1]
    both = peers.held[:, beside] & peers.held[:, then_beside]
    change = float(home.values[0, at] - home.values[0, then])
    if both.sum() < FEWEST_PEERS:
        return change, None, 0
    now, earlier = peers.values[both, beside], peers.values[both, then_beside]
    peers_change = _spread(now - earlier)
    merits = [_merit(home, values, band) for values in (now, earlier, home.values[0, [at]], home.values[0, [then]])]
    overlap = home.lower[0, at] <= home.upper[0, then] and home.lower[0, then] <= home.upper[0, at]
    if overlap or any(merit is None for merit in merits):
        return change, peers_change, 0
    theirs_now, theirs_then, own_now, own_then = (merit for merit in merits if merit is not None)
    q1, _, q3 = _quartiles(theirs_now - theirs_then)
    gained, hair = float((own_now - own_then)[0]), 10.0**-home.measure.decimals / 1000
    return change, peers_change, 1 if gained > q3 + hair else -1 if gained < q1 - hair else 0


def _since(home: Panel, peers: Panel, common: Common, status: str, band: tuple[float, float] | None) -> date:
    first = common.columns[0][0]
    for pair in common.columns[1:]:
        adjoins = int(home.months[first] - home.months[pair[0]]) == home.measure.frequency.months
        if not adjoins or _standing(home, peers, pair, band)[0] != status:
            break
        first = pair[0]
    return home.periods[first].start


def _held(peers: Panel, column: int) -> Figures:
    held: Figures = peers.values[peers.held[:, column], column]
    return held


def _quartiles(values: Figures) -> tuple[float, float, float]:
    # Equal to numpy.quantile to the last digit, which takes forty times as long for a dozen or two of peers.
    ordered = sorted(values.tolist())
    q1, median, q3 = (_between(ordered, (len(ordered) - 1) * share) for share in (0.25, 0.5, 0.75))
    return q1, median, q3


def _between(ordered: list[float], place: float) -> float:
    below = int(place)
    low, high, way = ordered[below], ordered[min(below + 1, len(ordered) - 1)], place - below
    return high - (high - low) * (1 - way) if way >= 0.5 else low + (high - low) * way


def _spread(values: Figures) -> Spread:
    return Spread(*_quartiles(values))


def _middle(limits: Figures, values: Figures) -> float:
    """The median of published limits; where a peer has none, that of the figures themselves."""
    ordered = sorted((values if np.isnan(limits).any() else limits).tolist())
    half = len(ordered) // 2
    return float(ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2)
