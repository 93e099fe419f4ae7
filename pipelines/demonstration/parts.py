"""A whole number split into parts that add up to it exactly, so that a mean or a total is met to the record."""

import numpy as np
from numpy.typing import NDArray


def parted(total: int, weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """`total` split into as many whole numbers as there are weights, each near its weight's share of it."""
    edges = np.round(np.cumsum(weights) / weights.sum() * total).astype(np.int64)
    parts: NDArray[np.int64] = np.diff(edges, prepend=0)
    return parts
