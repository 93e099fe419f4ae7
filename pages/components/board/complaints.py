"""Complaints and the Ombudsman: in time by the Code, upheld with how sure that is, and what was learned."""

from typing import Any

import pandas as pd

from pages.components.board import part
from pages.components.board.part import Part
from pages.components.dates import day
from pages.components.registers import addresses
from pages.components.rows import of as rows_of
from pages.components.snapshot import council, remembered
from pages.components.states import as_text
from scorecard.snapshot.registers import board, clocks, tallies
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count

LEARNED = 3
"""Latest lessons that are told."""


def _complaints(shown: Snapshot, service_id: str) -> Part:
    registers = part.registers_of("complaints", service_id)
    if not registers:
        return part.not_declared("complaints", "complaints and what the Ombudsman found")
    said, limits = [], []
    for one in registers:
        if pd.isna(one.counted_to):
            said.append(part.nothing_counted(one.title))
            continue
        said.append(" ".join([_standing(one), *([] if service_id else upheld(shown, one.register_id))]))
        if not service_id:
            limits += [
                (one.title, addresses.of_register(one.register_id), each)
                for each in rows_of(clocks.kept(shown, one.register_id))
            ]
    if service_id:
        said.append("Time limits, and what was upheld, are counted for the whole council.")
    return Part(
        "\n\n".join([*said, *learned(shown, service_id)]), decide(limits),
        part.sheet("**Time limits in the last twelve months.**", (_row(*each) for each in limits),
                   "Time limits of complaints: how many were kept, and what runs"),
        tuple(part.to_register(one.register_id, one.title) for one in registers),
    )  # fmt: skip


made = remembered(_complaints)


def upheld(shown: Snapshot, register_id: str) -> list[str]:
    """What was counted in the latest financial year, shares with their exact 95% intervals; nothing without steps."""
    held = tallies.tally(shown, register_id)
    if held.empty:
        return []
    year = held[held["period_end"] == held["period_end"].max()]
    so_far = " so far" if year["period_end"].iloc[0] > council()["as_at"] else ""
    return [f"In {as_text(str(year['period'].iloc[0]))}{so_far}: {'; '.join(_step(one) for one in rows_of(year))}."]


def _step(one: Any) -> str:
    if pd.isna(one.share):
        return f"{as_text(one.title)} **{int(one.items):,}**"
    low, high = bare(one.lower, "%", 0), bare(one.upper, "%", 0)
    return (
        f"{as_text(one.title)} **{int(one.items):,} of {int(one.out_of):,}** ({bare(one.share, '%', 0)}, 95% interval "
        f"{low} to {high})"
    )


def learned(shown: Snapshot, service_id: str) -> list[str]:
    """The latest lessons as a list; nothing where none is noted."""
    noted = board.noted(shown, "complaints", "learn", service_id)
    held = list(rows_of(noted[noted["ended"].notna()].drop_duplicates("said").head(LEARNED)))
    if not held:
        return []
    lines = [f"- {_lesson(one)}" for one in held]
    return ["\n".join(["**What was learned, the latest first:**", "", *lines])]


def decide(limits: list[tuple[str, str, Any]]) -> str:
    """Ask about time limits that have passed and are not met yet."""
    late = sum(int(each.overdue) for *_, each in limits)
    if not late:
        return ""
    worst = max((each for *_, each in limits if each.overdue), key=lambda each: int(each.overdue))
    has = "has" if late == 1 else "have"
    return (
        f"**Have {count(late, 'complaint')} answered** whose time limit {has} passed, most of them at "
        f"“{as_text(worst.title)}”."
    )


def _standing(one: Any) -> str:
    many = as_text(count(one.open, one.item, one.items))
    return (
        f"**{many} open** in {as_text(one.title)}, {one.overdue or 'none'} of them overdue, as at {day(one.judged_on)}."
    )


def _row(title: str, address: str, one: Any) -> dict[str, str]:
    return {
        "Time limit": as_text(one.title),
        "Kept": _share(one.met, one.missed, one.share),
        "The year before": _share(one.met_before, one.missed_before, one.share_before),
        "Passed, not met": f"**{int(one.overdue)}**" if one.overdue else "0",
        "Running": str(int(one.running)),
        "Register": addresses.link(title, address),
    }


def _share(met: float, missed: float, share: float) -> str:
    return "none fell due" if pd.isna(share) else f"{bare(share, '%', 0)} ({int(met):,} of {int(met + missed):,})"


def _lesson(one: Any) -> str:
    return f"{as_text(one.said)} ({addresses.item_link(one.register_id, one.item_id, one.title)}, {day(one.ended)})"
