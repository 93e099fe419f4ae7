"""One-sentence answers over many measures."""

import pandas as pd

from pages.components.status import SEVERITY_WORDS
from scorecard.judge.status import Status
from scorecard.wording import count, joined


def of_exceptions(exceptions: pd.DataFrame) -> str:
    """How many exceptions there are and how grave: "**9 exceptions**: 3 high, 4 medium and 2 low"."""
    if exceptions.empty:
        return "**No exceptions.**"
    held = exceptions["severity"].value_counts()
    parts = [f"{held[one]} of {words.lower()} concern" for one, words in SEVERITY_WORDS.items() if one in held]
    return f"**{count(len(exceptions), 'exception')}**: {joined(parts)}."


def of_statuses(latest: pd.DataFrame) -> str:
    """How the measures stand: on target, close, off, without a target, without a figure, or never reported here."""
    never = latest["period"].isna()
    held = latest.loc[~never, "status"].value_counts()

    def how_many(*statuses: Status) -> int:
        return sum(int(held.get(status, 0)) for status in statuses)

    parts = [
        f"**{how_many(Status.on_target)}** on target",
        f"**{how_many(Status.close)}** close to it",
        f"**{how_many(Status.off_target)}** off it",
        f"**{how_many(Status.no_target, Status.activity_only)}** without a target",
    ]
    without = how_many(Status.awaiting, Status.overdue, Status.unavailable)
    parts += [f"**{without}** with no figure for the latest period"] if without else []
    parts += [f"**{int(never.sum())}** not published for this council"] if never.any() else []
    return f"Of {count(len(latest), 'measure')}: {joined(parts)}."
