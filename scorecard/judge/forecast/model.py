"""The model behind every forecast: a level that may wander and drift, and a season, told apart by Kalman filters.

The unobserved components model of Harvey 1989 ("Forecasting, structural time series models and the Kalman filter"),
as statsmodels filters it. How far the level wanders and drifts and how large the season is cannot be known from two
or three years, so each of a few candidates has its say by how well it foresaw the figures one period ahead (Bayesian
model averaging: Hoeting and others 1999, Statistical Science 14:382). What a filter makes of a figure depends only on
which periods have one, so that a filter runs once for all series with figures for the same periods.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from scorecard.judge.panel import Figures

if TYPE_CHECKING:
    from statsmodels.tsa.statespace.initialization import Initialization

WANDERING: Final = {0.0: 0.5, 0.05: 0.3, 0.4: 0.15, 5.0: 0.05}
"""Variances of a period's change of level, for a variance of 1 of a period's own chance -> how likely beforehand."""
DRIFT: Final = {0.0: 0.8, 0.01: 0.15, 0.5: 0.05}
"""Variances of the steady change of level a period; those below likewise."""
SEASON: Final = {0.0: 0.25, 1.0: 0.35, 10.0: 0.3, 200.0: 0.1}
"""Variances of what a month or quarter differs from the level."""
ROUGHNESS: Final = 0.3
"""The share of that which is each month's own; the rest is one wave through the year, as most seasons are smooth."""
MOST_AHEAD: Final = 12
_FLAT: Final = 1e-9
"""Chance this small beside the figures themselves is rounding: the series is constant."""


@dataclass(frozen=True)
class Ahead:
    """What is foreseen of a weighted sum of the periods to come, for each series, in its unit.

    It follows Student's t distribution, moved to `point` and stretched by `scale`.
    """

    point: Figures
    scale: Figures
    """Nought where the series never changed."""
    freedom: int
    """Degrees of freedom."""


@dataclass(frozen=True)
class _Filters:
    """The candidates for one pattern of periods with figures; n figures."""

    surprises: Figures
    """Candidates x (n - 1) x n: takes the figures to what each foresaw wrongly, made alike in size."""
    foreseen: Figures
    """Candidates x MOST_AHEAD x n: takes the figures to the periods to come."""
    spread: Figures
    """Candidates x MOST_AHEAD x MOST_AHEAD: their covariance, for a variance of 1 of a period's own chance."""
    belief: Figures
    """Candidates: the logarithm of how likely each is beforehand, less that of the size of its surprises."""


def foresee(values: Figures, weights: Figures, phases: int) -> Ahead:
    """The weighted sum of the next periods of each series.

    `values` is series x periods, oldest first, with figures (not NaN) in the same columns of every row, at least
    four; `weights` is series x periods to come, at most MOST_AHEAD. `phases` is the number of periods in a year, or 1
    for a model without a season. The spread allows for not knowing the candidate, the level, the season and the
    variance: by the usual prior 1/variance each candidate foresees a t distribution, and one with the mean and
    variance of their mixture stands for them.
    """
    held, ahead = ~np.isnan(values[0]), weights.shape[1]
    filters = _filters(held.tobytes(), phases)
    figures = values[:, held]
    middle = figures.mean(axis=1, keepdims=True)
    around = figures - middle
    freedom = around.shape[1] - 1
    squares = (np.einsum("man,sn->msa", filters.surprises, around, optimize=True) ** 2).sum(axis=2)
    flat = squares.min(axis=0) <= freedom * (_FLAT * (1 + np.abs(middle[:, 0]))) ** 2
    squares = np.where(flat, 1.0, squares)
    said = filters.belief[:, None] - freedom / 2 * np.log(squares)
    shares = np.exp(said - said.max(axis=0))
    shares /= shares.sum(axis=0)
    points = np.einsum("mhn,sn,sh->ms", filters.foreseen[:, :ahead], around, weights, optimize=True)
    own = np.einsum("sh,mhk,sk->ms", weights, filters.spread[:, :ahead, :ahead], weights, optimize=True)
    point = (shares * points).sum(axis=0)
    variance = (shares * (squares / (freedom - 2) * own + (points - point) ** 2)).sum(axis=0)
    scale = np.where(flat, 0.0, np.sqrt(variance * (freedom - 2) / freedom))
    return Ahead(np.where(flat, 0.0, point) + weights.sum(axis=1) * middle[:, 0], scale, freedom)


