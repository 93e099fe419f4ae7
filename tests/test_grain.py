"""Putting figures of months and quarters together into quarters and financial years."""

import numpy as np
import pandas as pd
import pytest

from scorecard.grain import AMOUNTS, NEVER_ADDED, Way, rolled_up, way_of
from scorecard.judge.forecast import portions
from scorecard.periods import Frequency, between

APRIL_2025 = 2025 * 12 + 3


def figures(
    values: list[float],
    numerators: list[float] | None = None,
    denominators: list[float] | None = None,
    records: list[float] | None = None,
) -> pd.DataFrame:
    """Figures as `way_of` is given them."""
    nothing = [np.nan] * len(values)
    return pd.DataFrame(
        {
            "value": values,
            "numerator": numerators or nothing,
            "denominator": denominators or nothing,
            "records": records or nothing,
        }
    )


def series(
    values: list[float | None],
    *,
    first: int = APRIL_2025,
    months: int = 1,
    numerators: list[float] | None = None,
    denominators: list[float] | None = None,
    markers: dict[int, str] | None = None,
    break_at: int | None = None,
) -> pd.DataFrame:
    """A regular series from a month on."""
    periods = [between(first + at * months, first + (at + 1) * months - 1) for at in range(len(values))]
    return pd.DataFrame(
        {
            "period_start": pd.to_datetime([period.start for period in periods]),
            "period_end": pd.to_datetime([period.end for period in periods]),
            "value": pd.Series(values, dtype=float),
            "numerator": numerators or [np.nan] * len(values),
            "denominator": denominators or [np.nan] * len(values),
            "marker": pd.Series([(markers or {}).get(at) for at in range(len(values))], dtype=object),
            "segment": [0 if break_at is None or at < break_at else 1 for at in range(len(values))],
        }
    )


RATIO = Way("ratio", "", 100.0)


def test_a_share_is_recomputed_and_never_averaged() -> None:
    """One of ten, none of ten and 90 of 100 are 91 of 120, not the mean of 10%, 0% and 90%."""
    months = series([10, 0, 90], numerators=[1, 0, 90], denominators=[10, 10, 100])
    way = way_of("period", "%", "operational", months.assign(records=np.nan))
    assert way.how == "ratio"
    assert way.per == pytest.approx(100)
    made = rolled_up(months, way, Frequency.month, Frequency.quarter)
    assert made["period"].tolist() == ["Q1 2025/26"]
    assert made["value"].iloc[0] == pytest.approx(100 * 91 / 120)
    assert (made["numerator"].iloc[0], made["denominator"].iloc[0]) == (91, 120)


def test_counts_are_added_up_and_markers_kept() -> None:
    """A provisional month makes the quarter provisional; amounts with decimals add up in their units."""
    months = series([3, 4, 5], markers={2: "p"})
    way = way_of("period", "complaints", "volumetric", figures([3, 4, 5]))
    made = rolled_up(months, way, Frequency.month, Frequency.quarter)
    assert (way.how, made["value"].tolist(), made["marker"].tolist()) == ("sum", [12.0], ["p"])
    assert way_of("period", "tonnes", "contextual", figures([3.5, 4.25])).how == "sum"
    assert way_of("period", "£ million", "volumetric", figures([3.5, 4.25])).how == "sum"


@pytest.mark.parametrize(
    ("basis", "words"),
    [("snapshot", "as it stood"), ("year_to_date", "the year so far"), ("rolling", "the rolling figure")],
)
def test_what_is_told_as_at_a_day_stands_as_at_the_last(basis: str, words: str) -> None:
    """The last month stands for the quarter, also where an earlier one is missing; a missing last one stays missing."""
    way = way_of(basis, "%", "operational", figures([1, 2, 3]))
    assert words in way.words
    made = rolled_up(series([1, None, 3, 4, 5, None]), way, Frequency.month, Frequency.quarter)
    assert made["value"].iloc[0] == 3
    assert np.isnan(made["value"].iloc[1])


