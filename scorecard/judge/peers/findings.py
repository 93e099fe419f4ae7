"""What is said of the council among its peers."""

from scorecard.catalogue import Measure
from scorecard.judge.finding import Finding
from scorecard.judge.peers.comparison import PeerComparison, Spread
from scorecard.wording import bare, count, figure


def peers_finding(compared: PeerComparison, measure: Measure, name: str) -> Finding:
    """The comparison of the council called `name` as a finding, with its sentence."""
    if compared.period is None or compared.peers is None:
        why = "cannot be compared with its peers" if compared.status == "not_comparable" else "is not compared"
        return Finding("peers", compared.status, f"{name} {why}: {compared.reason}.")
    said = [_place(compared, compared.peers, measure, name), _movement(compared, measure)]
    if compared.lag and compared.lag > 0:
        said.append(f"The peers' latest figures are {count(compared.lag, 'month')} older than its own.")
    quarters = {"best_quarter": 1, "better_than_middle": 2, "worse_than_middle": 3, "worst_quarter": 4}
    return Finding(
        "peers", compared.status, " ".join(each for each in [*said, *compared.notes] if each), compared.adverse,
        compared.distance,
        {
            "value": compared.value,
            "median": compared.peers.median,
            "q1": compared.peers.q1,
            "q3": compared.peers.q3,
            "rank": compared.rank,
            "of": compared.of,
            "quartile": quarters.get(compared.status),
            "told_apart": compared.told_apart,
            "change": compared.change,
            "peers_change": compared.peers_change.median if compared.peers_change else None,
            "period": compared.period.label,
            "peers_period_age_months": compared.lag,
            "since": compared.since.isoformat() if compared.since else None,
        },
    )  # fmt: skip


def ordinal(place: int) -> str:
    """ "1st", "2nd", "11th"."""
    ending = "th" if place % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def _place(compared: PeerComparison, peers: Spread, measure: Measure, name: str) -> str:
    unit, decimals = measure.unit, measure.decimals
    value = figure(compared.value, unit, decimals, compared.marker)
    label = compared.period.label if compared.period else ""
    low, middle, high = (bare(each, unit, decimals) for each in (peers.q1, peers.median, peers.q3))
    if unit == "%":
        low = low.removesuffix("%")
    half = f"half of its peers lie between {low} and {high} (middle {middle})"
    if not compared.told_apart:
        where = f"cannot be told apart from the middle of its {compared.of - 1} peers, within the margin of error"
    elif compared.rank is None:
        where = f"stands among {compared.of} councils"
    else:
        where = f"is {'joint ' if compared.joint else ''}{ordinal(compared.rank)} of {compared.of}, the best first"
    return f"At {value} in {label} {name} {where}; {half}."


def _movement(compared: PeerComparison, measure: Measure) -> str:
    if compared.change is None:
        return ""
    decimals = measure.decimals
    own = _moved(compared.change, measure, True)
    if compared.peers_change is None:
        return f"Over the year it {own}."
    middle = compared.peers_change.median
    still, theirs_still = round(compared.change, decimals) == 0, round(middle, decimals) == 0
    if still and theirs_still:
        return "Over the year neither it nor the middle peer moved."
    return f"Over the year it {own} while the middle peer {_moved(middle, measure, still)}."


def _moved(change: float, measure: Measure, with_unit: bool) -> str:
    shown = round(change, measure.decimals)
    if not shown:
        return "did not move"
    unit = "" if measure.unit == "%" and not with_unit else "points" if measure.unit == "%" else measure.unit
    by = (
        figure(abs(change), unit, measure.decimals)
        if measure.unit == "%"
        else bare(abs(change), unit, measure.decimals)
    )
    return f"{'rose' if shown > 0 else 'fell'} by {by.strip()}"
