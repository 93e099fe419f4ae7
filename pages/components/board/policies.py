"""Policies and strategies: how many are overdue for review, how the backlog burns down, and the risk of the rest."""

from typing import Any, Final

import pandas as pd

from pages.components.board import audit, part
from pages.components.board.part import Part
from pages.components.dates import day
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.snapshot.registers import burn_down, declared, items, tallies
from scorecard.snapshot.registers.items import Asked
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, joined

SHOWN: Final = 3
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
        said.append(_standing(one))
        if not service_id:
            said += [burnt(shown, one.register_id), asked(shown, one.register_id)]
        late += [(one, each) for each in rows_of(items.items(shown, one.register_id, Asked("overdue", service_id)))]
    return Part(
        " ".join(each for each in said if each), decide(registers),
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
    aim = declared.register(shown, register_id)
    wanted = f" by {day(aim['baseline_by'])}" if aim["baseline_by"] else ""
    goal = f"; the aim is {bare(aim['baseline_target'], '%', 0)}{wanted}" if aim["baseline_target"] else ""
    return (
        f"Of {int(last['backlog'])} that were overdue at {day(first)}, **{int(last['dealt_with'])} have been dealt "
        f"with** ({bare(float(last['share']), '%', 0)}) by {day(last['counted_on'])}{goal}."
    )


def asked(shown: Snapshot, register_id: str) -> str:
    """What owners say of the overdue ones, where the register asks: the risk of being out of date, still required?"""
    held = tallies.breakdowns(shown, register_id)
    late = held[(held["overdue"] > 0) & held["dimension_title"].str.casefold().str.contains("risk|required")]
    told = [
        f"{as_text(str(title).rstrip('?'))}: "
        f"{joined([f'{one.overdue} {as_text(str(one.category))}' for one in rows_of(its)])}"
        for title, its in late.groupby("dimension_title", sort=False)
    ]
    return f"Of the overdue, {'; '.join(told)}." if told else ""


def decide(registers: list[Any]) -> str:
    """Whether those that have become overdue are still required."""
    newly = sum(int(one.newly) for one in registers)
    if not newly:
        return ""
    has = "has" if newly == 1 else "have"
    return (
        f"**Settle whether each is still required**: {count(newly, 'policy', 'policies')} {has} become overdue for "
        f"review since {day(next(one.since for one in registers if one.newly))}."
    )


def _standing(one: Any) -> str:
    newly = f", {one.newly} of them since {day(one.since)}" if one.newly else ""
    soon = f" {count(one.due_soon, 'more is', 'more are')} due soon." if one.due_soon else ""
    many = as_text(count(one.overdue, one.item, one.items))
    return f"**{many} overdue**{newly}, as at {day(one.judged_on)}.{soon}"