@pytest.mark.parametrize(
    ("unit", "kind", "held", "why"),
    [
        ("days", "operational", figures([9, 12]), "lengths of time"),
        ("per 1,000 people", "contextual", figures([1.5], [300], [200_000]), "there all the time"),
        ("per 1,000 people", "contextual", figures([1.5]), "rates"),
        ("days", "operational", figures([0.8, 0.9], [3280, 3699], [4100, 4110]), "there all the time"),
        ("£", "contextual", figures([3029.8], records=[850]), "middle values"),
        ("people", "operational", figures([7, 9], records=[9, 9]), "different people"),
        ("£", "contextual", figures([250, 260]), "prices"),
        ("households", "operational", figures([1.25, 2]), "no whole counts"),
        ("%", "operational", figures([50, 70], [5, 5], [10, 10]), "not simply"),
        ("%", "operational", figures([50.0], [np.nan], [10]), "not known"),
    ],
)
def test_what_cannot_be_put_together_is_refused_in_words(unit: str, kind: str, held: pd.DataFrame, why: str) -> None:
    """Medians, percentiles, different people, prices, rates of what is there all the time: each with its reason."""
    way = way_of("period", unit, kind, held)
    assert way.how == "not"
    assert why in way.words
    with pytest.raises(ValueError, match="cannot be put together"):
        rolled_up(series([1.0]), way, Frequency.month, Frequency.year)


def test_rates_of_what_happens_are_recomputed() -> None:
    """Missed bins for each 100,000 collections, days for each case: their denominators are of the period itself."""
    bins = figures([50, 48], [418.5, 400], [837_000, 833_333.3333])
    assert way_of("period", "per 100,000 collections", "operational", bins).how == "ratio"
    assert way_of("period", "days", "operational", figures([10, 20], [100, 800], [10, 40])).how == "ratio"


def test_a_missing_month_makes_its_quarter_missing() -> None:
    """Never the sum of what is there; a suppressed month leaves its mark, and the others show nothing of it."""
    made = rolled_up(
        series([1, None, 3, 4, 5, 6], markers={1: "c"}), Way("sum", ""), Frequency.month, Frequency.quarter
    )
    assert np.isnan(made["value"].iloc[0])
    assert made["marker"].tolist() == ["c", None]
    assert made["value"].iloc[1] == 15


def test_a_month_without_numerator_makes_its_share_missing() -> None:
    """A published share without its counts cannot be recomputed, and no average stands in for it."""
    made = rolled_up(
        series([10, 20, 30], numerators=[1, np.nan, 3], denominators=[10, np.nan, 10]), RATIO, Frequency.month,
        Frequency.quarter,
    )  # fmt: skip
    assert made["value"].isna().all()


def test_only_whole_financial_quarters_and_years_are_told() -> None:
    """Figures from May 2025 to August 2026 make the quarters from July 2025 to June 2026, and no year."""
    months = series([1.0] * 16, first=APRIL_2025 + 1)
    made = rolled_up(months, Way("sum", ""), Frequency.month, Frequency.quarter)
    assert made["period"].tolist() == ["Q2 2025/26", "Q3 2025/26", "Q4 2025/26", "Q1 2026/27"]
    assert rolled_up(months, Way("sum", ""), Frequency.month, Frequency.year).empty
    years = rolled_up(series([1, 2, 3, 4], months=3), Way("sum", ""), Frequency.quarter, Frequency.year)
    assert (years["period"].tolist(), years["value"].tolist()) == (["2025/26"], [10.0])


def test_nothing_is_put_together_across_a_break() -> None:
    """A quarter in which the way of counting changed has no figure; those before and after keep theirs."""
    made = rolled_up(series([1, 2, 3, 4, 5, 6], break_at=4), Way("sum", ""), Frequency.month, Frequency.quarter)
    assert made["value"].iloc[0] == 6
    assert np.isnan(made["value"].iloc[1])
    assert made["segment"].tolist() == [0, 1]


def test_a_finer_grain_is_refused() -> None:
    """Quarters cannot be taken apart into months."""
    with pytest.raises(ValueError, match="months"):
        rolled_up(series([1.0], months=3), Way("sum", ""), Frequency.quarter, Frequency.month)


def test_forecasts_add_up_the_same_units() -> None:
    """What a forecast never adds up is never added up here either, and amounts are the same but for pounds."""
    assert NEVER_ADDED == portions.NEVER_ADDED
    assert portions.AMOUNTS - {"£"} == AMOUNTS
