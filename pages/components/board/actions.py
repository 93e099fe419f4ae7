"""Actions of the plan, and projects: what is red or amber, what has turned since last quarter, and what was agreed."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from pages.components.board import part
from pages.components.board.part import Part
from pages.components.dates import day, short_day
from pages.components.registers import addresses, item_states
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.snapshot.registers import board
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

POOR: Final = ("red", "amber")


def _rated(shown: Snapshot, agenda: str, service_id: str) -> pd.DataFrame:
    return board.rated(shown, agenda, service_id)


rated = remembered(_rated)


def _actions(shown: Snapshot, service_id: str) -> Part:
    registers = part.registers_of("actions", service_id)
    if not registers:
        return part.not_declared("actions", "the actions of the plan")
    held = list(rows_of(rated("actions", service_id)))
    said = [part.nothing_counted(one.title) for one in registers if pd.isna(one.counted_to)]
    if len(said) < len(registers):
        said.append(told(held, registers))
    return Part(
        " ".join(said), decide(held, registers[0]), rows(held, registers[0].item),
        (*(part.to_register(one.register_id, one.title) for one in registers), part.Way("plan", "The council plan")),
    )  # fmt: skip


made = remembered(_actions)


def told(held: Sequence[Any], registers: Sequence[Any]) -> str:
    """ "**5 red and 7 amber** of 60 open actions, 3 more than at 30 June 2026 (2 more red and 1 more amber)."."""
    now, then = ({rating: _how_many(held, name, rating) for rating in POOR} for name in ("rating", "rating_then"))
    every = sum(one.whole for one in registers)
    named = count(int(every), f"open {registers[0].item}", f"open {registers[0].items}")
    lead = f"**{now['red']} red and {now['amber']} amber** of {as_text(named)}"
    before = _before(held)
    if before is None:
        return f"{lead}. There is no report of an earlier quarter to compare with. {overdue(registers)}"
    more = sum(now.values()) - sum(then.values())
    told = f"{_change(more)} than" if more else "as many as"
    moved = {rating: now[rating] - then[rating] for rating in POOR}
    parts = joined([f"{abs(by)} {'more' if by > 0 else 'fewer'} {rating}" for rating, by in moved.items() if by])
    split = f" ({parts})" if parts else ""
    turned = sum(one.has_turned for one in held)
    worse = f"{count(turned, 'has', 'have')} turned for the worse since." if turned else "None has turned since."
    return f"{lead}, {told} at {day(before)}{split}. {worse} {overdue(registers)}"


def overdue(registers: Sequence[Any]) -> str:
    """How many are past their ORIGINAL date, parts among them, and how many will be."""
    late, will = (sum(int(getattr(one, name)) for one in registers) for name in ("overdue", "predicted_late"))
    more = f", and {will} more {'is' if will == 1 else 'are'} predicted late" if will else ""
    as_at = day(max(one.judged_on for one in registers))
    return f"With their parts, {late or 'none'} {'is' if late < 2 else 'are'} overdue as at {as_at}{more}."


def decide(held: Sequence[Any], register: Any) -> str:
    """What to agree: a way forward where there is none, else whether those that have turned are in hand."""
    now = [one for one in held if one.rating in POOR]
    without = [one for one in now if not one.way_forward]
    if without:
        many = count(len(without), f"red or amber {register.item}", f"red or amber {register.items}")
        have = "has" if len(without) == 1 else "have"
        return f"**Agree a way forward** for {as_text(many)} that {have} none: {_named(without)}."
    turned = [one for one in now if one.has_turned]
    if turned:
        many = as_text(count(len(turned), register.item, register.items))
        return f"**Confirm the way forward** for {many} that turned for the worse since last quarter: {_named(turned)}."
    return ""


def rows(held: Sequence[Any], item: str) -> tuple[part.Sheet, ...]:
    """A table of what is red or amber now: rating, then, reason, way forward and owner."""
    called = as_text(item[:1].upper() + item[1:])
    return part.sheet(
        "**Red and amber now, those that have turned first.**",
        (_row(one, called) for one in held if one.rating in POOR),
        f"Every {item} that is red or amber, with its reason and the agreed way forward",
        "; the register has the others",
    )


def _row(one: Any, called: str) -> dict[str, str]:
    since = f" since {short_day(one.rating_since)}" if not pd.isna(one.rating_since) else ""
    then = "" if pd.isna(one.before_on) else f" (was {_was(one.rating_then)})"
    return {
        f"{called} and owner": f"{addresses.item_link(one.register_id, one.item_id, one.title)}, {owner(one.owner)}",
        "Rated": f"{item_states.rating(one.rating)}{since}{then if one.has_turned else ''}",
        "Why": as_text(one.reason or "no reason given"),
        "Way forward agreed": as_text(one.way_forward) if one.way_forward else "**none yet**",
    }


def owner(post: str | None) -> str:
    """A post with a link to everything on it; that there is none, where there is none."""
    return addresses.link(post, addresses.of_owner(post)) if post else "no owner"


def _was(rating: str | None) -> str:
    return item_states.RATING_WORDS.get(rating or "", "not there").lower()


def _how_many(held: Sequence[Any], column: str, rating: str) -> int:
    return sum(getattr(one, column) == rating for one in held)


def _before(held: Sequence[Any]) -> Any:
    days = [one.before_on for one in held if not pd.isna(one.before_on)]
    return max(days, default=None)


def _change(by: int) -> str:
    return f"{abs(by)} {'more' if by > 0 else 'fewer'}"


def _named(held: Sequence[Any]) -> str:
    """The first three by title."""
    names = [as_text(one.title) for one in held[:3]]
    more = len(held) - len(names)
    return f"{', '.join(names)} and {more} more" if more else joined(names)
