"""One-sentence answers over many measures."""

from datetime import date
from typing import Final

import pandas as pd

from pages.components.dates import day
from pages.components.status import SEVERITY_WORDS, STATE_WORDS
from scorecard.judge.status import Status
from scorecard.measure_words import DECISION_WORDS
from scorecard.wording import count, joined

_TOLD: Final = ("new", "improving", "relapsed")
"""States of exceptions that the summary counts."""


def of_exceptions(exceptions: pd.DataFrame) -> str:
    """How many exceptions there are and how grave, and how many are new, improving, back again or confirmed."""
    if exceptions.empty:
        return "**No exception needs attention.**"
    held = exceptions["severity"].value_counts()
    parts = [f"{held[one]} of {words.lower()} concern" for one, words in SEVERITY_WORDS.items() if one in held]
    told = {STATE_WORDS[state].lower(): int((exceptions["state"] == state).sum()) for state in _TOLD}
    told["confirmed by two tests"] = int(exceptions["confirmed"].sum())
    states = [f"{many} {'is' if many == 1 else 'are'} {words}" for words, many in told.items() if many]
    more = f" Of these, {joined(states)}." if states else ""
    needs = count(len(exceptions), "exception needs", "exceptions need")
    return f"**{needs} attention**: {joined(parts)}.{more}"


def of_statuses(latest: pd.DataFrame) -> str:
    """How the live measures stand: on target, close, off, no target, too few, no figure, or never reported here.

    Proposed ones are told apart; removed ones are not told at all.
    """
    proposed = int((latest["stage"] == "proposed").sum())
    latest = latest[latest["stage"] == "live"]
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
    too_few = how_many(Status.too_few)
    parts += [f"**{too_few}** too few to call"] if too_few else []
    without = how_many(Status.awaiting, Status.overdue, Status.unavailable)
    parts += [f"**{without}** with no figure for the latest period"] if without else []
    parts += [f"**{int(never.sum())}** not published for this council"] if never.any() else []
    more = f" {count(proposed, 'more is', 'more are')} proposed and not judged yet." if proposed else ""
    return f"Of {count(len(latest), 'measure')}: {joined(parts)}.{more}"


def of_decisions(decisions: pd.DataFrame, since: date) -> str:
    """What was decided about measures: "Since 1 April 2026: 3 measures proposed, 21 kept and 1 removed."."""
    in_force, to_come = decisions[~decisions["is_to_come"]], int(decisions["is_to_come"].sum())
    more = f" {count(to_come, 'decision is', 'decisions are')} still to take effect." if to_come else ""
    if in_force.empty:
        return f"Since {day(since)} nothing was decided about any measure.{more}"
    measures = in_force.groupby("decision")["measure_id"].nunique()
    broken = int(in_force.loc[in_force["breaks_comparability"], "measure_id"].nunique())
    parts: list[str] = []
    for decision, words in DECISION_WORDS.items():
        if decision not in measures:
            continue
        said = str(measures[decision]) if parts else count(int(measures[decision]), "measure")
        said = f"**{said}** {words.lower()}"
        parts.append(f"{said} {_not_comparable(broken)}" if decision == "amended" and broken else said)
    return f"Since {day(since)}: {joined(parts)}.{more}"


def _not_comparable(measures: int) -> str:
    return f"({'one' if measures == 1 else measures} of them cannot be compared with earlier figures)"
