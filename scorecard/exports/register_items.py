"""The items of a register as a table to take away: those asked for, with every date and why each is where it is."""

from typing import Final

import pandas as pd

from scorecard.exports.export import Column, Export
from scorecard.exports.of_frame import export_of
from scorecard.snapshot.registers import declared, items
from scorecard.snapshot.registers.items import Asked
from scorecard.snapshot.store import Snapshot

_COLUMNS: Final = (
    Column("item_id", "Reference", "string", "The key of the item in its source."),
    Column("title", "Item", "string", "What it is."),
    Column("owner", "Owner", "string", "The post that answers for it."),
    Column("service", "Service", "string", "The service it belongs to."),
    Column("priority", "Priority", "string", "Its priority, as reported."),
    Column("opened", "Opened", "date", "The day it was opened."),
    Column("due", "Original due date", "date", "The day by which it was first promised; lateness counts from it."),
    Column("current_due", "Current due date", "date", "The latest day agreed; it clears no lateness."),
    Column("times_redated", "Times re-dated", "integer", "How often its date was moved."),
    Column("closed", "Reported done", "date", "The day on which its owner says it was done."),
    Column("signed_off", "Signed off", "date", "The day on which it was signed off, where the register needs that."),
    Column("ended", "Ended", "date", "The day from which it counts as done; empty while it does not."),
    Column("reported", "Status as reported", "string", "The word of the source."),
    Column("state", "State", "string", "By rule, from the dates: overdue, awaiting_sign_off, predicted_late, due_soon,"
           " not_due, closed or withdrawn."),
    Column("days_late", "Days late", "integer", "Days past the ORIGINAL due date; 0 in time."),
    Column("sentence", "Why", "string", "Why it is in that state."),
    Column("contradicted", "Disagreement", "string", "How what was reported disagrees with the dates."),
    Column("rating", "Rating", "string", "red, amber, green, complete or none, as its owner rates it."),
    Column("done", "Done (%)", "number", "Percentage done, as reported."),
    Column("residual", "Residual score", "integer", "Likelihood times impact with the controls in place."),
    Column("target_score", "Target score", "integer", "The score aimed at."),
    Column("appetite", "Risk appetite", "integer", "The highest score the council is content with."),
    Column("stage", "Stage", "string", "The last stage it has reached."),
    Column("reason", "Reason", "string", "Why it stands as it does, as reported."),
    Column("way_forward", "Agreed way forward", "string", "What was agreed to be done about it."),
    Column("details", "Further details", "string", "Headings and cells of the further columns, as a JSON object."),
)  # fmt: skip
_ALWAYS: Final = ("item_id", "title", "state", "days_late", "sentence", "contradicted")


def items_export(snapshot: Snapshot, register_id: str, asked: Asked) -> Export:
    """One row per item asked for, in the page's order; columns that no item of the register fills are left out.

    Raises KeyError where there is no such register.
    """
    about = declared.register(snapshot, register_id)
    if not about:
        raise KeyError(register_id)
    held = items.items(snapshot, register_id, asked)
    columns = tuple(one for one in _COLUMNS if one.name in _ALWAYS or _has(held, one.name))
    judged = about["judged_on"]
    as_at = judged.strftime("%-d %B %Y") if judged is not None else "no file has come yet"
    return export_of(
        snapshot, register_id, str(about["title"]),
        f"The {about['items']} asked for. Lateness counts from the original due date.", columns, held, key=("item_id",),
        facts=(
            ("Which", _which(asked)), ("As at", as_at), ("Source", f"{about['source']}, {about['publisher']}"),
        ),
        sources=(str(about["source"]),),
    )  # fmt: skip


def _has(held: pd.DataFrame, name: str) -> bool:
    if name == "details":
        return bool((held[name] != "{}").any())
    return bool((held[name] > 0).any()) if name == "times_redated" else bool(held[name].notna().any())


def _which(asked: Asked) -> str:
    """What was asked for, in words: "state: open; owner: Head of Finance"."""
    parts = {
        "state": asked.state.replace("_", " "), "service": asked.service_id, "owner": asked.owner,
        "priority": asked.priority, "words": asked.words,
    }  # fmt: skip
    return "; ".join(f"{name}: {value}" for name, value in parts.items() if value)
