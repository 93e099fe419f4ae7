"""How figures stand: status, direction, runs, lateness, and their sentences."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue import Expected, Measure, Tolerance
from scorecard.judge.due import Due, absence_sentence, next_due
from scorecard.judge.standing import stand
from scorecard.judge.status import Direction, Status
from scorecard.judge.target_findings import target_findings
from scorecard.periods import Frequency, Period, between
from tests.small_panel import APRIL_2025, TEN_PER_CENT, Point, judge, judged, measure, month, panel, told

REVERSED = {"higher": "lower", "lower": "higher", "band": "band"}
Series = list[float | None]
MANY = st.lists(st.one_of(st.none(), st.floats(0, 200)), min_size=1, max_size=30)


def aimed(polarity: str, target: float) -> Measure:
    """A measure with one fixed target."""
    return measure(polarity=polarity, targets=[{"kind": "fixed", "value": target, "reason": "Plan"}])


def statuses(values: Series, of: Measure | None = None) -> list[Status]:
    """The status of each period."""
    return [each.status for each in judged(values, of)]


@pytest.mark.parametrize(
    ("polarity", "value", "status"),
    [
        ("lower", 60, Status.on_target), ("lower", 59, Status.on_target), ("lower", 60.0000001, Status.close),
        ("lower", 66, Status.close), ("lower", 66.01, Status.off_target),
        ("higher", 60, Status.on_target), ("higher", 54, Status.close), ("higher", 53.99, Status.off_target),
    ],
)  # fmt: skip
def test_target_and_tolerance_edges(polarity: str, value: float, status: Status) -> None:
    """On the target is met; on the edge of the tolerance is close; beyond it is off."""
    assert statuses([value], aimed(polarity, 60)) == [status]


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=15), st.floats(-1e6, 1e6), st.floats(0, 1e5),
    st.sampled_from(["higher", "lower", "band"]),
)  # fmt: skip
def test_reversing_polarity_mirrors_the_judgement(
    values: list[float], target: float, points: float, polarity: str
) -> None:
    """Higher-is-better on x is lower-is-better on minus x: status, run and direction."""

    def found(sign: int, way: str) -> list[Any]:
        aim = {"kind": "fixed", "value": sign * target, "reason": "Plan"}
        if way == "band":
            low, high = sorted([sign * target, sign * (target + 10)])
            aim = {"kind": "band", "low": low, "high": high, "reason": "Plan"}
        series = [Point(month(at), sign * value) for at, value in enumerate(values)]
        told_so = judge(measure(polarity=way, decimals=4, targets=[aim]), Tolerance(points=points), series)
        return [(each.status, each.running, each.last_period, each.last_year) for each in told_so]

    assert found(1, polarity) == found(-1, REVERSED[polarity])


@settings(max_examples=60)
@given(st.lists(MANY, min_size=1, max_size=4), st.sampled_from(["fixed", "last_year"]))
def test_areas_judged_together_equal_each_alone(many: list[Series], kind: str) -> None:
    """What is judged of an area does not depend on which others stand beside it, nor when they begin."""
    aim = {"kind": kind, "reason": "Plan", **({"value": 60} if kind == "fixed" else {})}
    of = measure(targets=[aim])
    series = {
        f"A{at}": [Point(month(3 * at + n), value, None if value is not None else "x") for n, value in enumerate(one)]
        for at, one in enumerate(many)
    }
    together = panel(of, series)
    standing = stand(together, TEN_PER_CENT, {})
    for area, points in series.items():
        assert told(together, standing, area) == judge(of, TEN_PER_CENT, points)


@given(MANY, st.data())
def test_a_missing_value_changes_no_other_status(values: Series, data: Any) -> None:
    """Whatever is taken away, the other months keep theirs."""
    gone = data.draw(st.integers(0, len(values) - 1))
    before, after = statuses(values), statuses([None if at == gone else each for at, each in enumerate(values)])
    assert [*before[:gone], *before[gone + 1 :]] == [*after[:gone], *after[gone + 1 :]]


def test_a_rounding_hair_is_no_miss() -> None:
    """0.1 + 0.2 meets a target of 0.3."""
    assert judge(aimed("lower", 0.3), Tolerance(points=0), [Point(month(0), 0.1 + 0.2)])[0].status is Status.on_target


def test_a_band_is_judged_from_both_sides() -> None:
    """Below and above are both off; its ends are within."""
    band = measure(
        polarity="band", unit="%", decimals=1, targets=[{"kind": "band", "low": 8, "high": 15, "reason": "Plan"}]
    )
    found = judged([8, 15, 7.9, 16, 20], band)
    assert [each.status for each in found] == [
        Status.on_target,
        Status.on_target,
        Status.close,
        Status.close,
        Status.off_target,
    ]
    assert found[-1].status_sentence == (
        "20.0% in Aug 2025 against a target of 8.0 to 15.0%, outside it by 5.0 percentage points, "
        "beyond the tolerance of 1.5."
    )


@pytest.mark.parametrize(
    ("value", "target", "said"),
    [(54.14, 28.19, "worse by 25.9"), (45.04, 45.0, "worse by less than 0.1"), (46.0, 45.0, "worse by 1.0")],
)
def test_the_gap_is_that_of_the_figures_shown(value: float, target: float, said: str) -> None:
    """A reader who subtracts the two figures of the sentence gets the gap it tells."""
    targets = [{"kind": "fixed", "value": target, "reason": "Plan"}]
    sentence = judged([value], measure(unit="%", decimals=1, targets=targets))[-1].status_sentence
    assert said in sentence


def test_a_profile_judges_each_quarter_by_its_own_figure() -> None:
    """35.9% by June is on target although the year's target is 98.5%: no false red for three quarters of a year."""
    profile = {"Q1": 35.9, "Q2": 57.9, "Q3": 86.0, "Q4": 98.5}
    tax = measure(
        title="Council tax collected", unit="%", decimals=1, polarity="higher", frequency="quarter",
        basis="year_to_date",
        targets=[{"kind": "profile", "values": profile, "reason": "Budget"}],
    )  # fmt: skip
    quarters = [between(APRIL_2025 + 3 * n, APRIL_2025 + 3 * n + 2) for n in range(4)]
    points = [Point(quarter, value) for quarter, value in zip(quarters, [35.9, 58.0, 86.2, 97.5], strict=True)]
    found = judge(tax, Tolerance(points=0.5), points)
    assert [each.status for each in found] == [*[Status.on_target] * 3, Status.off_target]
    assert {each.last_period for each in found} == {Direction.unknown}, (
        "a figure that builds up is not compared with last quarter"
    )


