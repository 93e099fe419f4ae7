"""Variation as NHS readers know it: limits, what the rules say of the latest figure, and when they are silent."""

from typing import Any

import numpy as np
import pytest

from scorecard.judge.finding import Finding
from scorecard.judge.panel import Panel
from scorecard.judge.shape import shape_of
from scorecard.judge.variation import KINDS, SAID, variation_findings, vary
from tests.small_panel import Point, measure, month, panel

USUAL = [float(each) for each in np.random.default_rng(1).normal(100, 10, 24).round(1)]


def monthly(values: list[float | None], **more: Any) -> Panel:
    """One area, months from April 2025 on."""
    points = [Point(month(at), each, None if each is not None else "x") for at, each in enumerate(values)]
    return panel(measure(targets=[], **more), {"A": points})


def found(values: list[float | None], **more: Any) -> Finding:
    """What is said of it."""
    shape = shape_of(monthly(values, **more))
    finding = variation_findings(shape, vary(shape))[0]
    assert finding is not None
    return finding


def test_chance_alone_is_common_cause() -> None:
    """With the limits beside it: mean and 2.66 times the mean moving range."""
    said = found([*USUAL])
    assert (said.status, said.adverse, said.strength) == ("common_cause", None, 0)
    moves = np.abs(np.diff(USUAL))
    usual = moves[moves < 3.267 * moves.mean()].mean()
    assert said.evidence["mean"] == pytest.approx(np.mean(USUAL))
    assert said.evidence["upper_limit"] == pytest.approx(np.mean(USUAL) + 2.66 * usual, rel=1e-3)
    assert said.evidence["lower_limit"] == pytest.approx(np.mean(USUAL) - 2.66 * usual, rel=1e-3)


@pytest.mark.parametrize(
    ("polarity", "status", "adverse"),
    [
        ("lower", "special_cause_concern", True),
        ("higher", "special_cause_improvement", False),
        ("neutral", "special_cause_neutral_high", None),
    ],
)
def test_a_figure_above_its_limits_is_good_or_bad_by_the_polarity(
    polarity: str, status: str, adverse: bool | None
) -> None:
    """And neither where the measure has no better end."""
    said = found([*USUAL, 170.0], polarity=polarity)
    assert (said.status, said.adverse) == (status, adverse)
    assert said.strength > 3
    assert SAID[1] in said.sentence


def test_a_run_says_since_when() -> None:
    """Seven above the mean: since the first of them."""
    said = found([*[90.0, 110] * 8, *[104.0, 106, 103, 108, 104, 107, 104]])
    assert said.status == "special_cause_concern"
    assert SAID[7] in said.sentence
    assert said.evidence["since"] <= month(16).start.isoformat()


def test_figures_that_do_not_vary_are_not_charted() -> None:
    """There is no limit to draw, and a reason is given."""
    said = found([100.0] * 24)
    assert said.status == "not_charted"
    assert "same" in said.sentence


def test_what_shape_silences_is_not_charted() -> None:
    """Too few figures, and figures that overlap."""
    assert found([*USUAL[:4]]).status == "not_charted"
    assert found([*USUAL], basis="rolling").status == "not_charted"


def test_what_builds_up_is_charted_by_what_each_period_added() -> None:
    """Not one April is a fall, though the running figure starts from nought."""
    totals: list[float | None] = [float(np.sum(USUAL[at - at % 12 : at + 1])) for at in range(24)]
    said = found(totals, basis="year_to_date")
    assert said.status == "common_cause"
    assert said.evidence["value"] == pytest.approx(USUAL[23])


def test_a_rebase_sets_the_limits_anew() -> None:
    """At its new level the series is usual; without the rebase it is far from it."""
    values: list[float | None] = [*USUAL, *[each + 100 for each in USUAL[:14]]]
    rebases = [{"on": month(24).start, "reason": "New contract"}]
    assert found(values).status == "special_cause_concern"
    assert found(values, rebases=rebases).status == "common_cause"


def test_an_area_without_figures_has_no_finding() -> None:
    """Only a marker."""
    shape = shape_of(monthly([None, None]))
    assert variation_findings(shape, vary(shape)) == [None]


def test_the_two_profiles_differ_where_the_makers_of_the_charts_do() -> None:
    """The Excel tool does not leave out the widest moves, so one jump widens its limits."""
    values: list[float | None] = [*USUAL[:12], 200.0, *USUAL[12:]]
    shape = shape_of(monthly(values))
    reference, mdc = (vary(shape, profile).limits[1][0, -1] for profile in ("reference", "mdc"))
    assert reference < mdc


def test_every_kind_has_its_words() -> None:
    """What a chart can say is what a sentence can say."""
    shape = shape_of(monthly([*USUAL]))
    assert set(vary(shape).kinds) <= set(KINDS)
