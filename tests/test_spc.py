"""XmR charts: against the reference program's answers, against cases worked out by hand, and by their properties."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT, SHARED
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.judge.spc import MDC, REFERENCE, Chart, Rules, assurance, chart, variation
from scorecard.judge.spc.answer import answer
from scorecard.judge.spc.case import Case, read_cases
from scorecard.judge.spc.labels import ASSURANCES, LABELS, POINT_TYPES

GOLDEN = SHARED / "spc" / "golden.json"
FIGURES = {"mean", "lpl", "upl", "mr", "amr", "near_lpl", "near_upl"}
THIRD_ANYWHERE = Rules(third_same_side=False)
STEADY = (9, 11) * 6
"""Mean 10, average moving range 2: limits 4.68 and 15.32, near limits 6.4533 and 13.5467."""


def line(*values: float | None) -> np.ndarray:
    """One series; None is missing."""
    return np.array([values], dtype=float)


def labels(found: Chart, row: int = 0) -> list[str]:
    return [LABELS[each] for each in found.signals.label[row]]


def case(*values: float | None, **options: Any) -> Case:
    """A case of monthly values."""
    dates = tuple(date(2020 + at // 12, at % 12 + 1, 1) for at in range(len(values)))
    usual: dict[str, Any] = {
        "direction": "increase",
        "target": None,
        "rebases": frozenset(),
        "fix_after": None,
        "screen": True,
    }
    return Case(id="hand", dates=dates, values=values, **(usual | options))


# the reference program


def near(ours: float | None, theirs: float | None, scale: float) -> bool:
    """The same figure to a thousand-millionth of the series' largest value, or both missing."""
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= 1e-9 * scale


def differences(ours: dict[str, Any], theirs: dict[str, Any], scale: float) -> list[str]:
    """Where two answers differ, every point and label looked at."""
    outcome = ("error", "variation_type", "assurance_type", "short_group_warning")
    found = [name for name in outcome if ours[name] != theirs[name]]
    for at, (our, their) in enumerate(zip(ours["groups"], theirs["groups"], strict=True)):
        assert our.keys() == their.keys()
        same = {
            name: near(our[name], their[name], scale) if name in FIGURES else our[name] == their[name] for name in their
        }
        found += [f"group {at}: {name}" for name, equal in same.items() if not equal]
    assert ours["points"].keys() == theirs["points"].keys()
    for name, column in theirs["points"].items():
        for at, (our, their) in enumerate(zip(ours["points"][name], column, strict=True)):
            equal = near(our, their, scale) if name in FIGURES else our == their
            found += [] if equal else [f"point {at}: {name} is {our}, not {their}"]
    return found


@pytest.fixture(scope="module")
def golden() -> list[dict[str, Any]]:
    """The reference program's answers, beside the checkout."""
    if not GOLDEN.is_file():
        pytest.skip(f"needs the reference program's answers in {GOLDEN}, which are not part of the project")
    cases: list[dict[str, Any]] = json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]
    return cases


def test_every_point_and_label_of_the_reference_program(golden: list[dict[str, Any]]) -> None:
    """Figures, flags, labels and outcomes are equal; where the reference stops at a missing value we answer."""
    found, points = {}, 0
    for one, read in zip(golden, read_cases({"cases": golden}), strict=True):
        ours, theirs = answer(read, REFERENCE), one["expected"]
        if theirs["error"] == "missing_value_in_trend_window":
            assert ours["error"] is None and len(ours["points"]["date"]) == len(read.dates), read.id
        elif theirs["error"]:
            assert ours == theirs, read.id
        else:
            scale = max((abs(value) for value in read.values if value is not None), default=0.0)
            points += len(theirs["points"]["date"])
            if differs := differences(ours, theirs, scale):
                found[read.id] = differs[:3]
    assert found == {}
    assert points > 17_000


# worked out by hand


def test_mean_and_limits() -> None:
    """Mean 85/7; moving ranges 2 1 2 1 2 1, so limits 2.66 x 1.5 either side, near limits two thirds of that."""
    found = chart(line(10, 12, 11, 13, 12, 14, 13))
    mean = 85 / 7
    told = [found.mean, found.amr, found.lpl, found.upl, found.near_lpl, found.near_upl]
    assert [each[0, 3] for each in told] == pytest.approx(
        [mean, 1.5, mean - 3.99, mean + 3.99, mean - 2.66, mean + 2.66]
    )
    assert np.isnan(found.signals.mr[0, 0]) and found.signals.mr[0, 1:].tolist() == [2, 1, 2, 1, 2, 1]
    assert labels(found) == ["Common Cause"] * 7


