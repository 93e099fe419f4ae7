"""Small counts: their exact limits, and which of them cannot be called."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue import Measure, Tolerance
from scorecard.judge.small_counts import counted_as, proportion_limits, rate_limits
from scorecard.judge.standing import stand
from scorecard.judge.status import Status
from scorecard.judge.target_findings import target_findings
from tests.small_panel import Point, counts, judge, measure, month, panel

TWO_POINTS = Tolerance(points=2)
RATIO = {"source": "f", "numerator": "n", "denominator": "d", "per": 100}


def share(target: Any = 90, polarity: str = "higher", **more: Any) -> Measure:
    """A percentage with a target."""
    aim = target if isinstance(target, dict) else {"kind": "fixed", "value": target, "reason": "Plan"}
    return measure(unit="%", decimals=1, polarity=polarity, figures=RATIO, targets=[aim], **more)


def rate(target: float = 10) -> Measure:
    """Events for every 100,000 people, fewer are better."""
    aim = {"kind": "fixed", "value": target, "reason": "Plan"}
    return measure(unit="per 100,000 people", decimals=1, figures={**RATIO, "per": 100_000}, targets=[aim])


def status(of: Measure, count: float, cases: float, per: float = 100) -> Status:
    """The status of one figure."""
    return judge(of, TWO_POINTS, counts([(count, cases)], per))[0].status


@pytest.mark.parametrize(("count", "cases"), [(7, 10), (0, 10), (10, 10), (19, 20), (3, 500)])
def test_limits_of_a_proportion(count: int, cases: int) -> None:
    """At the lower limit so many or more come in 2.5% of times, at the upper so many or fewer: Clopper and Pearson."""

    def chance(counts: range, p: float) -> float:
        return sum(math.comb(cases, k) * p**k * (1 - p) ** (cases - k) for k in counts)

    lower, upper = (float(each[0]) for each in proportion_limits(np.array([count]), np.array([cases])))
    assert lower == 0 if count == 0 else chance(range(count, cases + 1), lower) == pytest.approx(0.025)
    assert upper == 1 if count == cases else chance(range(count + 1), upper) == pytest.approx(0.025)


@pytest.mark.parametrize("count", [0, 3, 10])
def test_limits_of_a_rate(count: int) -> None:
    """The same by Poisson's law, after Garwood; for a base of 1,000 a thousandth of the limits of the count."""

    def at_most(most: int, mean: float) -> float:
        return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(most + 1))

    lower, upper = (1000 * float(each[0]) for each in rate_limits(np.array([count]), np.array([1000.0])))
    assert lower == 0 if count == 0 else 1 - at_most(count - 1, lower) == pytest.approx(0.025)
    assert at_most(count, upper) == pytest.approx(0.025)


@pytest.mark.parametrize(
    ("of", "count", "cases", "expected"),
    [
        (share(), 7, 10, Status.too_few),
        (share(), 9, 10, Status.too_few),
        (share(), 10, 10, Status.on_target),  # it could not have been better
        (share(), 3, 10, Status.off_target),  # at most 65%, whatever chance did
        (share(60), 28, 29, Status.on_target),  # at least 82%
        (share(100), 19, 20, Status.off_target),  # one missed is a fact against all of them
        (share(100), 20, 20, Status.on_target),
        (share(), 190, 200, Status.on_target),  # large counts keep their status
        (share(), 170, 200, Status.off_target),
        (share(95), 58, 62, Status.close),  # cases enough, and only off target is left uncalled
        (share(95), 60, 62, Status.on_target),
        (share(95), 57, 62, Status.too_few),
        (share(10, "lower"), 3, 12, Status.too_few),
        (share(0, "lower"), 1, 12, Status.off_target),
        (share(10, "lower"), 0, 12, Status.on_target),
        (share({"kind": "band", "low": 40, "high": 60, "reason": "Plan"}, "band"), 10, 20, Status.too_few),
        (share({"kind": "band", "low": 40, "high": 60, "reason": "Plan"}, "band"), 1, 20, Status.off_target),
        (share({"kind": "band", "low": 40, "high": 60, "reason": "Plan"}, "band"), 500, 1000, Status.on_target),
    ],
)
def test_what_can_be_called_of_a_share(of: Measure, count: float, cases: float, expected: Status) -> None:
    """Neither red nor green where the same few cases could as well have come from the other side of the line."""
    assert status(of, count, cases) is expected


