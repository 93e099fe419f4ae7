"""Forecasts of the year's outturn: sums by hand, when they keep silent, how sure they are and how they are scored."""

import time
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue import Measure, Tolerance
from scorecard.judge.forecast import (
    Made,
    back_cast,
    forecast_findings,
    forecast_year,
    merge,
    outturns,
    rows,
    score,
    with_outturns,
)
from scorecard.judge.panel import Panel, grid
from scorecard.periods import between

NONE = Tolerance(points=0)
APRIL_2023 = 2023 * 12 + 3


def measure(**given: Any) -> Measure:
    """A monthly count that should be high, unless `given` says otherwise."""
    return Measure.model_validate(
        {
            "title": "Visits",
            "definition": "Visits to libraries.",
            "theme": "t",
            "service": "s",
            "unit": "visits",
            "decimals": 0,
            "polarity": "higher",
            "frequency": "month",
            "figures": {"source": "s", "value": "v"},
            **given,
        }
    )


def panel(values: Any, numerators: Any = None, first: int = APRIL_2023, **given: Any) -> Panel:
    """A panel of areas x months (or quarters) from April 2023; with `numerators`, `values` are the denominators."""
    made = measure(**given)
    denominators = np.atleast_2d(np.array(values, dtype=float))
    none = np.full(denominators.shape, np.nan)
    counts = none if numerators is None else np.atleast_2d(np.array(numerators, dtype=float))
    figures = denominators if numerators is None else 100 * counts / denominators
    step, (areas, columns) = made.frequency.months, figures.shape
    periods, regular = grid([between(first + at * step, first + at * step + step - 1) for at in range(columns)], step)
    markers = np.full(figures.shape, None, dtype=object)
    names = tuple(f"A{area}" for area in range(areas))
    below = none if numerators is None else denominators
    return Panel("m", made, names, periods, figures, counts, below, none, none, markers, ~np.isnan(figures), regular)


def target(kind: str = "fixed", **given: Any) -> list[dict[str, Any]]:
    """One target."""
    return [{"kind": kind, "reason": "Council plan", **given}]


def seasonal(areas: int, columns: int, seed: int = 1) -> np.ndarray:
    """Figures around 100 with a season of 15 either way and chance of 5, none the same."""
    rng = np.random.default_rng(seed)
    season = 15 * np.sin(2 * np.pi * np.arange(columns) / 12)
    return 100 + season + rng.normal(0, 5, (areas, columns))


def test_a_constant_count_is_added_up() -> None:
    """Six months of 10 done and six to come: 120, without an interval, and the sentence says why."""
    made = forecast_year(panel([10] * 18, targets=target(value=12)))
    assert (made.point[0], made.low[0], made.high[0], made.so_far[0], made.left[0]) == (120, 120, 120, 60, 6)
    found = forecast_findings(made, NONE)[0]
    assert found.sentence == (
        "Forecast for 2024/25: 120 visits (as in every period before) against a target of 144: likely to miss. "
        "Needs 14 a month for the rest of the year, has averaged 10 (10 in those months last year)."
    )
    assert (found.status, found.adverse, found.evidence["chance"]) == ("will_miss", True, None)


def test_a_ratio_is_made_of_its_sums() -> None:
    """A year of 50% of 100 done and 50% of 300 to come is 50%, and weights are the denominators of a year before."""
    denominators = [100] * 6 + [300] * 6 + [100] * 6
    made = forecast_year(panel(denominators, [each / 2 for each in denominators], unit="%", decimals=1))
    assert made.point[0] == pytest.approx(50)
    assert made.year_weights[0].tolist() == [100] * 6 + [300] * 6
    assert made.so_far[0] == pytest.approx(50)


def test_the_outturn_of_a_ratio_is_worked_out_again() -> None:
    """90 of 100 in each of eleven months and 0 of 1,000 in the twelfth is 990 of 2,100, not the mean of the months."""
    made = panel([100] * 11 + [1000], [90] * 11 + [0], unit="%", decimals=1)
    assert outturns(made)["A0", 2023] == pytest.approx(100 * 990 / 2100)