def test_screening_drops_the_range_but_not_the_value() -> None:
    """11 ranges of 2 and one of 18 average 3.33; 18 is over 3.267 times that, so the limits stand on the twos."""
    values = line(*(10, 12) * 6, 30)
    screened, plain = chart(values), chart(values, rules=replace(REFERENCE, screen=False))
    assert screened.mean[0, 0] == plain.mean[0, 0] == pytest.approx(162 / 13)
    assert (screened.amr[0, 0], plain.amr[0, 0]) == pytest.approx((2, 40 / 12))
    assert np.isnan(screened.signals.mr[0, -1]) and plain.signals.mr[0, -1] == 18
    assert labels(screened)[-1] == labels(plain)[-1] == "Above UCL"


def test_a_value_on_a_limit_is_inside() -> None:
    """The limits of the steady baseline are 10 and 5.32 either side: on it is close, beyond it is outside."""
    found = chart(line(*STEADY, 15.32, 15.33, 4.68, 4.67), baseline=12)
    assert found.signals.outside_limits[0, 12:].tolist() == [False, True, False, True]
    assert found.signals.close_to_limits[0, 12:].tolist() == [True, False, True, False]
    assert labels(found)[12:] == ["Common Cause", "Above UCL", "Common Cause", "Below LCL"]


