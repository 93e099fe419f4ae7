"""Figures that build up over the financial year, taken apart into what each period added."""

import numpy as np

from scorecard.judge.panel import Figures, Flags, Whole


def apart(values: Figures, ends: Whole, months: int) -> Figures:
    """What each period added to a figure that starts from nought each April; series x periods.

    `ends` is for each period the index of its last month, `months` the length of a period. The first period of a year
    stands as it is. After a missing period nothing can be said: what the two added together is nobody's figure.
    """
    first_of_year = (ends - months + 1) % 12 == 3
    before = np.full_like(values, np.nan)
    before[:, 1:] = values[:, :-1]
    if len(ends) > 1:
        before[:, 1:][:, np.diff(ends) != months] = np.nan
    return np.where(first_of_year, values, values - before)


def ratio_apart(numerators: Figures, denominators: Figures, values: Figures, ends: Whole, months: int) -> Figures:
    """The ratio of what each period added above to what it added below, in the unit of `values`.

    Where the denominator stays the same all year (a year's bill, a population) the value itself builds up and is
    taken apart; where it grows with the numerator both are.
    """
    above, below = apart(numerators, ends, months), apart(denominators, ends, months)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = values * denominators / numerators
        usable = np.isfinite(ratios)
        # What a ratio is multiplied by is the same for every period; a numerator of nought does not tell it.
        per = np.where(usable, ratios, 0.0).sum(axis=1) / usable.sum(axis=1)
        grown = above / below * per[:, None]
        steady: Flags = np.less_equal(np.abs(below), 0.02 * np.abs(denominators))
    first = (ends - months + 1) % 12 == 3
    year_is_steady = _in_same_year(steady & ~first, ends)
    return np.where(year_is_steady, apart(values, ends, months), np.where(np.isfinite(grown), grown, np.nan))


def _in_same_year(found: Flags, ends: Whole) -> Flags:
    """Series x periods: whether `found` holds for the year as a whole, by any of its periods."""
    years = (ends - 3) // 12
    whole: Flags = np.zeros(found.shape, dtype=np.bool_)
    for year in np.unique(years):
        columns = np.flatnonzero(years == year)
        whole[:, columns] = np.any(found[:, columns], axis=1, keepdims=True)
    return whole
