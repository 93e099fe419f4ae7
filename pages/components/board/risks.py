"""Risks and projects: what is above appetite or stuck in red, what should be scored again, and which projects slip."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from pages.components.board import actions, part
from pages.components.board.part import Part, Sheet
from pages.components.dates import day, short_day
from pages.components.registers import addresses
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.snapshot.registers import items
from scorecard.snapshot.registers.items import Asked
from scorecard.snapshot.registers.proposals import proposals
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count


def _risks(shown: Snapshot, service_id: str) -> Part:
    registers = part.registers_of("risks", service_id)
    projects = part.registers_of("projects", service_id)
    if not registers and not projects:
        return part.not_declared("risks", "the council's risks")
    held = [one for each in registers for one in _open(shown, each, service_id)]
    again = _to_rescore(shown, {(one.register_id, one.item_id) for one in held}, every=not service_id)
    rated = list(rows_of(actions.rated("projects", service_id)))
    said = [*(_standing(each, held, again) for each in registers), *_of_projects(projects, rated)]
    return Part(
        "\n\n".join(said), decide(held, again), _sheets(held, again) + _projects(projects, rated),
        tuple(part.to_register(one.register_id, one.title) for one in [*registers, *projects]),
    )  # fmt: skip


made = remembered(_risks)


def decide(held: list[Any], again: list[Any]) -> str:
    """Score again what has moved; else say what is to be done about what is stuck."""
    if again:
        titles = list(dict.fromkeys(one.title for one in again))
        named = as_text(", ".join(titles[:3]))
        more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
        return f"**Look again at the score of {count(len(titles), 'risk')}**: {named}{more}."
    stuck = [one for one in held if one.is_stuck]
    if stuck:
        named = as_text(", ".join(one.title for one in stuck[:3]))
        return f"**Decide what else can be done** about {count(len(stuck), 'risk')} stuck in red: {named}."
    return ""


def _open(shown: Snapshot, register: Any, service_id: str) -> Iterator[Any]:
    return rows_of(items.items(shown, register.register_id, Asked("open", service_id)))


def _to_rescore(shown: Snapshot, mine: set[tuple[str, str]], *, every: bool) -> list[Any]:
    """The proposals whose cause is later than the last change of the score."""
    return [
        one
        for one in rows_of(proposals(shown))
        if pd.isna(one.rescored_on) and (every or (one.register_id, one.item_id) in mine)
    ]


def _standing(register: Any, held: list[Any], again: list[Any]) -> str:
    if pd.isna(register.counted_to):
        return part.nothing_counted(register.title)
    mine = sum(one.register_id == register.register_id for one in held)
    risks = len({one.item_id for one in again if one.register_id == register.register_id})
    return (
        f"Of {as_text(count(mine, register.item, register.items))}, **{register.above or 'none'} above appetite** and "
        f"**{register.stuck or 'none'} stuck in red**, as at {day(register.judged_on)}. "
        f"{count(risks, 'score') if risks else 'No score'} should be looked at again."
    )


def _sheets(held: list[Any], again: list[Any]) -> tuple[Sheet, ...]:
    above = [one for one in held if one.is_stuck or (not pd.isna(one.appetite) and one.residual > one.appetite)]
    above.sort(key=lambda one: (-one.residual, not one.is_stuck, one.title))
    return part.sheet(
        "**Above appetite, or stuck in red.**", map(_risk, above),
        "Risks above appetite or stuck in red, with score and owner", "; the register has the others",
    ) + part.sheet(
        "**To score again.**", _by_risk(again), "Risks whose score should be looked at again, and because of what",
        "; the register has the others",
    )  # fmt: skip


def _risk(one: Any) -> dict[str, str]:
    stuck = f" stuck since {short_day(one.red_since)}" if one.is_stuck else ""
    return {
        "Risk": addresses.item_link(one.register_id, one.item_id, one.title),
        "Score": f"**{int(one.residual)}**{stuck}",
        "Appetite": "–" if pd.isna(one.appetite) else str(int(one.appetite)),
        "Target": "–" if pd.isna(one.target_score) else str(int(one.target_score)),
        "Owner": actions.owner(one.owner),
    }


def _by_risk(again: list[Any]) -> Iterator[dict[str, str]]:
    """A row per risk with every cause to score it again."""
    for _, its in groupby(again, key=lambda one: (one.register_id, one.item_id)):
        causes = list(its)
        one = causes[0]
        yield {
            "Risk": addresses.item_link(one.register_id, one.item_id, one.title),
            "Score": "–" if pd.isna(one.residual) else f"**{int(one.residual)}**",
            "Because of": ", ".join(_cause(each) for each in causes),
            "Owner": actions.owner(one.owner),
        }


def _cause(one: Any) -> str:
    if one.cause == "measure":
        return f"{addresses.link(one.cause_title, f'measure?measure={one.cause_id}')} (an exception)"
    late = count(int(one.days_late), "day")
    return f"{addresses.item_link(one.cause_register, one.cause_id, one.cause_title)} ({late} late)"


def _of_projects(projects: list[Any], rated: list[Any]) -> list[str]:
    said = [part.nothing_counted(one.title) for one in projects if pd.isna(one.counted_to)]
    counted = [one for one in projects if not pd.isna(one.counted_to)]
    return [*said, f"**Projects:** {actions.told(rated, counted)}"] if counted else said


def _projects(projects: list[Any], rated: list[Any]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(f"**{as_text(projects[0].title)}.** {one.heading}", one.table, one.alt)
        for one in actions.rows(rated, projects[0].item)
    ) if projects else ()  # fmt: skip
