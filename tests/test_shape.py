"""What a series allows: each guard by itself, and what it silences."""

from typing import Any

import numpy as np
import pytest

from scorecard.judge.change.detection import changes
from scorecard.judge.finding import Finding
from scorecard.judge.panel import Panel
from scorecard.judge.shape import SAYS, SILENT, Shape, shape_findings, shape_of
from scorecard.periods import between
from tests.small_panel import APRIL_2025, Point, counts, measure, month, panel

STEADY = [float(each) for each in np.random.default_rng(1).normal(100, 10, 24).round(1)]


def monthly(values: list[float | None], **more: Any) -> Panel:
    """One area, months from April 2025 on."""
    return panel(measure(**more), {"A": [Point(month(at), each) for at, each in enumerate(values)]})


def all_found(of: Panel) -> list[Finding | None]:
    """The finding of each area."""
    shape = shape_of(of)
    return shape_findings(shape, changes(shape.stretch, shape.phases, shape.ceiling, shape.step, shape.counts).step)


def found(of: Panel) -> Finding:
    """The finding of the only area."""
    finding = all_found(of)[0]
    assert finding is not None
    return finding


def test_two_years_of_plain_months_are_regular() -> None:
    """No guard holds, and everything is tested."""
    shape = shape_of(monthly([*STEADY]))
    assert shape.guards == ((),)
    assert shape.tested.tolist() == [True]
    assert found(monthly([*STEADY])).status == "regular"


def test_quarters_among_months_are_irregular() -> None:
    """Nothing is tested, and figures are kept out of every test."""
    points = [Point(month(at), each) for at, each in enumerate(STEADY)]
    of = panel(measure(), {"A": [*points, Point(between(APRIL_2025 + 24, APRIL_2025 + 26), 90.0)]})
    assert found(of).status == "irregular"
    assert np.isnan(shape_of(of).values).all()


def test_rolling_figures_are_not_tested() -> None:
    """Each covers months of the one before."""
    of = monthly([*STEADY], basis="rolling")
    assert found(of).status == "rolling"
    assert not shape_of(of).tested.any()


def test_figures_that_build_up_are_taken_apart() -> None:
    """Each month is what it added to the year; the guard says so, and testing goes on."""
    totals = [float(sum(STEADY[at - at % 12 : at + 1])) for at in range(24)]
    of = monthly([*totals], basis="year_to_date")
    shape = shape_of(of)
    assert found(of).status == "apart"
    assert shape.tested.all()
    assert shape.values[0] == pytest.approx(STEADY)


def test_a_share_that_builds_up_is_taken_apart_by_its_counts() -> None:
    """9 of 10 by April, 20 of 30 by May: May's own cases were 11 of 20."""
    of = panel(measure(unit="%", basis="year_to_date", polarity="higher"), {"A": counts([(9, 10), (20, 30)])})
    assert shape_of(of).values[0] == pytest.approx([90, 55])


def test_what_cannot_be_taken_apart_is_not_tested() -> None:
    """With every second month missing there is nothing to take a figure from, except in April."""
    values: list[float | None] = [None if at % 2 == 0 else 10.0 * at for at in range(12)]
    of = monthly(values, basis="year_to_date")
    assert found(of).status == "not_apart"
    assert not shape_of(of).tested.any()


def test_under_five_figures_are_too_few() -> None:
    """Four are too few; five are judged, provisionally; thirteen are enough."""
    assert found(monthly([*STEADY[:4]])).status == "too_few"
    assert found(monthly([*STEADY[:5]])).status == "provisional"
    assert found(monthly([*STEADY[:12]])).status == "provisional"
    assert found(monthly([*STEADY[:13]])).status == "regular"


def test_missing_figures_do_not_count() -> None:
    """A year of rows with four figures is too few."""
    assert found(monthly([*STEADY[:4], *[None] * 8])).status == "too_few"


def test_a_rebase_begins_the_count_anew() -> None:
    """Twenty figures before it are no help."""
    rebases = [{"on": month(20).start, "reason": "New contract"}]
    of = monthly([*STEADY], rebases=rebases)
    assert found(of).status == "too_few"
    assert found(of).evidence["figures"] == 4


def test_a_level_that_moved_long_ago_is_told_and_a_rebase_proposed() -> None:
    """From about 100 to about 200 two years ago: judged by what came since, and both levels are in the evidence."""
    said = found(monthly([*STEADY, *[each + 100 for each in STEADY]]))
    assert said.status == "stepped"
    assert said.evidence["step_since"] == month(24).start.isoformat()
    assert said.evidence["step_before"] == pytest.approx(np.mean(STEADY))
    assert said.evidence["step_after"] == pytest.approx(np.mean(STEADY) + 100)
    assert "rebase" in said.sentence


def test_figures_mostly_the_same_are_not_tested() -> None:
    """Thirteen of 24 alike are; twelve of 24 are not."""
    assert found(monthly([*[100.0] * 13, *STEADY[:11]])).status == "same"
    assert found(monthly([*[100.0] * 12, *STEADY[:12]])).status == "regular"


def test_small_counts_are_named_and_still_tested() -> None:
    """Three misses of a hundred a month, and three cases of anything."""
    met = [(97.0 - at % 3, 100.0) for at in range(24)]
    of = panel(measure(unit="%", polarity="higher"), {"A": counts(met)})
    assert found(of).status == "small_counts"
    assert shape_of(of).tested.all()
    many = panel(measure(unit="%", polarity="higher"), {"A": counts([(50.0 - at % 3, 100) for at in range(24)])})
    assert found(many).status == "regular"


def test_the_gravest_guard_is_named_and_all_are_in_the_evidence() -> None:
    """Few figures and small counts: both hold."""
    of = panel(measure(unit="%", polarity="higher"), {"A": counts([(97.0 - at % 3, 100.0) for at in range(8)])})
    assert found(of).status == "provisional"
    assert found(of).evidence["guards"] == "provisional, small_counts"


def test_areas_are_guarded_each_by_its_own_figures() -> None:
    """One area with two years, one with three months, one with a marker and no figure at all."""
    series = {
        "A": [Point(month(at), each) for at, each in enumerate(STEADY)],
        "B": [Point(month(at), each) for at, each in enumerate(STEADY[:3])],
        "C": [Point(month(3), None, "x")],
    }
    statuses = [each and each.status for each in all_found(panel(measure(), series))]
    assert statuses == ["regular", "too_few", None]


def test_a_percentage_has_a_ceiling_unless_it_was_passed() -> None:
    """Over 100% there is none; nor for other units."""

    def ceiling(values: list[float | None], unit: str) -> float | None:
        return shape_of(monthly(values, unit=unit)).ceiling

    assert ceiling([90.0, 95], "%") == 100
    assert ceiling([90.0, 104], "%") is None
    assert ceiling([90.0, 95], "days") is None


def test_the_step_between_counts_is_known() -> None:
    """One of 50 cases is two points; plain values have no step that is known."""
    of = panel(measure(unit="%", polarity="higher"), {"A": counts([(45.0, 50)] * 6)})
    assert shape_of(of).step.tolist() == [2]
    assert shape_of(monthly([*STEADY])).step.tolist() == [0]


def test_every_guard_that_silences_has_its_sentence() -> None:
    """Whatever silences a test must be able to say why."""
    assert set(SAYS) >= SILENT
    assert isinstance(shape_of(monthly([*STEADY])), Shape)