def test_rates_without_counts_are_the_mean_of_the_periods() -> None:
    """Days do not add up: a year of 20 days a month is 20 days."""
    made = forecast_year(panel([20] * 18, unit="days", polarity="lower", targets=target(value=21)))
    assert made.point[0] == pytest.approx(20)
    assert "2024/25, the average of its months: 20 days" in forecast_findings(made, NONE)[0].sentence


def test_running_figures_are_taken_apart_and_put_together() -> None:
    """Quarters that bring 10, 20, 30 and 40 each year stand at 30 after two, and 100 at the end."""
    running = [10, 30, 60, 100] * 3 + [10, 30]
    given: dict[str, Any] = {"frequency": "quarter", "basis": "year_to_date", "unit": "homes"}
    profile = target("profile", values={"Q1": 11, "Q2": 33, "Q3": 66, "Q4": 110})
    made = forecast_year(panel(running, targets=profile, **given))
    assert made.point[0] == pytest.approx(100, abs=0.5)
    assert made.so_far[0] == 30
    found = forecast_findings(made, NONE)[0]
    assert (found.evidence["target"], found.evidence["needed"], found.evidence["averaged"]) == (110, 40, 15)
    assert "has averaged 15 (35 in those quarters last year)" in found.sentence


def test_running_shares_with_growing_denominators_are_taken_apart_by_their_counts() -> None:
    """Half of what came in each quarter, of more each quarter, is half at the end of the year."""
    denominators = [10, 30, 60, 100] * 3 + [10, 30]
    made = forecast_year(
        panel(denominators, [each / 2 for each in denominators], frequency="quarter", basis="year_to_date", unit="%")
    )
    assert made.kind == "average"
    assert made.point[0] == pytest.approx(50)


def test_a_snapshot_is_forecast_at_the_end_of_the_year() -> None:
    """A stock that wanders is forecast near where it stands, and less surely the further off the year's end is."""
    stock = 200 + np.cumsum(np.random.default_rng(5).normal(0, 4, (1, 60)), axis=1)
    figures = {"basis": "snapshot", "records": None, "unit": "cases", "decimals": 1}
    early = forecast_year(panel(stock[:, :50], **figures))
    late = forecast_year(panel(stock[:, :58], **figures))
    assert abs(late.point[0] - stock[0, 57]) < 10
    assert early.high[0] - early.low[0] > late.high[0] - late.low[0]
    assert "Forecast for the end of 2027/28 (Mar 2028):" in forecast_findings(late, NONE)[0].sentence


def test_distinct_people_do_not_add_up() -> None:
    """One who comes in two months is one person of the year."""
    calculate = {"kind": "distinct", "of": "person", "dated": "day"}
    made = forecast_year(panel([10] * 18, figures=(), records={"source": "s", "calculate": calculate}))
    assert made.kind == "average"


def test_the_run_rate_of_what_should_be_low() -> None:
    """What can be afforded is rounded down, and a target that is passed already is said to be."""
    lower = {"polarity": "lower", "unit": "accidents"}
    values = np.random.default_rng(2).poisson(15, (1, 18)).astype(float)
    values[0, 12:] = 15
    found = forecast_findings(forecast_year(panel(values, targets=target(value=14), **lower)), NONE)[0]
    assert "Can afford 13 a month for the rest of the year, has averaged 15" in found.sentence
    passed = forecast_findings(forecast_year(panel(values, targets=target(value=7), **lower)), NONE)[0]
    assert passed.sentence.endswith("likely to miss. The target is passed already.")
    assert passed.evidence["chance"] == 0


def test_a_target_of_last_years_figure_is_last_years_outturn() -> None:
    """3% more than 12 months of 10 is 123.6."""
    made = panel([10] * 18, targets=target("last_year", change_per_cent=3))
    found = forecast_findings(forecast_year(made), NONE)[0]
    assert found.evidence["target"] == pytest.approx(123.6)


def test_targets_set_by_peers_and_totals_under_a_limit_have_no_target_of_the_year() -> None:
    """Peers have not reported yet, and a month over its limit is not made good by another."""
    for each in (target("peer_median"), target("limit", value=10)):
        found = forecast_findings(forecast_year(panel(seasonal(1, 30).round(), targets=each)), NONE)[0]
        assert (found.status, found.evidence["target"]) == ("no_target", None)