@pytest.mark.parametrize(
    ("tail", "by_reference", "by_mdc", "by_third_anywhere"),
    [
        ((14, 11, 14), (1, 0, 1), (1, 0, 1), (1, 0, 1)),
        ((14, 9, 14), (0, 0, 0), (0, 0, 0), (1, 0, 1)),
        ((14, 10, 14), (0, 0, 0), (0, 0, 0), (1, 0, 1)),
        ((14, 16, 11), (0, 0, 0), (1, 1, 0), (0, 0, 0)),
        ((14, None, 14), (0, 0, 0), (0, 0, 0), (0, 0, 0)),
        ((6, 9, 6), (1, 0, 1), (1, 0, 1), (1, 0, 1)),
        ((6, 14, 9), (0, 0, 0), (0, 0, 0), (0, 0, 0)),
        ((14, 11, 11, 14), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_two_in_three(
    tail: tuple[float | None, ...],
    by_reference: tuple[int, ...],
    by_mdc: tuple[int, ...],
    by_third_anywhere: tuple[int, ...],
) -> None:
    """Which of the last points count, under each version of the rule; the mean lies at 10, the near limit at 13.55."""
    wanted = {REFERENCE: by_reference, MDC: by_mdc, THIRD_ANYWHERE: by_third_anywhere}
    for rules, flagged in wanted.items():
        found = chart(line(*STEADY, *tail), rules=rules, baseline=12)
        assert tuple(found.signals.two_in_three[0, 12:]) == flagged


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    """A value on the mean or a missing one breaks the run; a run of nine flags nine."""
    for middle, flagged in ((11, 9), (10, 0), (None, 0)):
        found = chart(line(*STEADY, 11, 12, 11, 12, middle, 12, 11, 12, 11), baseline=12)
        assert found.signals.shift[0, 12:].sum() == flagged
    six = chart(line(*STEADY, 9, 11, 12, 11, 12, 11, 12, 9), baseline=12)
    assert not six.signals.shift.any()
    below = chart(line(*STEADY, 11, *(9, 8) * 4), baseline=12)
    assert labels(below)[13:] == ["7 Points Below CL"] * 8


def test_a_trend_is_told_by_its_movement() -> None:
    """Seven rises and seven falls share their peak, which counts as falling; a tie breaks a trend."""
    wide = (0, 8) * 6
    up_and_down = (1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1)
    found = chart(line(*wide, *up_and_down))
    rising, falling = LABELS[3], LABELS[4]
    assert labels(found) == ["Common Cause"] * 12 + [rising] * 6 + [falling] * 7
    assert not chart(line(*wide, 1, 2, 3, 4, 4, 5, 6, 7)).signals.trend.any()
    assert not chart(line(*wide, 1, 2, 3, None, 5, 6, 7)).signals.trend.any()


def test_nothing_is_worked_out_across_a_rebase() -> None:
    """Eight points above the mean, four either side of the rebase, are no shift; each side has its own mean."""
    values = line(9, 9, 9, 9, 11, 11, 11, 11, 21, 21, 21, 21, 19, 19, 19, 19)
    whole, parted = chart(values), chart(values, np.repeat([0, 3], 8))
    assert whole.signals.shift.all() and not parted.signals.shift.any()
    assert parted.mean[0].tolist() == [10] * 8 + [20] * 8
    assert np.isnan(parted.signals.mr[0, 8])
    assert parted.short.all() and not whole.short.any()


def test_a_constant_series() -> None:
    """Screening leaves no range, so there are no limits; unscreened the limits are the value. Nothing is flagged."""
    constant = np.full((1, 24), 85.3)
    by_reference, by_mdc = chart(constant), chart(constant, rules=MDC)
    assert np.isnan(by_reference.upl).all() and (by_mdc.upl == 85.3).all()
    for found in (by_reference, by_mdc):
        assert (found.mean == 85.3).all() and labels(found) == ["Common Cause"] * 24
    assert ASSURANCES[assurance(by_reference, 80.0, 1)[0]] == "inconsistent"
    assert ASSURANCES[assurance(by_mdc, 80.0, 1)[0]] == "consistent_pass"


def test_the_mdc_floor() -> None:
    """Twelve figures have a mean but no limits and no flags, missing rows not counted; the thirteenth brings them."""
    run = (9, 11, 9, 11, 9, 1, 1, 1, 1, 1, 1, 1)
    short, with_gap, enough = (chart(line(*run, *more), rules=MDC) for more in ((), (None,), (1,)))
    for found in (short, with_gap):
        assert np.isnan(found.upl).all() and found.mean[0, 0] == pytest.approx(56 / 12)
        assert labels(found) == ["Common Cause"] * found.values.shape[1]
        assert ASSURANCES[assurance(found, 50.0, 1)[0]] is None
    assert enough.signals.shift[0].tolist() == [False] * 5 + [True] * 8
    assert ASSURANCES[assurance(enough, 50.0, 1)[0]] == "consistent_fail"
    fixed = chart(line(*STEADY, 30), rules=MDC, baseline=12)
    assert labels(fixed)[-1] == "Above UCL", "thirteen figures are enough, though twelve of them make the limits"


@pytest.mark.parametrize(
    ("sign", "high", "low"),
    [
        (1, "special_cause_improvement", "special_cause_concern"),
        (-1, "special_cause_concern", "special_cause_improvement"),
        (0, "special_cause_neutral_high", "special_cause_neutral_low"),
    ],
)
def test_variation_is_that_of_the_last_row(sign: int, high: str, low: str) -> None:
    """A spike counts while it is the last row; a missing last row is common cause unless judged at the one before."""
    values = np.array([[*STEADY, spike, after] for spike in (30, -30) for after in (30, 10, np.nan)])
    values[3, -1] = -30
    found = chart(values)
    told = [POINT_TYPES[each] for each in variation(found, sign)]
    assert told == [high, "common_cause", "common_cause", low, "common_cause", "common_cause"]
    at_last_figure = variation(found, sign, np.array([13, 13, 12, 13, 13, 12]))
    assert [POINT_TYPES[each] for each in at_last_figure][2::3] == [high, low]


def test_assurance_sets_the_target_against_the_limits() -> None:
    """Beyond a limit the answer is reliable; on it or within it is not; without target or direction nothing is said."""
    found = chart(line(*STEADY).repeat(6, axis=0))
    targets = np.array([15.33, 15.32, 10, 4.68, 4.67, np.nan])
    reach_more = [ASSURANCES[each] for each in assurance(found, targets, 1)]
    assert reach_more == ["consistent_fail", "inconsistent", "inconsistent", "inconsistent", "consistent_pass", None]
    reach_less = [ASSURANCES[each] for each in assurance(found, targets, -1)]
    assert reach_less == ["consistent_pass", "inconsistent", "inconsistent", "inconsistent", "consistent_fail", None]
    assert not assurance(found, targets, 0).any()


def test_a_series_that_began_later_is_charted_from_its_first_row() -> None:
    """Periods before the first row and after the last are not rows: the same chart as without them, NaN beside it."""
    own = np.array([*STEADY, 12, 30, 11, 9], dtype=float)
    values = np.full((2, 24), np.nan)
    values[0, 5:21], values[1, :16] = own, own
    exists = np.zeros((2, 24), dtype=bool)
    exists[0, 5:21], exists[1, :16] = True, True
    together, alone = chart(values, baseline=12, exists=exists), chart(own, baseline=12)
    for name in ("mean", "amr", "lpl", "upl", "near_lpl", "near_upl"):
        for row, start in enumerate((5, 0)):
            assert np.array_equal(getattr(together, name)[row, start : start + 16], getattr(alone, name)[0])
        assert np.isnan(getattr(together, name)[~exists]).all()
    assert labels(together)[5:21] == labels(together, 1)[:16] == labels(alone)
    assert together.last.tolist() == [20, 15] and together.segment_rows.tolist() == [[16], [16]]
    before = chart(np.where(np.arange(24) < 20, values, np.nan), exists=exists & (np.arange(24) < 20))
    assert before.last.tolist() == [19, 15]


def test_what_cannot_be_charted_is_refused() -> None:
    """Shapes that do not go together, falling segments, a short baseline, holes, and figures without end."""
    values, exists = np.ones((1, 4)), np.array([[True, True, False, True]])
    with pytest.raises(ValueError, match="as many segments"):
        chart(values, np.zeros(3, dtype=int))
    with pytest.raises(ValueError, match="must rise"):
        chart(values, np.array([0, 1, 0, 1]))
    with pytest.raises(ValueError, match="fewest is 12"):
        chart(values, baseline=11)
    with pytest.raises(ValueError, match="existence is told"):
        chart(values, exists=exists[:, :3])
    with pytest.raises(ValueError, match="does not exist"):
        chart(values, exists=exists)
    with pytest.raises(ValueError, match="one stretch"):
        chart(np.where(exists, values, np.nan), exists=exists)
    with pytest.raises(ValueError, match="infinite"):
        chart(np.array([1.0, -np.inf]))
    with pytest.raises(ValueError, match="at least two points"):
        Rules(shift_points=1)


def test_nothing_to_chart_is_an_empty_chart() -> None:
    """No series, no periods, no figures: empty arrays and nothing said, not an error."""
    for shape in ((0, 5), (3, 0)):
        found = chart(np.empty(shape))
        assert found.mean.shape == found.signals.way.shape == shape
        assert not variation(found, 1).any() and not assurance(found, 1.0, 1).any()
    empty = chart(np.full((2, 9), np.nan))
    assert np.isnan(empty.mean).all() and not empty.signals.label.any()


# answers


def test_an_answer_puts_rows_in_order_and_counts_its_groups() -> None:
    """Rows given in any order come back by date, with a group from each rebase date that a row has."""
    tidy = case(*STEADY, 19, 21, 19, 30)
    order = [*range(15, -1, -1)]
    shuffled = replace(
        tidy,
        dates=tuple(tidy.dates[at] for at in order),
        values=tuple(tidy.values[at] for at in order),
        rebases=frozenset({tidy.dates[12], date(1999, 1, 1)}),
        target=5.0,
    )
    told = answer(shuffled, REFERENCE)
    assert told["points"]["value"] == [*STEADY, 19, 21, 19, 30]
    assert told["points"]["rebase_group"] == [0] * 12 + [1] * 4
    assert [group["n"] for group in told["groups"]] == [12, 4]
    assert [group["common_cause"] for group in told["groups"]] == [12, 4]
    assert [group["assurance_type"] for group in told["groups"]] == [None, "consistent_pass"]
    assert told["short_group_warning"] is True and told["error"] is None


def test_an_answer_to_missing_values_is_given_in_full() -> None:
    """The reference program stops at this gap in a rise; here there is no trend, and nothing is said of the gap."""
    told = answer(case(1, 2, 3, None, 5, 6, 7, 8), REFERENCE)
    points = told["points"]
    assert told["error"] is None and not any("Trend" in label for label in points["special_cause_type"])
    assert [points[name][3] for name in ("value", "mr", "outside_limits", "relative_to_mean", "close_to_limits")] == [
        None
    ] * 5
    assert points["mr"] == [None, 1, 1, None, None, 1, 1, 1]


def test_errors_stand_alone() -> None:
    """Two rows with one date, and limits fixed on fewer than 12 rows; 12.5 acts as 12, and too many as all."""
    twice = replace(case(1, 2, 3), dates=(date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 1)))
    assert answer(twice, REFERENCE) == {"error": "duplicate_dates"}
    assert answer(case(1, 2, 3, fix_after=11.9), REFERENCE) == {"error": "fix_after_n_points_below_12"}
    fixed = answer(case(*STEADY, 30, fix_after=12.5), REFERENCE)
    assert fixed["points"]["in_baseline"] == [True] * 12 + [False]
    assert answer(case(*STEADY, fix_after=1e300), REFERENCE) == answer(case(*STEADY), REFERENCE)


def test_a_case_without_rows_has_an_empty_answer() -> None:
    """Nothing is said of a series that has no rows."""
    told = answer(case(), REFERENCE)
    assert told["variation_type"] is None and told["groups"] == [] and told["points"]["date"] == []


# properties

points = st.one_of(st.none(), st.integers(-30, 30), st.integers(-3, 3))
series = st.lists(points, max_size=40).map(lambda values: line(*values))
whole_series = st.lists(st.integers(-30, 30), max_size=40).map(lambda values: line(*values))
profiles = st.sampled_from([REFERENCE, MDC, THIRD_ANYWHERE, Rules(outside_counts=True)])
FLAGS = ("outside_limits", "close_to_limits", "trend", "two_in_three", "shift")


def flags(found: Chart) -> np.ndarray:
    """Every flag and the side of the mean, one beneath the other."""
    return np.vstack([*(getattr(found.signals, name) for name in FLAGS), found.signals.relative_to_mean])


def slowly(values: list[float | None], rules: Rules, baseline: int | None) -> tuple[list[float], list[set[str]]]:
    """Mean and limits, and the flags of each point, worked out point by point as the rules are told in words."""
    count, based = len(values), values[:baseline]
    held = [value for value in based if value is not None]
    moves = [abs(b - a) for a, b in pairwise(based) if a is not None and b is not None]
    if rules.screen and moves:
        moves = [move for move in moves if move < 3.267 * sum(moves) / len(moves) - 1e-7]
    found: list[set[str]] = [set() for _ in values]
    enough = sum(value is not None for value in values) >= (rules.fewest_points or 0)
    mean = sum(held) / len(held) if held else float("nan")
    reach = 2.66 * sum(moves) / len(moves) if moves and enough else float("nan")
    if not enough:
        return [mean, mean - reach, mean + reach], found
    off = [float("nan") if value is None else value - mean for value in values]
    side = [(each > 1e-7) - (each < -1e-7) for each in off]
    beyond = [abs(each) > reach + 1e-7 for each in off]
    near = [
        abs(each) > reach * 2 / 3 + 1e-7 and (rules.outside_counts or not out)
        for each, out in zip(off, beyond, strict=True)
    ]
    for at in range(count):
        found[at] |= {"outside_limits"} if beyond[at] else set()
        found[at] |= {"close_to_limits"} if abs(off[at]) > reach * 2 / 3 + 1e-7 and not beyond[at] else set()
        window = range(at, at + 7)
        if at + 7 <= count and not any(values[each] is None for each in window):
            steps = [values[each + 1] - values[each] for each in window[:-1]]  # type: ignore[operator]
            for each in window:
                found[each] |= {"trend"} if all(x > 0 for x in steps) or all(x < 0 for x in steps) else set()
                found[each] |= {"shift"} if abs(sum(side[one] for one in window)) == 7 else set()
        three = range(at, at + 3)
        if at + 3 <= count and not any(values[each] is None for each in three):
            for way in (1, -1):
                hits = [each for each in three if near[each] and side[each] == way]
                if len(hits) >= 2 and (not rules.third_same_side or all(side[each] == way for each in three)):
                    for each in hits:
                        found[each].add("two_in_three")
    return [mean, mean - reach, mean + reach], found


@settings(max_examples=150, deadline=None)
@given(st.lists(points, max_size=40), profiles, st.sampled_from([None, 12, 15, 60]))
def test_the_engine_does_what_the_rules_say_in_words(
    values: list[float | None], rules: Rules, baseline: int | None
) -> None:
    """The same limits and flags as a plain reading of the rules, point by point."""
    found = chart(line(*values), rules=rules, baseline=baseline)
    figures, wanted = slowly(values, rules, baseline)
    if values:
        ours = [found.mean[0, 0], found.lpl[0, 0], found.upl[0, 0]]
        assert ours == pytest.approx(figures, nan_ok=True)
    ours_flags = [{name for name in FLAGS if getattr(found.signals, name)[0, at]} for at in range(len(values))]
    assert ours_flags == wanted


@settings(max_examples=60, deadline=None)
@given(series, profiles, st.integers(-1000, 1000), st.sampled_from([0.001, 0.5, 3.0, 1e6]))
def test_moving_or_stretching_a_series_changes_no_flag(
    values: np.ndarray, rules: Rules, add: int, times: float
) -> None:
    """Flags and labels do not depend on the unit."""
    plain = chart(values, rules=rules)
    for other in (chart(values + add, rules=rules), chart(values * times, rules=rules)):
        assert np.array_equal(flags(plain), flags(other))
        assert np.array_equal(plain.signals.label, other.signals.label)


@settings(max_examples=60, deadline=None)
@given(series, profiles, st.sampled_from([1, -1]))
def test_turning_a_series_upside_down_with_its_direction_keeps_its_outcome(
    values: np.ndarray, rules: Rules, sign: int
) -> None:
    """Flags stay and sides swap, so what was a concern still is one; only the direction turned round swaps them."""
    up, down = chart(values, rules=rules), chart(-values, rules=rules)
    assert np.array_equal(flags(up)[:-1], flags(down)[:-1])
    assert np.array_equal(up.signals.relative_to_mean, -down.signals.relative_to_mean)
    # an even move between two trends counts as falling either way up: the one thing that does not mirror
    even = np.zeros(values.shape, dtype=bool)
    even[:, :-1] = up.signals.trend[:, :-1] & up.signals.trend[:, 1:] & (values[:, 1:] == values[:, :-1])
    assert np.array_equal(up.signals.way[~even], -down.signals.way[~even])
    if not even[:, -1:].any():
        assert np.array_equal(variation(up, sign), variation(down, -sign))
    swapped = {0: 0, 1: 2, 2: 1}
    assert [swapped[each] for each in variation(up, sign).tolist()] == variation(up, -sign).tolist()


@settings(max_examples=60, deadline=None)
@given(series, profiles)
def test_a_missing_value_is_never_flagged(values: np.ndarray, rules: Rules) -> None:
    """Nor does it lie inside any shift or trend: each flagged stretch is seven figures long at least."""
    signals = chart(values, rules=rules).signals
    missing = np.isnan(values[0])
    assert not signals.label[0, missing].any() and not signals.relative_to_mean[0, missing].any()
    for flagged in (signals.shift[0], signals.trend[0]):
        stretches = "".join("x" if each else " " for each in flagged).split()
        assert all(len(each) >= 7 for each in stretches)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 25).flatmap(
        lambda width: st.lists(st.lists(points, min_size=width, max_size=width), min_size=1, max_size=5)
    ),
    st.integers(0, 25),
    profiles,
    st.sampled_from([None, 12]),
)
def test_many_series_at_once_are_as_each_alone(
    rows: list[list[float | None]], rebase: int, rules: Rules, baseline: int | None
) -> None:
    """A matrix of series gives each the chart it has by itself, and each segment that of a series of its own."""
    values = np.array(rows, dtype=float)
    segments = (np.arange(values.shape[1]) >= rebase).astype(int)
    together = chart(values, segments, rules=rules, baseline=baseline)
    for row, one in enumerate(values):
        alone = chart(one, segments, rules=rules, baseline=baseline)
        for name in ("mean", "amr", "lpl", "upl", "near_lpl", "near_upl"):
            assert np.array_equal(getattr(together, name)[row], getattr(alone, name)[0], equal_nan=True)
        assert np.array_equal(together.signals.label[row], alone.signals.label[0])
        assert np.array_equal(together.signals.mr[row], alone.signals.mr[0], equal_nan=True)
    split = [(0, values[:, :rebase]), (rebase, values[:, rebase:])]
    for start, part in ((start, part) for start, part in split if part.shape[1]):
        own = chart(part, rules=rules, baseline=baseline)
        assert np.array_equal(flags(together)[:, start : start + part.shape[1]], flags(own))


