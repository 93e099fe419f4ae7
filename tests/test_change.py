"""Sudden and sustained change: what must be seen, what must not, and what may make no difference."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.judge.change.apart import apart, ratio_apart
from scorecard.judge.change.budget import (
    FALLS,
    FALSE_ALARMS,
    FEWEST,
    FULL,
    SUSTAINED,
    falls_limit,
    sudden_limit,
    sustained_limit,
)
from scorecard.judge.change.counts import Counts
from scorecard.judge.change.detection import Changes, Side, changes, window_start
from scorecard.judge.change.findings import change_findings
from scorecard.judge.change.scan import distances, lasts
from scorecard.judge.change.season import without_season
from scorecard.judge.change.stretch import Stretch, stretch_of
from scorecard.judge.finding import Finding
from scorecard.judge.panel import Figures
from scorecard.judge.shape import shape_of
from tests.small_panel import Point, counts, measure, month, panel

SEEDS = st.integers(0, 2**32 - 1)


def stretch(values: Any, phases: int = 12) -> Stretch:
    """One series, or several, that begin with the first phase of a year."""
    rows = np.atleast_2d(np.asarray(values, dtype=float))
    columns = np.arange(rows.shape[1])
    return stretch_of(rows, np.zeros_like(columns), columns % phases)


def changed(values: Any, phases: int = 12, ceiling: float | None = None, of: Counts | None = None) -> Changes:
    """What became of one series, or of several."""
    found = stretch(values, phases)
    step = np.zeros(len(found.values)) if of is None else np.ones(len(found.values))
    return changes(found, phases, ceiling, step, of)


def said(side: Side, row: int = 0) -> tuple[bool, bool]:
    """Whether a side is sudden, and whether it is sustained."""
    return bool(side.sudden[row]), bool(side.sustained[row])


def flags(found: Changes) -> list[list[bool]]:
    """For each series: higher sudden, higher sustained, lower sudden, lower sustained."""
    sides = (found.higher, found.lower)
    return np.column_stack([each for side in sides for each in (side.sudden, side.sustained)]).tolist()


def carrying(random: np.random.Generator, share: float, series: int, periods: int) -> Figures:
    """Normal series that keep a share of the last figure's distance from 100, with a standard deviation of 10."""
    noise = random.standard_normal((series, periods))
    for at in range(1, periods):
        noise[:, at] = share * noise[:, at - 1] + np.sqrt(1 - share**2) * noise[:, at]
    return 100 + 10 * noise


USUAL = np.random.default_rng(11).normal(100, 10, 36)
"""Nothing but chance: the series that changes are put into."""


# what must be seen, and what must not


def test_chance_alone_is_no_change() -> None:
    """The series by itself is flagged on neither side."""
    assert flags(changed(USUAL)) == [[False] * 4]


def test_a_spike_is_sudden_and_nothing_more() -> None:
    """Five standard deviations too high in the latest period alone."""
    values = USUAL.copy()
    values[-1] = 150
    found = changed(values)
    assert (said(found.higher), said(found.lower)) == ((True, False), (False, False))


def test_a_step_is_sustained_from_where_it_began() -> None:
    """Two and a half standard deviations lower in the last six periods: the window is those six, or nearly."""
    values = USUAL - 25 * (np.arange(36) >= 30)
    found = changed(values)
    assert found.lower.sustained[0]
    assert not found.higher.sustained[0]
    assert 5 <= found.lower.together.length[0] <= 7
    assert window_start(stretch(values), found.lower.together.length) == [36 - found.lower.together.length[0]]


def test_a_drift_is_sustained_though_no_figure_stands_out() -> None:
    """Down by 3 standard deviations over nine months."""
    values = USUAL - 30 * np.clip((np.arange(36) - 26) / 9, 0, 1)
    assert said(changed(values).lower)[1]


def test_a_spike_of_last_month_is_no_change_of_this_month() -> None:
    """Back at its usual level, it is not lasting, though two figures together lie far out."""
    values = USUAL.copy()
    values[-2:] = 160, 101
    assert not changed(values).higher.sudden[0]


def test_a_figure_far_out_does_not_draw_its_neighbour_along() -> None:
    """The window of two that a spike makes with a figure a little high is not lasting."""
    values = USUAL.copy()
    values[-2:] = 101, 170
    assert said(changed(values).higher) == (True, False)