def test_improve_on_last_year_and_the_middle_of_the_peers() -> None:
    """Both targets are worked out period by period, and absent where they cannot be."""
    last_year = measure(targets=[{"kind": "last_year", "change_per_cent": -10, "reason": "Plan"}])
    found = judged([100.0] + [90.0] * 11 + [90.0, 99.0], last_year)
    assert [found[0].status, found[12].status, found[13].status] == [
        Status.no_target,
        Status.on_target,
        Status.off_target,
    ]
    assert found[12].line is not None and found[12].line.low == pytest.approx(90)
    peers = measure(targets=[{"kind": "peer_median", "reason": "None set"}])
    five = {month(0): [50.0, 60.0, 65.0, 90.0, 95.0], month(1): [60.0] * 4}
    found = judged([70, 60], peers, peers=five)
    assert [each.status for each in found] == [Status.close, Status.no_target], "four peers are too few"
    assert "(the middle of its peers)" in found[0].status_sentence
    quarter = measure(targets=[{"kind": "peer_quartile", "reason": "Ambition"}])
    found = judged([66, 50], quarter, peers=five)
    assert found[0].line is not None and found[0].line.low == 60, "lower is better, so the lowest quarter"
    assert (found[0].status, found[1].status) == (Status.close, Status.no_target)


def test_a_limit_has_no_tolerance() -> None:
    """A ceiling set by law is kept or it is not; a fixed target forgives ten per cent here."""
    limit = measure(targets=[{"kind": "limit", "value": 60, "statutory": True, "reason": "The law"}])
    assert [each.status for each in judged([60, 61], limit)] == [Status.on_target, Status.off_target]
    assert "a target of 60 (a statutory limit), worse by 1, beyond" in judged([61], limit)[0].status_sentence
    assert judged([61])[0].status is Status.close


def test_nothing_is_compared_across_a_break() -> None:
    """From July the measure is counted another way: June and the year before no longer say anything about it."""
    lifecycle = [
        {"decision": "live", "on": "2020-04-01", "reason": "New", "approved_by": "Cabinet"},
        {
            "decision": "amended", "on": "2025-07-01", "reason": "Sweepings left out", "approved_by": "Cabinet",
            "breaks_comparability": True,
        },
    ]  # fmt: skip
    amended = measure(lifecycle=lifecycle, targets=[{"kind": "last_year", "reason": "Plan"}])
    found = judged([50.0] * 14, amended)
    at = next(index for index, each in enumerate(found) if each.period.start == date(2025, 7, 1))
    assert found[at - 1].last_period is Direction.same
    assert found[at].last_period is Direction.unknown
    assert found[at + 1].last_period is Direction.same
    assert all(each.last_year is Direction.unknown and each.line is None for each in found[at:])


