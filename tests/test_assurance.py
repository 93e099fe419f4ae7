"""Whether a measure can be relied on to meet its target: limits, hits, the chance of the next, and the words."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue import Measure
from scorecard.judge.assurance import VERDICTS, Assurance, assure
from scorecard.judge.assurance_findings import assurance_findings
from scorecard.judge.finding import Finding
from scorecard.judge.next_chance import chance_of_meeting
from scorecard.judge.panel import Panel
from scorecard.judge.spc import chart
from scorecard.judge.standing import stand
from tests.small_panel import TEN_PER_CENT, Point, measure, month, panel

NOISE = (1.0, -1.0, 0.5, -0.5, 1.0, -1.5, 0.0, 1.5, -0.5, 0.5, -1.0, 1.0, 0.0, 1.0, -1.0, 0.5)
Values = list[float | None]


def aimed(target: Any = 60, **changes: Any) -> Measure:
    """Lower is better, with this target."""
    aim = target if isinstance(target, dict) else {"kind": "fixed", "value": target, "reason": "Plan"}
    return measure(**{"targets": [aim], "decimals": 1, "unit": "days", **changes})


def around(level: float, figures: int = len(NOISE)) -> Values:
    """A steady series that moves about 2 either way."""
    return [level + each for each in NOISE[:figures]]


def points(values: Values) -> list[Point]:
    """Months from April 2025 on; None is a marked cell."""
    return [Point(month(at), value, "x" if value is None else None) for at, value in enumerate(values)]


def assured(of: Measure, **series: Values) -> tuple[Panel, Assurance]:
    """The panel of these areas and its assurance."""
    made = panel(of, {area: points(values) for area, values in series.items()})
    limits = chart(made.values, made.steps)
    return made, assure(made, stand(made, TEN_PER_CENT, {}), limits.lpl, limits.upl)


def found(values: Values, of: Measure | None = None) -> Finding:
    """The finding of one series."""
    return assurance_findings(*assured(of or aimed(), A=values))["A"]


@pytest.mark.parametrize(
    ("level", "polarity", "verdict"),
    [
        (50, "lower", "pass"), (60, "lower", "hit_and_miss"), (70, "lower", "fail"),
        (70, "higher", "pass"), (60, "higher", "hit_and_miss"), (50, "higher", "fail"),
    ],
)  # fmt: skip
def test_the_target_against_the_limits(level: float, polarity: str, verdict: str) -> None:
    """It passes when what is usual lies wholly on the good side of the target, fails when wholly on the bad side."""
    told = found(around(level), aimed(polarity=polarity))
    assert (told.status, told.adverse) == (verdict, {"pass": False, "fail": True}.get(verdict))


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(50, 70, "pass"), (58, 62, "hit_and_miss"), (80, 90, "fail"), (30, 40, "fail")]
)
def test_a_band_is_kept_on_both_sides(low: float, high: float, verdict: str) -> None:
    """What is usual must lie wholly within the band, or it fails wholly outside it."""
    band = aimed({"kind": "band", "low": low, "high": high, "reason": "Plan"}, polarity="band")
    assert found(around(60), band).status == verdict


def test_it_is_said_in_one_sentence() -> None:
    """Hits, and the chance in tenths."""
    assert found(around(59.5)).sentence == (
        "Met its target in 8 of the last 12 months; about 7 chances in 10 of meeting it next month."
    )
    assert found(around(50)).sentence == (
        "Met its target in all of the last 12 months, and as it stands reliably will; "
        "over 19 chances in 20 of meeting it next month."
    )
    assert found(around(70)).sentence == (
        "Met its target in none of the last 12 months, and as it stands reliably will not; "
        "under 1 chance in 20 of meeting it next month."
    )


def test_the_evidence_has_the_figures() -> None:
    """Limits and target in the measure's unit, and since when they hold."""
    evidence = found(around(59.5)).evidence
    assert (evidence["hits"], evidence["of"], evidence["target"], evidence["since"]) == (8, 12, 60.0, "2025-04-01")
    lower, upper = evidence["lower_limit"], evidence["upper_limit"]
    assert isinstance(lower, float) and isinstance(upper, float) and lower < 59.5 < upper


def test_a_target_that_moves_is_set_against_its_own_period() -> None:
    """A profile that follows the season is met every month, though the figures cross any single line."""
    season = {"Apr": 40, "May": 60, "Jun": 80, "Jul": 100, "Aug": 80, "Sep": 60}
    season |= {"Oct": 40, "Nov": 30, "Dec": 20, "Jan": 20, "Feb": 20, "Mar": 30}
    profile = aimed({"kind": "profile", "values": season, "reason": "Plan"})
    aims = [list(season.values())[at % 12] for at in range(16)]
    told = found([aim - 5 + stray for aim, stray in zip(aims, NOISE, strict=True)], profile)
    assert (told.status, told.evidence["target"]) == ("pass", 100)
    assert told.evidence["upper_limit"] == pytest.approx(100 - 5 + 4, abs=2), "put back on the target of the month"