def test_a_trough_that_comes_every_year_is_healthy() -> None:
    """A strong season is in its trough; without three years of history it would be a sustained fall."""
    season = 100 + 40 * np.sin(2 * np.pi * (np.arange(36) + 7) / 12) + np.random.default_rng(2).normal(0, 8, 36)
    found = changed(season)
    assert found.seasonal.has_season[0]
    assert flags(found) == [[False] * 4]


def test_a_seasonal_series_that_is_too_high_in_its_trough_is_seen() -> None:
    """Well above what is usual for its last four months, though below what is usual for the year."""
    values = 100 + 40 * np.sin(2 * np.pi * np.arange(48) / 12) + np.random.default_rng(2).normal(0, 5, 48)
    values[-4:] += 12
    assert (values[-4:] < 100).all()
    assert changed(values).higher.sustained[0]


def test_a_series_that_wanders_by_itself_is_seldom_flagged() -> None:
    """Of 3,000 series that keep 0.6 of the last figure at most 1.5% are flagged for the worse; NHS rules flag 10%."""
    found = changed(carrying(np.random.default_rng(12), 0.6, 3000, 36))
    assert (found.lower.sudden | found.lower.sustained).mean() < 0.015
    assert np.nanmedian(found.carried) > 0.35


def test_a_slow_wave_is_no_change() -> None:
    """A wave of 20 periods, without a season, at its lowest."""
    wave = 100 - 20 * np.cos(2 * np.pi * (np.arange(60) - 59) / 20) + np.random.default_rng(3).normal(0, 2, 60)
    assert not changed(wave).lower.sustained[0]


def test_a_figure_that_hardly_ever_moves_is_not_tested() -> None:
    """100% in all months but two: no usual spread to measure by."""
    values = np.full(36, 100.0)
    values[[10, 35]] = 90
    found = changed(values, ceiling=100.0)
    assert found.collapsed[0]
    assert flags(found) == [[False] * 4]


def test_a_long_tail_is_not_news() -> None:
    """Of 3,000 healthy series with skewness 2 at most 1.5% are flagged on the side of the tail; NHS rules flag 4%."""
    found = changed(np.random.default_rng(13).exponential(10, (3000, 36)))
    assert (found.higher.sudden | found.higher.sustained).mean() < 0.015


def test_small_counts_must_change_by_more_than_such_counts_do() -> None:
    """Four after counts of about one are chance to the exact test; nine are not."""
    many = np.array([[1.0, 0, 2, 1, 1, 3, 0, 1, 2, 0, 1, 1, 2, 0, 1, 1, 0, 2, 1, 1, 0, 3, 1, 4]])
    none = np.full(many.shape, np.nan)
    assert not changed(many, of=Counts(many, none)).higher.sudden[0]
    many[0, -1] = 9
    assert changed(many, of=Counts(many, none)).higher.sudden[0]


def test_large_counts_are_not_asked() -> None:
    """Chance in counts of 10,000 is the least of what moves them, so the exact test, always sure, has no say."""
    many = np.round(USUAL * 100)[None]
    with_counts, without = changed(many, of=Counts(many, np.full(many.shape, np.nan))), changed(many)
    assert flags(with_counts) == flags(without)


def test_shares_of_few_cases_are_asked_of_fisher() -> None:
    """One failure of 20 more than ever is chance; 9 of 20 are not."""
    of = np.full((1, 24), 20.0)
    met = np.array([[19.0, 20, 18, 20, 19, 19, 20, 18, 20, 19, 20, 19] * 2])
    met[0, -1] = 16
    assert not changed(100 * met / of, ceiling=100.0, of=Counts(met, of)).lower.sudden[0]
    met[0, -1] = 9
    assert changed(100 * met / of, ceiling=100.0, of=Counts(met, of)).lower.sudden[0]


def test_a_short_series_that_only_falls_is_flagged_and_a_bumpy_one_is_not() -> None:
    """Eight years, each lower than the last, against eight with two rises in between."""
    assert said(changed([80.0, 77, 75, 70, 69, 64, 60, 58], phases=1).lower)[1]
    assert not said(changed([80.0, 77, 79, 70, 69, 72, 65, 66], phases=1).lower)[1]


def test_four_figures_say_nothing() -> None:
    """However far apart they are."""
    assert flags(changed([1.0, 1, 2, 500], phases=1)) == [[False] * 4]