def test_a_measure_is_judged_only_while_it_is_live() -> None:
    """Proposed and removed, it has figures and no status."""
    lifecycle = [
        {"decision": "proposed", "on": "2025-04-01", "reason": "Asked for by members"},
        {"decision": "live", "on": "2025-06-01", "reason": "Agreed", "approved_by": "Cabinet"},
        {"decision": "removed", "on": "2025-08-01", "reason": "Replaced", "approved_by": "Cabinet"},
    ]
    found = judged([90] * 5, measure(lifecycle=lifecycle))
    assert [each.status for each in found] == [
        Status.activity_only, Status.activity_only, Status.off_target, Status.off_target, Status.activity_only,
    ]  # fmt: skip
    assert "the measure was proposed then" in found[0].status_sentence
    assert "the measure was removed then" in found[-1].status_sentence


def test_each_class_of_measure_is_judged_its_own_way() -> None:
    """An outcome is not set against the month before, a project against no other month at all."""
    values = [50.0] * 12 + [55.0]
    assert judged(values, measure(kind="operational"))[-1].last_period is Direction.worse
    outcome = judged(values, measure(kind="outcome"))[-1]
    assert (outcome.last_period, outcome.last_year) == (Direction.unknown, Direction.worse)
    project = judged(values, measure(kind="project"))[-1]
    assert (project.last_period, project.last_year) == (Direction.unknown, Direction.unknown)
    assert project.status is Status.on_target
    context = judged(values, measure(kind="contextual", targets=[]))[-1]
    assert context.status is Status.activity_only


def test_a_dated_target_does_not_judge_the_past() -> None:
    """A target set in July leaves May without one and June's successor judged by it."""
    dated = measure(targets=[{"kind": "fixed", "value": 60, "since": "2025-07-01", "reason": "Cabinet"}])
    assert [each.status for each in judged([90, 90, 90, 90], dated)] == [Status.no_target] * 3 + [Status.off_target]


def test_what_is_for_information_is_never_judged() -> None:
    """A volumetric measure has a figure and a direction but no status of good or bad."""
    calls = measure(kind="volumetric", polarity="neutral", targets=[], unit="calls")
    last = judged([900, 1200], calls)[-1]
    assert (last.status, last.last_period) == (Status.activity_only, Direction.up)
    assert last.direction_sentence == "Higher than last month (900)."


def test_direction_against_last_month_and_a_year_before() -> None:
    """Lower is better here: fewer than last month and more than a year before."""
    last = judged([50.0] + [70.0] * 11 + [65.0])[-1]
    assert (last.last_period, last.last_year) == (Direction.better, Direction.worse)
    assert last.direction_sentence == ("Better than last month (70) and worse than a year before (50).")


def test_figures_that_read_the_same_are_the_same() -> None:
    """A difference no reader can see is no movement."""
    assert judged([70.2, 70.4])[-1].last_period is Direction.same


@given(st.lists(st.one_of(st.none(), st.floats(0, 200)), min_size=2, max_size=30))
def test_a_missing_figure_is_never_judged_and_never_bridged(values: list[float | None]) -> None:
    """It is not available; the month after it has no month before to be compared with, and starts a new run."""
    found = judged(values)
    for at, value in enumerate(values):
        if value is None:
            assert found[at].status is Status.unavailable
            if at + 1 < len(values) and values[at + 1] is not None:
                assert found[at + 1].last_period is Direction.unknown
                assert found[at + 1].running == 1


def test_since_counts_adjoining_periods_only() -> None:
    """Three months off target in a row, then a month that never came, then one: the run begins anew."""
    points = [Point(month(at), 90) for at in (0, 1, 2, 4)]
    found = judge(measure(), TEN_PER_CENT, points)
    assert [(each.since, each.running) for each in found] == [
        (date(2025, 4, 1), 1), (date(2025, 4, 1), 2), (date(2025, 4, 1), 3), (date(2025, 8, 1), 1),
    ]  # fmt: skip


MONTHLY = Expected(every=Frequency.month, within_days=15)


@pytest.mark.parametrize(
    ("as_at", "last", "status"),
    [
        (date(2025, 5, 10), None, Status.awaiting),
        (date(2025, 5, 15), None, Status.awaiting),
        (date(2025, 5, 16), None, Status.overdue),
        (date(2025, 5, 16), month(0), None),
        (date(2025, 6, 10), month(0), Status.awaiting),
        (date(2025, 7, 1), month(0), Status.overdue),
    ],
)
def test_a_figure_is_late_only_after_its_day(as_at: date, last: Period | None, status: Status | None) -> None:
    """Due fifteen days after the month ends: awaited up to that day, overdue from the next."""
    due = next_due(MONTHLY, last, as_at)
    assert (due.status if due else None) is status


