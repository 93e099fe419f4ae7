"""How likely a part of the council would stand where it does by chance: three tests, each for arrays of parts.

Every chance is one-sided, towards the bad side (`bad` is 1 where high is bad, -1 where low is), and NaN where there
is nothing to test.
"""

from typing import Final, Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from scorecard.judge.panel import Figures
from scorecard.judge.parts.multiplicity import spread

Kind = Literal["proportion", "rate", "value"]
"""proportion: so many cases of all. rate: so many events for so much exposure. value: a figure without counts."""

FEWEST_HISTORY: Final = 8
"""Earlier periods without which nothing can be said of a part's usual standing."""
FEWEST_ALIKE: Final = 8
"""Parts without which the spread between parts cannot be told from chance."""
_SMALLEST: Final = 1e-300


def against_rest(
    kind: Kind, bad: int, counts: Figures, totals: Figures, rest: Figures, rest_totals: Figures
) -> Figures:
    """The chance of a part's count, were the part like the rest of the council. Arrays of one shape; whole counts.

    Exact and conditional on the count of part and rest together: hypergeometric for proportions (Fisher's test),
    binomial for rates (Przyborowski and Wilenski 1940, Biometrika 31:313); with the mid-p correction (Lancaster 1961,
    JASA 56:223), as exact tests of small counts are otherwise too timid.
    """
    # Loading these takes over a second, and the pages never need them.
    from scipy.special import betainc
    from scipy.stats import hypergeom

    usable = (totals > 0) & (rest_totals > 0)
    n, d, others, exposure = (np.where(usable, each, 1.0) for each in (counts, totals, rest, rest_totals))
    everything = n + others
    if kind == "proportion":
        low, point = (f(n, d + exposure, everything, d) for f in (hypergeom.cdf, hypergeom.pmf))
        tail = hypergeom.sf(n, d + exposure, everything, d) if bad > 0 else low - point
    else:
        part = d / (d + exposure)
        at_least = np.where(n > 0, betainc(np.maximum(n, 1), everything - n + 1, part), 1.0)
        more = np.where(n < everything, betainc(n + 1, np.maximum(everything - n, 1), part), 0.0)
        point = at_least - more
        tail = more if bad > 0 else 1 - at_least
    return np.where(usable, np.clip(tail + point / 2, _SMALLEST, 1.0), np.nan)


def widened(chances: Figures) -> Figures:
    """The chances of parts that should be alike, widened by how much more than chance they differ as a rule.

    One column a test, a row a part; `multiplicity.spread` of each column's standard scores.
    """
    from scipy.special import ndtr, ndtri

    scores = -ndtri(np.clip(chances, _SMALLEST, 1 - 1e-16))
    factors = np.array([spread(column) for column in scores.T])
    return np.where(np.isnan(chances), np.nan, ndtr(-scores / np.sqrt(factors)))


def against_usual(
    kind: Kind,
    bad: int,
    counts: Figures,
    totals: Figures,
    rest: Figures,
    rest_totals: Figures,
    windows: tuple[int, ...],
    earlier: int,
) -> Figures:
    """The chance of a part's count, did it stand to the rest of the council as it usually does: parts x windows.

    Arrays are parts x periods, the latest last; the first `earlier` periods say what is usual. For parts that differ by
    nature. Differences are taken on the scale where chance is alike at every level (Anscombe 1948, Biometrika 35:246),
    usual is their median, and how they scattered about it, over one period and over the window, widens the test.
    """
    from scipy.special import stdtr

    chances = np.full((len(counts), len(windows)), np.nan)
    single, _, single_spreads = _usual(kind, bad, (counts, totals, rest, rest_totals), 1, earlier)
    held = np.sum(~np.isnan(single[:, :earlier]), axis=1)
    for at, window in enumerate(windows):
        if earlier < max(window, FEWEST_HISTORY) or counts.shape[1] < earlier + window:
            continue
        strayed, variance, spreads = _usual(kind, bad, (counts, totals, rest, rest_totals), window, earlier)
        of_usual = np.pi / 2 * window / np.maximum(held, 1)
        scatter = np.maximum(single_spreads, spreads) * variance[:, -1] * (1 + of_usual)
        found = stdtr(np.maximum(held - 1, 1), -strayed[:, -1] / np.sqrt(scatter))
        chances[:, at] = np.where(held >= FEWEST_HISTORY, found, np.nan)
    return chances