def test_a_new_fixed_target_judges_the_whole_step_and_no_earlier_hit() -> None:
    """The service is as it was and now has to do better: the hits were hits, the limits say it will fail."""
    aims = [
        {"kind": "fixed", "value": 70, "reason": "Plan"},
        {"kind": "fixed", "value": 50, "since": "2026-02-01", "reason": "New plan"},
    ]
    told = found(around(60), aimed(targets=aims))
    assert (told.status, told.evidence["hits"], told.evidence["of"]) == ("fail", 6, 12)
    stricter = found([*around(60), *around(60)], aimed(targets=aims))
    assert (stricter.status, stricter.evidence["hits"], stricter.evidence["since"]) == ("fail", 0, "2026-02-01")


@pytest.mark.parametrize(
    ("values", "verdict", "chance"),
    [
        ([60.0] * 14, "pass", 0.99),  # it stands on its target
        ([61.0] * 14, "fail", 0.01),
        ([0.0] * 13 + [61.0], "hit_and_miss", 0.95),  # limits collapsed onto a level that was left once
    ],
)
def test_constant_figures_are_set_against_the_target_themselves(values: Values, verdict: str, chance: float) -> None:
    """Without a moving range there are no limits, and no chart to say hit and miss of a perfect record."""
    told = found(values)
    assert (told.status, told.evidence["chance_next"]) == (verdict, pytest.approx(chance, abs=0.03))


def test_limits_of_a_level_that_was_left_settle_nothing() -> None:
    """Years far off target and nine months on it: the limits still say fail, most of the latest figures do not."""
    told = found([*around(90), *around(90), *around(90), *around(55, 9)])
    assert (told.status, told.evidence["hits"]) == ("hit_and_miss", 9)
    assert found([*around(90), *around(90), *around(90), 89, 91]).status == "fail"


def test_a_latest_figure_beyond_its_limits_is_no_reliable_pass() -> None:
    """Limits far below the target, and a latest figure that has just left them upwards, on target still."""
    assert found([*around(30), *around(30), *around(30)]).status == "pass"
    assert found([*around(30), *around(30), *around(30), 55]).status == "hit_and_miss"


@pytest.mark.parametrize(
    ("of", "values", "said"),
    [
        (aimed(), around(50, 12), "Met its target in all of the last 12 months; fewer than 13 figures are too few to "
         "say whether it reliably will."),
        (aimed(), around(50, 1), "Met its target in the one month judged; fewer than 13 figures are too few to say "
         "whether it reliably will."),
        (aimed(), [50.0, None, 70.0], "Met its target in 1 of the last 2 figures; fewer than 13 figures are too few "
         "to say whether it reliably will."),
        (aimed(targets=[]), around(50), "Its latest figure has no target."),
        (aimed(targets=[], polarity="neutral"), around(50), "It is not judged against a target."),
        (aimed(basis="year_to_date"), around(50), "Met its target in all of the last 12 months; each figure has part "
         "of the one before in it, so that they show no limits within which it moves."),
    ],
)  # fmt: skip
def test_it_says_why_it_says_nothing(of: Measure, values: Values, said: str) -> None:
    """No verdict, no limits and no chance, with the reason; the hits are told all the same."""
    told = found(values, of)
    assert (told.status, told.adverse, told.sentence) == ("not_judged", None, said)
    assert (told.evidence["chance_next"], told.evidence["lower_limit"], told.strength) == (None, None, 0)


def test_only_the_latest_step_counts() -> None:
    """After a rebase there are too few figures again."""
    rebased = aimed(rebases=[{"on": "2026-01-01", "reason": "New contract"}])
    assert found(around(50), rebased).status == "not_judged"
    assert found([*around(90, 9), *around(50)], rebased).status == "pass"


def test_an_area_without_figures_has_no_finding() -> None:
    """Nor does one area change what is said of another, and no periods at all are no fault."""
    made, assurance = assured(aimed(), A=around(59.5), B=[None] * 16, C=around(70))
    findings = assurance_findings(made, assurance)
    assert set(findings) == {"A", "C"}
    assert (findings["A"], findings["C"]) == (found(around(59.5)), found(around(70)))
    assert [VERDICTS[code] for code in assured(aimed(), A=[])[1].verdict] == ["not_judged"]


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), st.floats(-100, 100)), min_size=1, max_size=40), st.floats(-100, 100))
def test_reversing_polarity_mirrors_the_assurance(values: Values, target: float) -> None:
    """Lower-is-better on x is higher-is-better on minus x; the chance is never quite 0 or 1."""
    one = assured(aimed(target), A=values)[1]
    other = assured(aimed(-target, polarity="higher"), A=[None if value is None else -value for value in values])[1]
    assert one.verdict.tolist() == other.verdict.tolist()
    assert (one.hits.tolist(), one.of.tolist()) == (other.hits.tolist(), other.of.tolist())
    np.testing.assert_allclose(one.chance_next, other.chance_next, atol=1e-9)
    assert np.all(np.isnan(one.chance_next) | ((one.chance_next > 0) & (one.chance_next < 1)))


def test_the_chance_follows_the_margin_and_the_hits() -> None:
    """The further the target on the good side, the greater; half the figures on each side is even."""
    values = np.array([NOISE])
    chances = [
        float(chance_of_meeting(values, values <= target, np.array([target]), np.array([target]), "lower")[0])
        for target in (-5.0, -1.0, 0.0, 1.0, 5.0)
    ]
    assert chances == sorted(chances)
    assert chances[2] == pytest.approx(0.5, abs=0.1)
    assert (chances[0], chances[-1]) == (pytest.approx(0.01, abs=0.01), pytest.approx(0.99, abs=0.01))