# the command line


def ask(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`python -m scorecard.judge.spc` in a process of its own."""
    command = [sys.executable, "-m", "scorecard.judge.spc", str(path), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def written(folder: Path, content: object) -> Path:
    """A file of cases: text as it is, anything else as JSON."""
    path = folder / "cases.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


GIVEN: dict[str, Any] = {
    "dates": [f"2026-{month:02}-01" for month in range(1, 13)] + ["2027-01-01"],
    "values": [*STEADY, 30],
    "improvement_direction": "decrease",
    "target": 50,
    "rebase_dates": [],
    "fix_after_n_points": None,
    "screen_outliers": True,
}


def test_the_command_answers_cases(tmp_path: Path) -> None:
    """Only id and input are read; the answer is strict JSON with null for missing, by either profile."""
    content = {"cases": [{"id": "one", "input": GIVEN}, {"id": 2, "input": {**GIVEN, "fix_after_n_points": 5}, "x": 1}]}
    done = ask(written(tmp_path, content))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = json.loads(done.stdout, parse_constant=pytest.fail)["cases"]
    assert first["id"] == "one" and second == {"id": 2, "answer": {"error": "fix_after_n_points_below_12"}}
    told = first["answer"]
    assert (told["variation_type"], told["assurance_type"]) == ("special_cause_concern", "consistent_pass")
    assert told["points"]["special_cause_type"] == ["7 Points Below CL"] * 12 + ["Above UCL"]
    assert told["points"]["mr"] == [None, *[2] * 11, None]
    by_mdc = json.loads(ask(written(tmp_path, content), "--profile", "mdc").stdout)["cases"][0]["answer"]
    assert by_mdc["points"]["mr"][-1] == 19


def changed(**fields: Any) -> dict[str, Any]:
    return {"cases": [{"id": "K7", "input": {**GIVEN, **fields}}]}


BAD = {
    "not JSON": ("{", "is not JSON"),
    "no cases": ({"meta": {}}, '"cases"'),
    "no object": ({"cases": [3]}, "Case number 1"),
    "no id": ({"cases": [{"input": GIVEN}]}, "Case number 1: id"),
    "no input": ({"cases": [{"id": "K7"}]}, "Case K7: input"),
    "no values": ({"cases": [{"id": "K7", "input": {"dates": []}}]}, "Case K7: values"),
    "different lengths": (changed(values=[1, 2]), "Case K7: values has 2 entries, but dates has 13"),
    "a value that is text": (changed(values=[*STEADY, "30"]), 'Case K7: values[12] must be a number or null, not "30"'),
    "a value that is true": (changed(values=[*STEADY, True]), "Case K7: values[12]"),
    "a value that is NaN": (changed(values=[*STEADY, float("nan")]), "Case K7: values[12] must be a finite number"),
    "a value too large": (changed(values=[*STEADY, 10**400]), "Case K7: values[12] must be a finite number"),
    "a date that is none": (changed(dates=[*GIVEN["dates"][:-1], "2027-02-30"]), "Case K7: dates[12] must be a date"),
    "a date that is a number": (changed(dates=[*GIVEN["dates"][:-1], 20270101]), "Case K7: dates[12] must be a date"),
    "a rebase date that is none": (changed(rebase_dates=["soon"]), "Case K7: rebase_dates[0] must be a date"),
    "no direction": (changed(improvement_direction=None), "Case K7: improvement_direction must be one of"),
    "a target that is text": (changed(target="50"), "Case K7: target"),
    "a baseline that is text": (changed(fix_after_n_points="12"), "Case K7: fix_after_n_points"),
    "screening neither on nor off": (changed(screen_outliers="yes"), "Case K7: screen_outliers"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_in_a_sentence(name: str, tmp_path: Path) -> None:
    """Exit code 2, which case and which field, nothing on standard output, and no traceback."""
    content, sentence = BAD[name]
    done = ask(written(tmp_path, content))
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr and len(done.stderr.splitlines()) == 1 and done.stderr.endswith(".\n")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """So are a folder and a file that is not text."""
    (tmp_path / "book.json").write_bytes(b"\xff\xfe\x00\xd8")
    for path, sentence in (
        (tmp_path / "none.json", "no file"),
        (tmp_path, "cannot be read"),
        (tmp_path / "book.json", "not JSON"),
    ):
        done = ask(path)
        assert (done.returncode, done.stdout) == (2, "") and sentence in done.stderr and "Traceback" not in done.stderr