def _usual(
    kind: Kind, bad: int, counted: tuple[Figures, ...], window: int, earlier: int
) -> tuple[Figures, Figures, Figures]:
    """Over windows: how far each part was from its usual difference, with the variance, and its spread until now."""
    rolled = (sliding_window_view(each, window, axis=1).sum(axis=2) for each in counted)
    difference, variance = _stabilised(kind, bad, *rolled)
    before = max(0, earlier - window + 1)
    strayed = difference - medians(difference[:, :before].T)[:, None]
    scores = strayed[:, :before] / np.sqrt(variance[:, :before])
    own = np.array([spread(score) for score in scores])
    return strayed, variance, np.maximum(own, spread(scores.ravel()))


def _stabilised(
    kind: Kind, bad: int, counts: Figures, totals: Figures, rest: Figures, rest_totals: Figures
) -> tuple[Figures, Figures]:
    usable = (totals > 0) & (rest_totals > 0) & (rest >= 0)
    n, d, others, exposure = (np.where(usable, each, np.nan) for each in (counts, totals, rest, rest_totals))
    if kind == "proportion":
        difference = _arcsine(n, d) - _arcsine(others, exposure)
        return bad * difference, 1 / (4 * d + 2) + 1 / (4 * exposure + 2)
    difference = np.sqrt((n + 0.375) / d) - np.sqrt((others + 0.375) / exposure)
    return bad * difference, 1 / (4 * d) + 1 / (4 * exposure)


def _arcsine(counts: Figures, totals: Figures) -> Figures:
    bent: Figures = np.arcsin(np.sqrt(np.minimum(1.0, (counts + 0.375) / (totals + 0.75))))
    return bent


def against_others(bad: int, values: Figures, windows: tuple[int, ...], earlier: int) -> Figures:
    """The chance of a part's movement from its own usual figure, beside the movement of the others: parts x windows.

    `values` are parts x periods, the latest last; the first `earlier` of them say what is usual (the median) and how
    far parts stray from it. A movement counts by its rank among all of these, as a normal score (van der Waerden 1952,
    Indagationes Mathematicae 14:453), so that skewed figures are not called out for being skewed. Silent with fewer
    than eight parts or earlier periods.
    """
    from scipy.special import ndtr, ndtri

    chances = np.full((len(values), len(windows)), np.nan)
    known = np.sum(~np.isnan(values[:, :earlier]), axis=1) >= FEWEST_HISTORY
    if known.sum() < FEWEST_ALIKE:
        return chances
    strayed = bad * (values[known] - medians(values[known, :earlier].T)[:, None])
    strayed = strayed - medians(strayed)
    scatter = medians(np.abs(strayed[:, :earlier]).T)
    # A part that happened to keep very still is given the scatter of all, or every move of it would be news.
    scatter = np.maximum(scatter, np.median(scatter))
    if not np.all(scatter > 0):
        return chances
    strayed = strayed / scatter[:, None]
    usual = np.sort(strayed[:, :earlier][~np.isnan(strayed[:, :earlier])])
    ranks = (np.searchsorted(usual, strayed, "left") + np.searchsorted(usual, strayed, "right")) / 2
    scores = np.where(np.isnan(strayed), np.nan, ndtri((ranks + 0.5) / (len(usual) + 1)))
    for at, window in enumerate(windows):
        if window > min(earlier, values.shape[1] - earlier):
            continue
        rolled = sliding_window_view(scores, window, axis=1).sum(axis=2) / np.sqrt(window)
        factor = spread(rolled[:, : earlier - window + 1].ravel()) * (1 + np.pi / 2 * window / earlier)
        chances[known, at] = ndtr(-rolled[:, -1] / np.sqrt(factor))
    return chances


def medians(values: Figures) -> Figures:
    """The median of each column; NaN where it is empty."""
    if not len(values):
        return np.full(values.shape[1], np.nan)
    # Sorting puts what is missing last; numpy.nanmedian says the same, several times as slowly.
    ordered, held = np.sort(values, axis=0), (~np.isnan(values)).sum(axis=0)
    column = np.arange(values.shape[1])
    low, high = ordered[np.maximum(held - 1, 0) // 2, column], ordered[np.minimum(held // 2, len(values) - 1), column]
    found: Figures = (low + high) / 2
    return found
