"""Audit recommendations: outstanding and overdue, what came and went since the last count, what is newly overdue."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from pages.components.board import actions, part
from pages.components.board.part import Part
from pages.components.dates import day, short_day
from pages.components.registers import addresses, flow_words
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.snapshot.registers import flow, items
from scorecard.snapshot.registers.items import Asked
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count


def _audit(shown: Snapshot, service_id: str) -> Part:
    registers = part.registers_of("audit", service_id)
    if not registers:
        return part.not_declared("audit", "what was promised to auditors")
    said = "\n\n".join(standing(shown, one, service_id) for one in registers)
    newly = [(one, late) for one in registers for late in newly_overdue(shown, one, service_id)]
    return Part(
        said, decide(newly), sheets(newly),
        tuple(part.Way("register", one.title, (("register", one.register_id), ("state", "overdue")))
              for one in registers),
    )  # fmt: skip


made = remembered(_audit)


def standing(shown: Snapshot, one: Any, service_id: str) -> str:
    """How many are outstanding and overdue, how that came about since the count before, and what is in doubt."""
    if pd.isna(one.counted_to):
        return part.nothing_counted(one.title)
    many = as_text(count(one.open, one.item, one.items))
    awaiting = f", {one.awaiting} awaiting sign-off" if one.awaiting else ""
    lead = f"**{many} outstanding, {one.overdue} overdue**{awaiting}, as at {day(one.judged_on)}."
    return " ".join(each for each in (lead, "" if service_id else _flow(shown, one.register_id), *_doubts(one)) if each)


def _flow(shown: Snapshot, register_id: str) -> str:
    """ "Since 31 October 2024: 6 were opened and 4 were signed off; 5 became overdue …"; "" for a first count."""
    latest = flow.latest(shown)
    held = {one.stock: one for one in rows_of(latest[latest["register_id"] == register_id])}
    told = [flow_words.why(held[stock]) for stock in ("open", "overdue") if stock in held]
    said = "; ".join(f"of the overdue, {each}" if at else each for at, each in enumerate(told) if each)
    return f"Since {day(held['overdue'].since)}: {said}." if said and "overdue" in held else ""


def _doubts(one: Any) -> Iterator[str]:
    if one.predicted_late:
        yield f"{count(one.predicted_late, 'more is', 'more are')} predicted late."
    if one.contradicted:
        yield f"The dates contradict the status reported of {count(one.contradicted, one.item, one.items)}."


def newly_overdue(shown: Snapshot, one: Any, service_id: str) -> list[Any]:
    """The items that are overdue now and were not at the count before the last, the longest late first."""
    if pd.isna(one.since) or not one.newly:
        return []
    late = items.items(shown, one.register_id, Asked("overdue", service_id))
    return list(rows_of(late[(late["due"] >= one.since) | (late["opened"] > one.since)]))


def decide(newly: Sequence[tuple[Any, Any]]) -> str:
    """Ask those whose recommendations have become overdue."""
    if not newly:
        return ""
    first, _ = newly[0]
    owners = list(dict.fromkeys(late.owner for _, late in newly if late.owner))
    many = as_text(count(len(newly), first.item, first.items))
    has = "has" if len(newly) == 1 else "have"
    from_whom = f" ({as_text('; '.join(owners[:3]))}{' and others' if len(owners) > 3 else ''})" if owners else ""
    return f"**Ask why {many} {has} become overdue** since {day(first.since)}{from_whom}."


def sheets(newly: Sequence[tuple[Any, Any]]) -> tuple[part.Sheet, ...]:
    """The newly overdue, by name and post."""
    if not newly:
        return ()
    first, _ = newly[0]
    return part.sheet(
        f"**Newly overdue, since {day(first.since)}.**",
        (row(one.item, late) for one, late in newly),
        f"{first.items} that have become overdue since {day(first.since)}, with the post that answers",
        "; the register has the others",
    )


def row(called: str, late: Any) -> dict[str, str]:
    """An overdue item: its name, post, original date, how late and how often re-dated."""
    moved = f", re-dated {count(int(late.times_redated), 'time')}" if late.times_redated else ""
    return {
        as_text(called[:1].upper() + called[1:]): addresses.item_link(late.register_id, late.item_id, late.title),
        "Owner": actions.owner(late.owner),
        "Original due date": f"{short_day(late.due)}{moved}",
        "Late": count(int(late.days_late), "day"),
        "Priority": as_text(late.priority or "–"),
    }