@lru_cache(maxsize=256)
def _filters(pattern: bytes, phases: int) -> _Filters:
    """The filters for periods with figures where `pattern` (bytes of flags) is 1."""
    # Half a second on top of what the pipeline has loaded; the pages never need it.
    from statsmodels.tsa.statespace.kalman_filter import MEMORY_NO_SMOOTHING
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    held = np.frombuffer(pattern, dtype=np.bool_)
    seasonal = phases if phases > 1 else None
    model = UnobservedComponents(
        np.where(held, 0.0, np.nan), level="lldtrend", seasonal=seasonal, stochastic_seasonal=False
    )
    onward = np.squeeze(model.ssm["transition"])
    seen = np.squeeze(model.ssm["design"])
    tried = list(product(WANDERING, DRIFT, SEASON if seasonal else (0.0,)))
    found = []
    for wandering, drift, season in tried:
        model.update(np.array([1.0, wandering]))
        model.ssm.initialize(_start(model.k_states, drift, season, phases))
        # What `filter` runs, without its copies of forty arrays: they take twice as long as the filter itself.
        run = model.ssm._filter(conserve_memory=MEMORY_NO_SMOOTHING)
        figures = run.kalman_gain, run.forecast_error_cov, run.predicted_state_cov
        found.append(tuple(np.array(each) for each in figures))
    gains = np.stack([gain[:, 0] for gain, _, _ in found])
    variances = np.stack([variance[0, 0] for _, variance, _ in found])
    state = np.zeros((len(tried), model.k_states, int(held.sum())))
    surprises, sizes = [], np.zeros(len(tried))
    for figure, column in enumerate(np.flatnonzero(held)):
        for _ in range(column - (np.flatnonzero(held)[figure - 1] if figure else 0) - 1):
            state = onward @ state  # a period without a figure teaches nothing
        wrong = -(seen @ state)
        wrong[:, figure] += 1
        state = onward @ state + gains[:, :, column, None] * wrong[:, None, :]
        if figure:  # the first figure only says where the level begins
            surprises.append(wrong / np.sqrt(variances[:, column, None]))
            sizes += np.log(variances[:, column]) / 2
    views = np.stack([seen @ np.linalg.matrix_power(onward, step) for step in range(MOST_AHEAD)])
    steps = np.arange(MOST_AHEAD)
    later = np.stack([covariance[:, :, -1] for _, _, covariance in found])
    wandered = np.array([each[0] for each in tried])[:, None, None] * np.minimum(steps[:, None], steps)
    beforehand = [WANDERING[w] * DRIFT[d] * (SEASON[s] if seasonal else 1.0) for w, d, s in tried]
    return _Filters(
        np.stack(surprises, axis=1),
        views @ state,
        views @ later @ views.T + np.eye(MOST_AHEAD) + wandered,
        np.log(beforehand) - sizes,
    )


@lru_cache
def _start(states: int, drift: float, season: float, phases: int) -> "Initialization":
    """What is known before the first figure: nothing of the level, little of the rest."""
    from statsmodels.tsa.statespace.initialization import Initialization

    start = Initialization(states)
    start.set(0, "diffuse")
    start.set(1, "known", constant=np.zeros(1), stationary_cov=np.full((1, 1), drift))
    if states > 2:
        rest = states - 2  # the season of the last phase is what the others leave
        apart = np.arange(rest)[:, None] - np.arange(rest)
        wave = np.cos(2 * np.pi * apart / phases)
        alike = season * (ROUGHNESS * (np.eye(rest) - 1 / phases) + (1 - ROUGHNESS) * wave)
        start.set((2, states), "known", constant=np.zeros(rest), stationary_cov=alike)
    return start
