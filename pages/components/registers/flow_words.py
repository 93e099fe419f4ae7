"""Stock and flow in a sentence: how many, how many more or fewer than before, and why."""

from datetime import timedelta
from typing import Any, Protocol

import pandas as pd

from scorecard.wording import in_full, joined


class Counted(Protocol):
    """A row of `flow.latest`."""

    item: str
    items: str
    needs_sign_off: bool
    has_opened: bool
    stock: str
    counted_on: pd.Timestamp
    since: Any
    opening: float
    added: float
    closed: float
    closing: int


def standing(one: Counted) -> str:
    """ "29 recommendations are overdue at 31 October 2026, 2 more than a month before"."""
    said = f"{many(int(one.closing), one.item, one.items)} {one.stock} at {in_full(one.counted_on)}"
    return said if pd.isna(one.since) else f"{said}, {_against(one)}"


def why(one: Counted) -> str:
    """ "5 became overdue because their dates passed and 3 were signed off"; empty for a first count."""
    if pd.isna(one.since):
        return ""
    added, closed = int(one.added), int(one.closed)
    if one.stock == "overdue":
        dates = "its date" if added == 1 else "their dates"
        came = f"{_some(added)} became overdue because {dates} passed" if added else "none became overdue"
    else:
        came = f"{_some(added)} {_was(added)} opened" if one.has_opened else ""
    went = f"{_some(closed)} {_was(closed)} {ended_word(needs_sign_off=one.needs_sign_off)}"
    return joined([came, went]) if came else went


def sentence(one: Counted) -> str:
    """Both in one sentence, as plain text; a first count says that it is one."""
    reason = why(one)
    return f"{standing(one)}: {reason}." if reason else f"{standing(one)}. It is the first count."


def ended_word(*, needs_sign_off: bool) -> str:
    """What becomes of an item that is done."""
    return "signed off" if needs_sign_off else "closed"


def many(count: int, item: str, items: str) -> str:
    """ "29 recommendations are", "1 recommendation is", "No recommendation is"."""
    return f"{count:,} {items} are" if count > 1 else f"{'1' if count else 'No'} {item} is"


def _against(one: Counted) -> str:
    month_before = (one.counted_on.replace(day=1) - timedelta(days=1)).date()
    before = "a month before" if one.since.date() == month_before else f"at {in_full(one.since)}"
    change = int(one.closing) - int(one.opening)
    if not change:
        return f"as many as {before}"
    return f"{abs(change):,} {'more' if change > 0 else 'fewer'} than {before}"


def _some(count: int) -> str:
    return f"{count:,}" if count else "none"


def _was(count: int) -> str:
    return "were" if count > 1 else "was"
