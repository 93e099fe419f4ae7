"""The rows of a frame, one at a time, with their columns as attributes."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def of(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row of a frame, in order. What columns it has is said where the frame is made."""
    return iter(frame.itertuples(index=False))