@pytest.mark.parametrize(
    ("of", "count", "base", "expected"),
    [
        (rate(), 4, 24_000, Status.too_few),  # 16.7, and 2.4 expected
        (rate(), 9, 24_000, Status.off_target),
        (rate(), 0, 24_000, Status.on_target),
        (rate(), 2, 24_000, Status.too_few),
        (rate(), 12, 80_000, Status.too_few),  # 15.0, and 8 expected: only off target is left uncalled
        (rate(), 7, 80_000, Status.on_target),
        (rate(), 60, 400_000, Status.off_target),  # 40 expected
        (rate(0), 1, 24_000, Status.off_target),
    ],
)
def test_what_can_be_called_of_a_rate(of: Measure, count: float, base: float, expected: Status) -> None:
    """The same for events among a population, by how many the target lets one expect."""
    assert status(of, count, base, 100_000) is expected


def test_it_is_said_plainly() -> None:
    """Count, cases, limits and target, and what an official assessment goes by."""
    assert judge(share(), TWO_POINTS, counts([(7, 10)]))[0].status_sentence == (
        "70.0% in Apr 2025 (7 of 10), so few that the true rate may be anywhere from 35 to 93%: "
        "too few to call against a target of 90.0%."
    )
    assert judge(rate(), TWO_POINTS, counts([(4, 24_000)], 100_000))[0].status_sentence == (
        "16.7 per 100,000 people in Apr 2025 (4 among 24,000), so few that the true rate may be anywhere from "
        "4.5 to 42.7: too few to call against a target of 10.0."
    )
    limit = {"kind": "limit", "value": 60, "statutory": True, "reason": "The Government"}
    said = judge(share(limit), TWO_POINTS, counts([(5, 9)]))[0].status_sentence
    assert said.endswith(
        "against a target of 60.0% (a statutory limit). The official assessment goes by the figure itself."
    )


@pytest.mark.parametrize(
    ("of", "point"),
    [
        (share(), Point(month(0), 70.0)),  # no counts are known
        (share(), Point(month(0), 65.0, numerator=6.5, denominator=10)),  # points, not cases
        (share(), Point(month(0), 65.0, numerator=7, denominator=10)),  # counts of something else
        (measure(unit="days", figures=RATIO), Point(month(0), 70.0, numerator=7, denominator=0.1)),  # a mean
        (measure(unit="%", polarity="higher", figures={"source": "f", "value": "v"}), Point(month(0), 20.0)),
    ],
)
def test_only_known_counts_are_small_counts(of: Measure, point: Point) -> None:
    """A figure that nobody knows the cases of keeps its status."""
    assert judge(of, TWO_POINTS, [point])[0].status in {Status.off_target, Status.close}


def test_sums_and_means_over_records_are_no_counts() -> None:
    """What is shared out or counted is; what is added up or averaged is not, whatever its unit says."""

    def over(calculate: dict[str, Any], unit: str, **more: Any) -> Measure:
        records = {"source": "f", "calculate": {"dated": "day", **calculate}, **more}
        return measure(unit=unit, figures=(), records=records)

    people = {"out_of": {"population": True}, "per": 1000}
    assert counted_as(over({"kind": "share", "of": "kept"}, "%")) == "proportion"
    assert counted_as(over({"kind": "count"}, "per 1,000 people", **people)) == "rate"
    assert counted_as(over({"kind": "sum", "of": "fine"}, "per 1,000 people", **people)) is None
    assert counted_as(over({"kind": "ratio", "numerator": "paid", "denominator": "due"}, "%")) is None


@settings(max_examples=200)
@given(st.integers(1, 150), st.integers(50, 100), st.floats(0, 10), st.sampled_from(["higher", "lower"]))
def test_among_as_many_a_better_result_never_stands_worse(cases: int, target: int, points: float, way: str) -> None:
    """From none to all of the cases the status only gets better, too few to call lying between red and green."""
    order = [Status.off_target, Status.too_few, Status.close, Status.on_target]
    series = counts([(count, cases) for count in range(cases + 1)])
    found = [order.index(each.status) for each in judge(share(target, way), Tolerance(points=points), series)]
    found = found if way == "higher" else found[::-1]
    called = [each for each in found if order[each] in {Status.off_target, Status.on_target}]
    assert called == sorted(called)
    assert Status.off_target not in {order[each] for each in found[found.index(max(found)) :]}


def test_too_few_is_neither_good_nor_bad_news() -> None:
    """The finding has its counts and limits and no verdict."""
    made = panel(share(), {"A": counts([(7, 10)])})
    found = target_findings(made, stand(made, TWO_POINTS, {}))["A"]
    assert (found.status, found.adverse) == ("too_few", None)
    assert (found.evidence["numerator"], found.evidence["denominator"]) == (7.0, 10.0)
    assert found.evidence["lower"] == pytest.approx(34.75, abs=0.01)
    assert found.evidence["upper"] == pytest.approx(93.33, abs=0.01)
