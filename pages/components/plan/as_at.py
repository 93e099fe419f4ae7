"""As at which day items are in their state: the last that the files of their register cover."""

from collections.abc import Iterable

import pandas as pd

from pages.components.dates import day
from scorecard.snapshot.registers.declared import registers
from scorecard.snapshot.store import Snapshot


def in_words(days: Iterable[pd.Timestamp]) -> str:
    """ "States are as at 31 October 2026."; of several days from which to which; "" of none."""
    known = sorted({each for each in days if not pd.isna(each)})
    if not known:
        return ""
    if len(known) == 1:
        return f"States are as at {day(known[0])}, the last day that the files cover."
    return f"States are as at {day(known[0])} to {day(known[-1])}, as far as the files of each register go."


def of_registers(shown: Snapshot, register_ids: Iterable[str]) -> str:
    """The same of registers."""
    frame = registers(shown)
    return in_words(frame.loc[frame["register_id"].isin(list(register_ids)), "judged_on"])