def test_what_is_late_says_when_it_was_due_and_what_the_last_was() -> None:
    """The last figure is told as it is shown; without one, only the lateness."""
    due = next_due(MONTHLY, month(1), date(2025, 8, 1))
    assert due
    assert absence_sentence(measure(), due, (month(1), 95.0)) == (
        "No figure yet for Jun 2025, which was due on 15 July 2025; the last was 95 per 100,000 in May 2025."
    )
    waiting = Due(month(2), date(2025, 7, 15), Status.awaiting)
    assert absence_sentence(measure(), waiting, None) == "No figure yet for Jun 2025, which is due on 15 July 2025."


def test_the_finding_is_of_the_latest_figure() -> None:
    """The withheld month after it does not hide it; the evidence has the figures, and where there is none no NaN."""
    points = [Point(month(at), value, None if value else "x") for at, value in enumerate([50, 90, 95, None])]
    made = panel(measure(), {"A": points, "B": [Point(month(0), None, "c")], "C": [Point(month(2), 55)]})
    found = target_findings(made, stand(made, TEN_PER_CENT, {}))
    assert set(found) == {"A", "C"}
    assert (found["A"].status, found["A"].adverse, found["C"].adverse) == ("off_target", True, False)
    assert found["A"].sentence.startswith("95 per 100,000 in Jun 2025 against a target of 60")
    assert found["A"].strength == pytest.approx(35 / 6)
    assert dict(found["A"].evidence) == {
        "value": 95.0, "target_low": 60.0, "target_high": 60.0, "tolerance": 6.0, "shortfall": 35.0,
        "tolerances_off": pytest.approx(35 / 6), "since": "2025-05-01", "running": 2, "period": "Jun 2025",
        "last_period": "worse", "last_year": "unknown",
    }  # fmt: skip


def test_without_a_tolerance_the_shortfall_is_a_share_of_the_target() -> None:
    """A limit passed by 6 of 60 is a tenth off; one of nought is counted in its own unit."""
    for value, limit, off in ((66.0, 60, 0.1), (3.0, 0, 3.0)):
        of = measure(targets=[{"kind": "limit", "value": limit, "reason": "The law"}])
        made = panel(of, {"A": [Point(month(0), value)]})
        assert stand(made, TEN_PER_CENT, {}).tolerances_off[0, 0] == pytest.approx(off)


def test_irregular_periods_are_compared_with_their_like() -> None:
    """Years among the quarters of a measure: neither its run nor its direction mixes the two."""
    quarterly = measure(frequency="quarter")
    quarters = [between(APRIL_2025 + 3 * n, APRIL_2025 + 3 * n + 2) for n in range(5)]
    year = between(APRIL_2025, APRIL_2025 + 11)
    points = [*(Point(each, 50.0 + at) for at, each in enumerate(quarters)), Point(year, 80.0)]
    made = panel(quarterly, {"B": [Point(year.shifted(-12), 10.0)], "A": points})
    assert not made.regular
    found = {each.period: each for each in told(made, stand(made, TEN_PER_CENT, {}))}
    assert found[year].last_period is Direction.unknown
    assert [found[each].last_period for each in quarters[1:]] == [Direction.worse] * 4
    assert (found[quarters[4]].last_year, found[year].last_year) == (Direction.worse, Direction.unknown)


@given(st.floats(-1000, 1000), st.integers(0, 4))
def test_figures_are_compared_as_they_are_shown(value: float, decimals: int) -> None:
    """Half a unit rounds by the digits that the float holds, as formatting does and `numpy.round` does not."""
    tied = round(value, decimals) + 0.5 * 10.0**-decimals
    of = measure(decimals=decimals, targets=[])
    for shown in (tied, value):
        same = judged([shown, round(shown, decimals)], of)[-1].last_period
        assert same is Direction.same


@pytest.mark.parametrize(
    ("earlier", "way", "said"),
    [
        (
            (7.54, 7.44, 7.64),
            Direction.unclear,
            "No clear change from a year before (7.54, within the margin of error).",
        ),
        ((7.76, 7.66, 7.86), Direction.worse, "Worse than a year before (7.76)."),
        ((7.54, None, None), Direction.worse, "Worse than a year before (7.54)."),
    ],
)
def test_overlapping_confidence_intervals_show_no_change(earlier: Any, way: Direction, said: str) -> None:
    """A survey's figure is called worse only when the two intervals lie apart, or when none is published."""
    life = measure(title="Life", unit="out of 10", decimals=2, polarity="higher", frequency="year", targets=[])
    years = [between(APRIL_2025 + 12 * n, APRIL_2025 + 12 * n + 11) for n in range(2)]
    points = [Point(years[0], earlier[0], None, *earlier[1:]), Point(years[1], 7.46, None, 7.36, 7.56)]
    last = judge(life, TEN_PER_CENT, points)[-1]
    assert (last.last_year, last.direction_sentence) == (way, said)
