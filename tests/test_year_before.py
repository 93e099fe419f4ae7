"""A figure beside that of the same period a year before."""

import numpy as np
import pandas as pd
import pytest

from scorecard.year_before import moved, with_year_before
from tests.test_grain import APRIL_2025, series


def test_each_period_stands_beside_its_own_a_year_before() -> None:
    """April beside April, with its marker; the first year has nothing beside it."""
    held = with_year_before(series([float(at) for at in range(14)], markers={0: "p"}))
    assert held["before"].tolist()[12:] == [0.0, 1.0]
    assert held["before_marker"].tolist()[12:] == ["p", None]
    assert held["before"].iloc[:12].isna().all()


def test_nothing_is_compared_across_a_break() -> None:
    """A year before that was counted differently is none; years after it are compared again."""
    held = with_year_before(series([float(at) for at in range(30)], break_at=6))
    assert held["before"].iloc[12:18].isna().all()
    assert held["before"].iloc[18] == 6.0


def test_quarters_are_not_compared_with_months_and_gaps_stay_gaps() -> None:
    """Only a period of the same length counts, and a missing figure a year before is missing."""
    months = series([1.0, None, 3.0])
    quarter = series([9.0], first=APRIL_2025 + 12, months=3)
    both = with_year_before(pd.concat([months, quarter], ignore_index=True))
    assert both["before"].isna().all()
    gap = with_year_before(series([None, *[1.0] * 12]))
    assert np.isnan(gap["before"].iloc[12])


@pytest.mark.parametrize(
    ("value", "before", "unit", "decimals", "said"),
    [
        (82.9, 84.0, "%", 1, "1.1 percentage points lower"),
        (84.04, 83.96, "%", 1, "the same"),
        (12.0, 9.0, "days", 0, "3 higher"),
        (1200.0, 1250.5, "£", 0, "£50 lower"),
    ],
)
def test_the_difference_is_of_the_figures_as_written(
    value: float, before: float, unit: str, decimals: int, said: str
) -> None:
    """Percentages differ by points; what is written alike is the same."""
    assert moved(value, before, unit, decimals) == said