def test_no_figures_are_no_fault() -> None:
    """An empty series among others, and no series at all."""
    values = np.vstack([USUAL, np.full(36, np.nan)])
    assert flags(changed(values))[1] == [False] * 4
    assert flags(changed(np.empty((0, 12)))) == []


def test_what_began_before_the_step_has_no_say() -> None:
    """Figures from before a rebase are not in the stretch: what is low since is not low compared with them."""
    values = np.concatenate([USUAL + 100, USUAL[:20]])[None]
    steps = np.repeat([0, 1], [36, 20])
    found = stretch_of(values, steps, np.arange(56) % 12)
    assert found.count[0] == 20
    assert flags(changes(found, 12, None, np.zeros(1))) == [[False] * 4]


# what builds up over the year


def test_what_builds_up_is_judged_by_what_each_period_added() -> None:
    """The total falls each April, and that is no change; 55 instead of 100 a month is one."""
    added = USUAL.copy()
    total = np.concatenate([np.cumsum(added[start : start + 12]) for start in (0, 12, 24)])
    ends = 2022 * 12 + 3 + np.arange(36)
    assert apart(total[None], ends, 1)[0] == pytest.approx(added)
    added[-3:] -= 45
    total = np.concatenate([np.cumsum(added[start : start + 12]) for start in (0, 12, 24)])
    assert changed(apart(total[None], ends, 1)).lower.sustained[0]


def test_after_a_missing_period_nothing_is_taken_apart() -> None:
    """What two periods added together is nobody's figure, except that April stands as it is."""
    total = np.array([[10.0, 20, np.nan, 40, 50, 60, 70, 80, 90, 100, 110, 120, 10]])
    found = apart(total, 2022 * 12 + 3 + np.arange(13), 1)[0]
    assert np.isnan(found[[2, 3]]).all()
    assert found[[0, 1, 4, 12]].tolist() == [10, 10, 10, 10]


def test_a_ratio_is_taken_apart_above_and_below() -> None:
    """9 of 10, then 11 of 20 more: 90% and 55%, though the year's ratio is still 67%."""
    above, below = np.array([[9.0, 20]]), np.array([[10.0, 30]])
    found = ratio_apart(above, below, 100 * above / below, 2022 * 12 + 3 + np.arange(2), 1)
    assert found[0] == pytest.approx([90, 55])


# what may make no difference


@given(SEEDS, st.sampled_from([0.001, 0.5, 3.0, 1e6]), st.sampled_from([8, 20, 36]))
@settings(max_examples=40, deadline=None)
def test_the_unit_makes_no_difference(seed: int, times: float, periods: int) -> None:
    """Pounds or thousands of pounds: every flag is the same, whatever power the figures are raised to."""
    values = np.random.default_rng(seed).lognormal(3, 0.5, (20, periods))
    assert flags(changed(values)) == flags(changed(times * values))


@given(SEEDS, st.floats(-80, 80), st.sampled_from([8, 20, 36]))
@settings(max_examples=40, deadline=None)
def test_where_nought_is_makes_no_difference_to_figures_on_both_sides_of_it(
    seed: int, more: float, periods: int
) -> None:
    """Figures above nought may be judged as powers, so where nought lies counts; with one below it does not."""
    values = np.random.default_rng(seed).normal(0, 10, (20, periods))
    values[:, -3:] += np.linspace(-40, 40, 20)[:, None]
    values[:, 1] = -100
    assert flags(changed(values)) == flags(changed(values + more))


@given(SEEDS, st.sampled_from([8, 20, 36]))
@settings(max_examples=40, deadline=None)
def test_turning_the_figures_round_swaps_higher_and_lower(seed: int, periods: int) -> None:
    """For figures on both sides of nought; those above it have a floor on one side alone."""
    random = np.random.default_rng(seed)
    values = random.normal(0, 10, (20, periods)) - 20 * (np.arange(periods) >= periods - 2) * random.random((20, 1))
    values[:, :2] = [-5, 5]
    turned = [[*each[2:], *each[:2]] for each in flags(changed(-values))]
    assert flags(changed(values)) == turned


