"""One bad ward in a council that is fine: who sees it, and how often a ward is called out when none is bad."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scorecard.judge.parts.chance import against_rest, widened
from scorecard.judge.parts.multiplicity import benjamini_hochberg

WARDS: Final = 22
CASES: Final = 40
USUAL: Final = 0.92
TARGET: Final = 0.90
TOLERANCE: Final = 0.05
"""Of the target: below 85.5% is red."""


@dataclass(frozen=True)
class Seen:
    """Shares of councils, from 0 to 1."""

    months: int
    """For how many months the ward has been bad."""
    bad: float
    """What share of its cases it gets right."""
    council_red: float
    """The council's own figure is red."""
    some_ward_red: float
    """Some ward other than the bad one is red in its latest month: a false alarm."""
    ward_red: float
    found: float
    """Ours finds the bad ward."""
    false: float
    """Ours calls out another."""


def bad_ward(months: int, bad: float, councils: int, seed: int) -> Seen:
    """Simulate councils of WARDS wards with about CASES cases each a month, one of which is bad."""
    random = np.random.default_rng([seed, months, int(100 * bad)])
    of = random.poisson(CASES, (councils, WARDS, 12)) + 1
    rate = np.full((councils, WARDS, 12), USUAL)
    rate[:, 0, 12 - months :] = bad
    met = random.binomial(of, rate)
    limit = TARGET * (1 - TOLERANCE)
    red = met[:, :, -1] / of[:, :, -1] < limit
    council_red = met[:, :, -1].sum(axis=1) / of[:, :, -1].sum(axis=1) < limit
    found = np.zeros((councils, WARDS), dtype=np.bool_)
    for council in range(councils):
        found[council] = _called_out(met[council], of[council], limit)
    return Seen(
        months, bad, council_red.mean(), red[:, 1:].any(axis=1).mean(), red[:, 0].mean(),
        found[:, 0].mean(), found[:, 1:].any(axis=1).mean(),
    )  # fmt: skip


def _called_out(met: "np.typing.NDArray[np.int64]", of: "np.typing.NDArray[np.int64]", limit: float) -> np.ndarray:
    windows = [1, 3, 6, 12]
    n = np.stack([met[:, -size:].sum(axis=1) for size in windows], axis=1).astype(float)
    d = np.stack([of[:, -size:].sum(axis=1) for size in windows], axis=1).astype(float)
    chances = widened(against_rest("proportion", -1, n, d, n.sum(axis=0) - n, d.sum(axis=0) - d))
    chance = np.minimum(1.0, chances.min(axis=1) * len(windows))
    material = ((n / d)[np.arange(len(n)), chances.argmin(axis=1)] < limit)
    return benjamini_hochberg(chance, 0.05).found & material