@pytest.mark.parametrize(
    ("values", "given", "said"),
    [
        ([10] * 11, {}, "it has figures for 11 months, and a forecast needs 12."),
        ([10, 11] * 3, {"frequency": "year"}, "it is reported once a year."),
        ([10, np.nan, np.nan, 12] * 7, {}, "6 of its last 12 months have no figure."),
        ([10] * 25 + [np.nan] + [10] * 2, {}, "a figure of this year is missing"),
        ([10] * 20, {"rebases": [{"on": "2024-01-01", "reason": "r"}]}, "it has figures for 11 months since it was"),
        ([10, 20, 30] * 10, {"basis": "year_to_date", "unit": "%"}, "a running percentage cannot be taken apart"),
        ([100] * 20 + [99, 98], {"basis": "snapshot", "unit": "%"}, "most of its figures are the same"),
    ],
)
def test_silence_has_a_reason(values: list[float], given: dict[str, Any], said: str) -> None:
    """Where the figures cannot carry a forecast, the finding says why instead."""
    made = forecast_year(panel(values, **given))
    assert np.isnan(made.point[0])
    assert rows(made) == []
    found = forecast_findings(made, NONE)[0]
    assert (found.status, found.adverse) == ("not_forecast", None)
    assert found.sentence.startswith(f"Not forecast: {said}")


def test_a_year_that_is_over_has_its_outturn() -> None:
    """Twelve months of 10 are 120, and nothing is left to forecast."""
    found = forecast_findings(forecast_year(panel([10] * 24)), NONE)[0]
    assert (found.status, found.sentence) == ("outturn_known", "Outturn for 2024/25: 120 visits.")


def test_an_area_whose_figures_stopped_is_not_forecast() -> None:
    """A forecast of a year that is long over for everyone else would say nothing."""
    values = seasonal(2, 30)
    values[1, 10:] = np.nan
    silent = forecast_year(panel(values)).silent
    assert (silent[0], silent[1]) == ("", "its figures stop in Jan 2024.")


def test_a_year_long_over_is_not_forecast_though_its_last_figures_never_came() -> None:
    """September after the year is still early enough; October is not."""
    made = panel(seasonal(1, 30))
    assert forecast_year(made, date(2026, 9, 30)).silent[0] == ""
    assert forecast_year(made, date(2026, 10, 1)).silent[0] == "its figures stop in Sep 2025."


@pytest.mark.parametrize("columns", [15, 29, 53])
def test_intervals_hold_about_eight_outturns_in_ten(columns: int) -> None:
    """Of seeded series with and without a season, and of levels that wander; whole years are simulated first."""
    rng = np.random.default_rng(7)
    whole = -(-columns // 12) * 12
    wander = 100 + np.cumsum(rng.normal(0, 2, (300, whole)), axis=1) + rng.normal(0, 5, (300, whole))
    still = 100 + rng.normal(0, 5, (300, whole))
    shares = []
    for values in (wander, still, seasonal(300, whole, seed=3)):
        made = forecast_year(panel(values[:, :columns], decimals=1, unit="tonnes"))
        outturn = values[:, whole - 12 :].sum(axis=1)
        shares.append(np.mean((made.low <= outturn) & (outturn <= made.high)))
    assert 0.7 <= np.mean(shares) <= 0.9, shares
    assert min(shares) >= 0.68, shares


def test_a_season_is_foreseen_better_than_by_simple_guesses() -> None:
    """With four years of months the error is below both naive guesses'."""
    values = seasonal(200, 60, seed=4)
    made = forecast_year(panel(values[:, :53], unit="tonnes", decimals=1))
    outturn = values[:, 48:].sum(axis=1)
    error, naive, last_year = (
        np.abs(guess - outturn).mean() for guess in (made.point, made.naive, made.seasonal_naive)
    )
    assert error < 0.9 * last_year
    assert error < 0.5 * naive


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(1, 1e5), st.integers(26, 34))
def test_a_constant_more_each_month_moves_the_forecast_by_as_much(seed: int, more: float, columns: int) -> None:
    """Adding a constant to every month adds it twelve times to the year, and leaves the interval as wide."""
    values = seasonal(1, columns, seed)
    one, other = (forecast_year(panel(each, unit="tonnes", decimals=1)) for each in (values, values + more))
    assert other.point[0] == pytest.approx(one.point[0] + 12 * more, rel=1e-9)
    assert other.high[0] - other.low[0] == pytest.approx(one.high[0] - one.low[0], rel=1e-4)