@given(SEEDS, st.sampled_from([8, 20, 36]))
@settings(max_examples=30, deadline=None)
def test_each_series_is_judged_by_itself(seed: int, periods: int) -> None:
    """Many together, in any order, some with gaps, come to what each comes to alone."""
    random = np.random.default_rng(seed)
    values = random.lognormal(3, 0.5, (12, periods))
    values[random.random(values.shape) < 0.1] = np.nan
    values[:, -3:] *= random.choice([1.0, 3.0], (12, 1))
    together = flags(changed(values))
    order = random.permutation(12)
    assert flags(changed(values[order])) == [together[at] for at in order]
    assert [flags(changed(row))[0] for row in values] == together


@given(SEEDS, st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_a_missing_period_moves_no_figure(seed: int, place: int) -> None:
    """How far out the figures lie is as before, so nothing becomes sudden, falling or rising for it.

    The limit of a sustained change may move a little: figures on both sides of the gap no longer adjoin, so they no
    longer say how much one carries over to the next.
    """
    values = np.random.default_rng(seed).normal(100, 10, (20, 20))
    gap = np.insert(values, place, np.nan, axis=1)
    before, after = changed(values), changed(gap)
    for one, other in ((before.higher, after.higher), (before.lower, after.lower)):
        assert one.sudden.tolist() == other.sudden.tolist()
        assert one.alone == pytest.approx(other.alone)
        assert one.together.distance == pytest.approx(other.together.distance)
        assert one.together.length.tolist() == other.together.length.tolist()


@given(SEEDS, st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_missing_periods_at_the_ends_change_nothing_at_all(seed: int, many: int) -> None:
    """Neither before the first figure nor after the latest."""
    values = np.random.default_rng(seed).normal(100, 10, (20, 20))
    none = np.full((20, many), np.nan)
    assert (
        flags(changed(np.hstack([none, values]))) == flags(changed(values)) == flags(changed(np.hstack([values, none])))
    )


# the statistic, against plain formulas


def test_the_distance_is_that_of_a_t_test() -> None:
    """The window's mean against the rest, with one spread for both, made normal by Wallace's formula."""
    values = USUAL[:20]
    window, rest = values[-3:], values[:-3]
    pooled = (window.var() * 3 + rest.var() * 17) / 18
    t = (window.mean() - rest.mean()) / np.sqrt(pooled * (1 / 3 + 1 / 17))
    normal = np.sqrt(18 * np.log1p(t**2 / 18)) * (8 * 18 + 1) / (8 * 18 + 3) * np.sign(t)
    found = stretch(values)
    assert distances(found, without_season(found, 12))[0, 2] == pytest.approx(normal)


def test_what_lasts_does_so_without_its_latest_figure() -> None:
    """Of a window of three, the first two must lie out too."""
    found = stretch([[*USUAL[:20], 120, 125, 160], [*USUAL[:20], 99, 101, 160]])
    three = np.array([3, 3])
    assert lasts(found, without_season(found, 12), three, 1).tolist() == [True, False]


# the budget


@pytest.mark.parametrize(("figures", "carried"), [(16, 0.0), (24, 0.2), (27, 0.4), (36, 0.0), (36, 0.4), (60, 0.2)])
def test_healthy_series_are_flagged_at_most_once_in_a_hundred_periods(figures: int, carried: float) -> None:
    """On their bad side, between the lengths of the table too; the tolerance is three standard errors."""
    many = 4000
    found = changed(carrying(np.random.default_rng([figures, int(10 * carried)]), carried, many, figures)).lower
    assert (found.sudden | found.sustained).mean() <= 0.01 + 3 * np.sqrt(0.01 * 0.99 / many)


@pytest.mark.parametrize(("figures", "carried"), [(6, 0.0), (10, 0.0), (10, 0.4)])
def test_healthy_short_series_are_flagged_as_seldom(figures: int, carried: float) -> None:
    """Years, of which there are few."""
    many = 6000
    found = changed(carrying(np.random.default_rng([figures, int(10 * carried)]), carried, many, figures), 1).lower
    assert (found.sudden | found.sustained).mean() <= 0.01 + 3 * np.sqrt(0.01 * 0.99 / many)


def test_what_readers_are_told_of_false_alarms_is_what_is_measured() -> None:
    """On normal series of 36: within a fifth of a per cent of the rates that findings quote, and never more."""
    many = 12_000
    found = changed(carrying(np.random.default_rng(14), 0.0, many, 36)).lower
    for kind, rate in (("sudden", found.sudden.mean()), ("sustained", found.sustained.mean())):
        error = 3 * np.sqrt(FALSE_ALARMS[kind] / many)
        assert FALSE_ALARMS[kind] - 0.002 - error <= rate <= FALSE_ALARMS[kind] + error


def test_limits_rise_with_memory_and_fall_with_history() -> None:
    """More carried over, fewer figures and longer windows all ask for more; too few figures ask for the impossible."""
    counts_, short = np.array([FULL, 24, 36, 60]), np.array([2, 2, 2, 2])
    limits = sustained_limit(counts_, np.zeros(4), short)
    assert limits.tolist() == sorted(limits, reverse=True)
    assert (sustained_limit(counts_, np.full(4, 0.5), short) > limits).all()
    assert (sustained_limit(counts_, np.zeros(4), np.full(4, 12)) >= limits).all()
    assert np.isinf(sustained_limit(np.array([FULL - 1]), np.zeros(1), np.array([2])))
    assert np.isinf(sudden_limit(np.array([FEWEST])))
    assert falls_limit(np.array([5, 6, 13])).tolist()[1] == FALLS[6]
    assert falls_limit(np.array([5, 13])).min() > 1000
    assert [row[0] for row in SUSTAINED] == sorted(row[0] for row in SUSTAINED)


# what is said


def finding(values: list[float | None], **more: Any) -> Finding:
    """What is said of one monthly series from April 2025 on."""
    of = panel(measure(**more), {"A": [Point(month(at), each) for at, each in enumerate(values)]})
    shape = shape_of(of)
    said_of = change_findings(shape, changes(shape.stretch, shape.phases, shape.ceiling, shape.step, shape.counts))[0]
    assert said_of is not None
    return said_of


def test_a_fall_is_good_news_where_lower_is_better() -> None:
    """And bad where higher is; neither where the measure has no better end."""
    values = [float(each) for each in USUAL - 30 * (np.arange(36) >= 30)]
    assert [finding(values, polarity=each, targets=[]).adverse for each in ("lower", "higher", "neutral")] == [
        False, True, None,
    ]  # fmt: skip


def test_the_evidence_says_since_when_and_how_far() -> None:
    """Means before and since, and the chance that it is a false alarm."""
    values = [float(each) for each in USUAL - 30 * (np.arange(36) >= 30)]
    found = finding(values)
    assert found.status in {"sustained", "sudden_and_sustained"}
    start = 36 - int(str(found.evidence["periods"]))
    assert found.evidence["usual"] == pytest.approx(np.mean(values[:start]))
    assert found.evidence["now"] == pytest.approx(np.mean(values[start:]))
    assert found.evidence["since"] == month(start).start.isoformat()
    assert found.evidence["chance"] == FALSE_ALARMS["sustained"]
    assert f"since {month(start).label}" in found.sentence


def test_a_spike_is_said_to_be_sudden() -> None:
    """With its figure and its period."""
    found = finding([*map(float, USUAL[:-1]), 160.0])
    assert (found.status, found.evidence["method"]) == ("sudden", "limits")
    assert month(35).label in found.sentence
    assert "160" in found.sentence


def test_what_is_not_judged_says_why() -> None:
    """Too few figures, and figures that are mostly the same."""
    assert finding([1.0, 2, 3]).status == "not_judged"
    same = finding([5.0] * 20 + [6.0])
    assert (same.status, "same" in same.sentence) == ("not_judged", True)


def test_a_falling_short_series_is_said_to_fall() -> None:
    """Twelve figures and each lower than the one before, but for one."""
    found = finding([90.0, 86, 85, 80, 78, 79, 70, 66, 62, 60, 55])
    assert (found.status, found.evidence["method"]) == ("sustained", "trend")
    assert found.sentence.startswith("Falling over 11 months")


def test_counts_of_a_panel_are_asked() -> None:
    """A share of 20 cases that dips to 16 is said to be unchanged."""
    met = [19.0, 20, 18, 20, 19, 19, 20, 18, 20, 19, 20, 19] * 2
    of = panel(measure(unit="%", polarity="higher", targets=[]), {"A": counts([(each, 20) for each in [*met, 16]])})
    shape = shape_of(of)
    found = change_findings(shape, changes(shape.stretch, shape.phases, shape.ceiling, shape.step, shape.counts))[0]
    assert found is not None
    assert found.status == "no_change"
