"""Small numbers are withheld where a measure says so: a count of three people can tell who they are."""

import numpy as np
import pandas as pd

WITHHELD = "c"
FIGURES = ("value", "numerator", "denominator", "lower", "upper")


def withhold(frame: pd.DataFrame, counts: "pd.Series[float]", below: int | None) -> pd.DataFrame:
    """The frame with every figure left out whose count (same index) is below `below` and not nought, marked [c].

    Returns the frame itself when nothing is to be withheld. Nought is told: it identifies nobody.
    """
    if below is None or frame.empty:
        return frame
    small = (counts > 0) & (counts < below)
    if not small.any():
        return frame
    held = frame.copy()
    held.loc[small, [name for name in FIGURES if name in held]] = np.nan
    held.loc[small, "marker"] = WITHHELD
    return held
