"""Figures as people read them."""

import pytest

from scorecard.wording import figure, one_of


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "said"),
    [
        (1, "days", 0, "1 day"),
        (1, "policies", 0, "1 policy"),
        (1, "breaches", 0, "1 breach"),
        (1, "people", 0, "1 person"),
        (-1, "cases", 0, "\u22121 case"),
        (1.0, "days", 1, "1.0 days"),
        (2, "accidents", 0, "2 accidents"),
        (1, "per 100,000 collections", 0, "1 per 100,000 collections"),
        (1, "%", 0, "1%"),
        (1, "£", 0, "£1"),
    ],
)
def test_one_of_a_thing_is_told_in_the_singular(value: float, unit: str, decimals: int, said: str) -> None:
    """ "1 risk", not "1 risks"; shares, money and rates are as they were."""
    assert figure(value, unit, decimals) == said


def test_units_that_have_no_plural_stay() -> None:
    """Units of measurement and words that end in a double s are left alone."""
    assert [one_of(unit) for unit in ("kg", "less", "tonnes", "households in need")] == [
        "kg", "less", "tonne", "household in need",
    ]  # fmt: skip
