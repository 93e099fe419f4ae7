"""The state of an item by rule, and how the status reported disagrees with it. The derived one wins."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from scorecard.registers.item import Item
from scorecard.wording import count, in_full

STATES: Final = (
    "overdue", "awaiting_sign_off", "predicted_late", "due_soon", "not_due", "closed", "withdrawn",
)  # fmt: skip


@dataclass(frozen=True)
class State:
    """A state, why, and what is wrong with the status reported (None when they agree)."""

    state: str
    sentence: str
    contradicted: str | None


def state_of(item: Item, as_at: date, today: date, prediction: str | None, due_soon_days: int) -> State:
    """The state of an item on a day; `prediction` is why it will be late, if anything says so.

    A date that has passed between `as_at`, up to which the register tells what was done, and `today` makes nothing
    late.
    """
    state, sentence = _derived(item, as_at, prediction, due_soon_days)
    if state in ("predicted_late", "due_soon", "not_due") and item.due and as_at <= item.due < today:
        sentence += f" The date has passed since; whether it is done is not known after {in_full(as_at)}."
    return State(state, sentence, _contradicted(item, as_at))


def _derived(item: Item, as_at: date, prediction: str | None, due_soon_days: int) -> tuple[str, str]:
    ended = item.ended if item.ended and item.ended <= as_at else None
    if ended:
        return _finished(item, ended)
    if item.needs_sign_off and item.closed and item.closed <= as_at and not item.is_closed_too_early:
        late = f", {_late(item, as_at)}" if item.is_overdue(as_at) else ""
        return "awaiting_sign_off", f"Reported done on {in_full(item.closed)} and not signed off{late}."
    if item.is_overdue(as_at):
        return "overdue", f"{_late(item, as_at)}{_redated(item, as_at)}."
    if prediction:
        return "predicted_late", prediction
    due = item.due
    if due is None:
        return "not_due", "It has no due date."
    return "due_soon" if (due - as_at).days <= due_soon_days else "not_due", f"Due on {in_full(due)}."


def _finished(item: Item, ended: date) -> tuple[str, str]:
    if item.is_withdrawn:
        left_out = item.missing_since == ended and item.meaning != "withdrawn"
        return "withdrawn", f"{'Not reported any more since' if left_out else 'Withdrawn on'} {in_full(ended)}."
    if item.ends_unseen:
        return "closed", f"Reported done by {in_full(ended)}; on which day is not known."
    what = "Signed off on" if item.needs_sign_off else "Closed on"
    late = item.days_late(ended)
    when = f", {count(late, 'day')} after its original date" if late else ", in time" if item.due else ""
    return "closed", f"{what} {in_full(ended)}{when}."


def _late(item: Item, as_at: date) -> str:
    assert item.due is not None
    return f"{count(item.days_late(as_at), 'day')} past its original date of {in_full(item.due)}"


def _redated(item: Item, as_at: date) -> str:
    """What re-dating did: it moves the date, and clears nothing."""
    if not item.times_redated or item.current_due is None:
        return ""
    moved = {1: "once", 2: "twice"}.get(item.times_redated, f"{item.times_redated} times")
    passed = "has passed too" if item.current_due < as_at else "is to come"
    return f"; re-dated {moved}, to {in_full(item.current_due)}, which {passed}"


def _contradicted(item: Item, as_at: date) -> str | None:
    """How the status or the rating reported disagrees with the dates."""
    is_done = item.ended is not None and item.ended <= as_at
    is_late = item.is_overdue(as_at)
    if item.is_closed_too_early and item.closed and item.opened:
        return f"Closed on {in_full(item.closed)}, before it was opened on {in_full(item.opened)}: it counts as open."
    if item.meaning in ("closed", "withdrawn") and not is_done:
        why = "it is not signed off" if item.needs_sign_off and item.closed else "no day says so"
        return f"Reported as {item.meaning}, but {why}: it counts as open."
    if is_done and item.meaning not in (None, "closed", "withdrawn"):
        return f"Reported as {_said(item.meaning)}, but its dates say that it is done."
    if is_late and item.meaning == "on_course":
        return f"Reported as on course, but {_late(item, as_at)}."
    if item.meaning == "overdue" and not is_late and not is_done:
        return "Reported as overdue, but its original date has not passed."
    if item.rating == "complete" and not is_done:
        return "Rated complete, but no day says that it is done: it counts as open."
    if is_late and item.rating == "green":
        return f"Rated green, but {_late(item, as_at)}."
    return None


def _said(meaning: str | None) -> str:
    return (meaning or "").replace("_", " ")
