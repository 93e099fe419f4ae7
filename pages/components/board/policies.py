"""Policies and strategies: how many are overdue for review, how the backlog burns down, and the risk of the rest."""

from collections import Counter
from typing import Any

import pandas as pd

from pages.components.board import audit, part
from pages.components.board.part import Part
from pages.components.dates import day
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.snapshot.registers import board, burn_down, items
from scorecard.snapshot.registers.items import Asked
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, joined

SHOWN = 5
"""Of the longest overdue."""


def _policies(shown: Snapshot, service_id: str) -> Part:
    registers = part.registers_of("policies", service_id)
    if not registers:
        return part.not_declared("policies", "policies that are out of date")
    said, late = [], []
    for one in registers:
        if pd.isna(one.counted_to):
            said.append(part.nothing_counted(one.title))
            continue
        said += [_standing(one), burnt(shown, one.register_id) if not service_id else ""]
        late += [(one, each) for each in rows_of(items.items(shown, one.register_id, Asked("overdue", service_id)))]
    risks = at_risk(shown, service_id)
    return Part(
        " ".join(each for each in [*said, risks] if each), decide(registers, risks),
        part.sheet("**The longest overdue.**", (audit.row(one.item, each) for one, each in late[:SHOWN]),
                   "The reviews that have been overdue longest, with the post that answers"),
        tuple(part.Way("register", one.title, (("register", one.register_id), ("state", "overdue")))
              for one in registers),
    )  # fmt: skip


made = remembered(_policies)


def burnt(shown: Snapshot, register_id: str) -> str:
    """ "Of 127 that were overdue at 23 July 2024, 25 have been dealt with (20%)."; nothing without a baseline."""
    held = burn_down.burn(shown, register_id)
    if held.empty or not held["backlog"].iloc[-1]:
        return ""
    first, last = held["counted_on"].iloc[0], held.iloc[-1]
    return (
        f"Of {int(last['backlog'])} that were overdue at {day(first)}, **{int(last['dealt_with'])} have been dealt "
        f"with** ({bare(float(last['share']), '%', 0)}) by {day(last['counted_on'])}."
    )


def at_risk(shown: Snapshot, service_id: str) -> str:
    """What their owners say of the risk that the overdue ones are out of date; nothing where they are not asked."""
    noted = board.noted(shown, "policies", "risk", service_id)
    late = noted[noted["is_overdue"].astype(bool)]
    if late.empty:
        return ""
    told = Counter(str(each) for each in late["said"])
    return f"{as_text(str(late['heading'].iloc[0]))}, of those overdue: {_counted(told)}."


def decide(registers: list[Any], risks: str) -> str:
    """Which of the newly overdue are still required."""
    newly = sum(int(one.newly) for one in registers)
    if not newly:
        return ""
    has = "has" if newly == 1 else "have"
    more = f" {risks}" if risks else ""
    return (
        f"**Settle whether each is still required**: {count(newly, 'review')} of policies {has} become overdue.{more}"
    )


def _standing(one: Any) -> str:
    newly = f", {one.newly} of them since {day(one.since)}" if one.newly else ""
    soon = f" {count(one.due_soon, 'more is', 'more are')} due soon." if one.due_soon else ""
    many = as_text(count(one.overdue, one.item, one.items))
    return f"**{many} overdue**{newly}, as at {day(one.judged_on)}.{soon}"


def _counted(told: Counter[str]) -> str:
    return joined([f"{many} {as_text(words)}" for words, many in told.most_common()])