def test_polarity_and_neighbours_do_not_change_figures() -> None:
    """The forecast is of the figures; what is good comes after, and other areas have no say."""
    values = seasonal(5, 30)
    values[3, 4] = np.nan
    higher, lower = (forecast_year(panel(values, polarity=each, unit="tonnes")) for each in ("higher", "lower"))
    assert np.array_equal(higher.point, lower.point)
    for area in range(5):
        alone = forecast_year(panel(values[area : area + 1], unit="tonnes"))
        assert alone.point[0] == pytest.approx(higher.point[area], rel=1e-9)


def test_a_total_is_never_below_what_is_done_nor_a_share_above_100() -> None:
    """Intervals stay where outturns can be."""
    few = np.random.default_rng(3).poisson(1, (20, 29)).astype(float)
    made = forecast_year(panel(few))
    assert (made.low >= made.so_far).all()
    shares = np.minimum(100, np.random.default_rng(3).normal(98, 2, (20, 29)))
    assert (forecast_year(panel(shares, unit="%", decimals=1)).high <= 100).all()


def test_chances_of_meeting_and_missing_add_up_to_one() -> None:
    """What is better higher and what is better lower see one distribution; ends count for both."""
    made = forecast_year(panel(seasonal(1, 29), unit="tonnes", decimals=1))
    line, infinite = made.point + 1, np.array([np.inf])
    assert made.chance(line, infinite)[0] + made.chance(-infinite, line)[0] == pytest.approx(1)
    assert made.chance(line, infinite)[0] < 0.5
    assert made.chance(made.low, made.high)[0] == pytest.approx(0.8, abs=0.001)


def test_back_casts_stand_where_the_latest_figure_stands() -> None:
    """August figures are scored by the forecasts of earlier Augusts, each from what was known of it then."""
    values = seasonal(3, 41)
    given: dict[str, Any] = {"unit": "tonnes", "decimals": 1}
    made = back_cast(panel(values, **given))
    assert {row.made_from for row in made} == {date(2024, 8, 31), date(2025, 8, 31)}
    assert all(row.back_cast for row in made)
    again = rows(forecast_year(panel(values[:, :29], **given)))[0]
    assert next(row for row in made if row.year == 2025 and row.area_code == "A0").point == pytest.approx(again.point)


def test_a_kept_forecast_is_scored_when_the_outturn_is_known() -> None:
    """Two forecasts, one covered: half, and errors beside those of the simple guesses."""
    key = ("m", "A", date(2025, 8, 31))
    one = Made(*key, 2025, "x", point=100, low=90, high=110, naive=120, seasonal_naive=None, back_cast=False)
    other = Made("m", "B", *key[2:], 2025, "x", 50, 49, 51, naive=60, seasonal_naive=70, back_cast=False)
    assert score([one, other]).scored == 0
    found = score(with_outturns([one, other], {("m", "A", 2025): 104, ("m", "B", 2025): 60}))
    assert (found.scored, found.coverage) == (2, 0.5)
    assert found.against_naive == pytest.approx((4 + 10) / (16 + 0))
    assert found.against_seasonal_naive == pytest.approx(10 / 10)


def test_what_was_said_first_is_kept() -> None:
    """A later run does not rewrite a forecast, but a real one takes the place of a back-cast."""
    key = ("m", "A", date(2025, 8, 31), 2025, "x")
    afterwards = Made(*key, 1, 0, 2, None, None, back_cast=True)
    first = Made(*key, 5, 4, 6, None, None, back_cast=False)
    second = Made(*key, 7, 6, 8, None, None, back_cast=False)
    assert merge([afterwards], [first]) == [first]
    assert merge([first], [second, afterwards]) == [first]


def test_thousands_of_series_cost_seconds() -> None:
    """2,000 series of five years take less than two milliseconds of processor time each."""
    made = panel(seasonal(2000, 55), unit="tonnes", decimals=1)
    forecast_year(panel(seasonal(2, 55), unit="tonnes", decimals=1))
    began = time.process_time()
    forecast_year(made)
    assert (time.process_time() - began) / 2000 < 0.002
