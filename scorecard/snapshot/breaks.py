"""Where a series cannot be read straight through: breaks of comparability, and usual levels worked out anew."""

from typing import Any, Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

_LABELS: Final = {"break": "Counted differently from {period}", "rebase": "New usual level from {period}"}
_AFTERWARDS: Final = {"break": " Figures before and after cannot be compared.", "rebase": ""}


def with_breaks(snapshot: Snapshot, measure_id: str, series: pd.DataFrame) -> pd.DataFrame:
    """The series with four more columns, so that nothing is drawn or compared across a break.

    segment (from 0, one more after each break); and on the first row counted the new way, if the series has
    earlier rows: change ("break" or "rebase", else None), change_label ("Counted differently from Apr 2025") and
    change_sentence (the same with the reason). A break hides a rebase that falls into the same period.
    """
    held = series.assign(segment=0, change=None, change_label=None, change_sentence=None)
    changes = snapshot.query(
        """
        select 'rebase' as change, rebased_on as first_day, reason from rebase where measure_id = $1
        union all
        select 'break', decided_on, reason from lifecycle where measure_id = $1 and breaks_comparability
        order by change desc, first_day
    """,
        [measure_id],
    )
    for change in changes.itertuples(index=False):
        _mark(held, change)
    return held


def _mark(held: pd.DataFrame, change: Any) -> None:
    after = held.index[held["period_start"] >= change.first_day]
    if not len(after) or len(after) == len(held):
        return
    if change.change == "break":
        held.loc[after, "segment"] += 1
    label = _LABELS[change.change].format(period=held.at[after[0], "period"])
    sentence = f"{label}: {change.reason.rstrip('.')}.{_AFTERWARDS[change.change]}"
    held.loc[after[0], ["change", "change_label", "change_sentence"]] = [change.change, label, sentence]
