"""The golden thread of a goal: each action with why it stands so, its milestones, its measures and its service."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import filters, lists, rows, snapshot, sparklines, status
from pages.components.dates import day, short_day
from pages.components.figures import target
from pages.components.palette import Palette, palette
from pages.components.plan import courses
from pages.components.registers import addresses, item_states
from pages.components.states import as_text, guarded, nothing
from scorecard.snapshot import measures as every_measure
from scorecard.snapshot.recent import recent
from scorecard.snapshot.registers import plan
from scorecard.snapshot.store import Snapshot
from scorecard.wording import figure

NARROWEST: Final = 420
"""Pixels an action needs before two stand side by side."""
A_PAGE: Final = 12
"""Actions that stand on one page."""
_PRESSING: Final = ("late", "predicted_late", "on_course")
_NEVER: Final = pd.Timestamp(2262, 1, 1)
_WORST_FIRST: Final = ("red", "amber", "green")
Key = tuple[str, str]
"""A register and an item of it."""


@dataclass(frozen=True)
class Thread:
    """The actions of a goal as markdown: a card for each that is to be done, a line for each that is over."""

    cards: tuple[str, ...]
    over: tuple[str, ...]


def _thread(shown: Snapshot, goal_id: str, colours: Palette) -> Thread:
    frame = plan.actions(shown)
    held = list(rows.of(frame[frame["goal_id"] == goal_id]))
    parts: dict[Key, list[Any]] = defaultdict(list)
    for each in rows.of(plan.milestones(shown)):
        parts[(each.register_id, each.action_id)].append(each)
    measured = lines_of_measures(shown, colours)
    to_do = sorted((one for one in held if one.state not in ("closed", "withdrawn")), key=_order)
    over = [one for one in held if one.state in ("closed", "withdrawn")]
    return Thread(
        tuple(_card(one, parts[(one.register_id, one.item_id)], measured) for one in to_do),
        tuple(_over(one) for one in sorted(over, key=lambda one: one.ended, reverse=True)),
    )


_threads = snapshot.remembered(_thread)


def show(goal_id: str) -> None:
    """The actions of a goal that are to be done, those that press first; the others folded away."""
    held = _threads(goal_id, palette())
    if not held.cards and not held.over:
        nothing("No action of a register is shown for this goal.")
        return
    st.markdown("Those that are late come first. Links in the cards open in a new tab.")
    page = filters.page_of(pd.DataFrame({"card": held.cards}), A_PAGE, f"{goal_id}_page")
    with st.grid(2, min_column_width=NARROWEST):
        for words in page["card"]:
            with guarded("This action"), st.container(border=True, height="stretch"):
                st.markdown(words)
    lists.folded(held.over, f"{courses.actions(len(held.over)).capitalize()} complete or withdrawn")


def lines_of_measures(shown: Snapshot, colours: Palette) -> Mapping[str, str]:
    """Measure → a line of markdown: its name, latest figure, status, direction and course."""
    figures = recent(shown)
    return {
        one.measure_id: _measure(one, figures.get(one.measure_id, ()), colours)
        for one in rows.of(every_measure.latest(shown))
    }


def _order(one: Any) -> tuple[int, int, pd.Timestamp, str]:
    rating = _WORST_FIRST.index(one.rating) if one.rating in _WORST_FIRST else len(_WORST_FIRST)
    due = _NEVER if pd.isna(one.due) else pd.Timestamp(one.due)
    return _PRESSING.index(courses.course(one)), rating, due, str(one.title)


def _card(one: Any, parts: Sequence[Any], measured: Mapping[str, str]) -> str:
    why = f"**Why:** {as_text(one.reason)}" if one.reason else ""
    return "\n\n".join(
        part for part in (_head(one), _facts(one), _late(one), why, _way_forward(one), _parts(one, parts),
                          _measures(one, measured)) if part
    )  # fmt: skip


def _head(one: Any) -> str:
    rated = item_states.rating(one.rating) if one.rating else ""
    was = f" was {item_states.RATING_WORDS[one.rating_before].lower()}" if _has_turned(one) else ""
    named = addresses.item_link(one.register_id, one.item_id, one.title)
    state = item_states.state(one.state, has_date=not pd.isna(one.due))
    return f"**{named}**  \n{rated}{was} {state}".strip()


def _has_turned(one: Any) -> bool:
    return bool(one.rating and one.rating_before and one.rating_before != one.rating)


def _facts(one: Any) -> str:
    moved = ""
    if one.times_redated:
        moved = f", moved to {day(one.current_due)}"
    due = f"due {day(one.due)}{moved}" if not pd.isna(one.due) else "no due date"
    done = "" if pd.isna(one.done) else f"{one.done:.0f}% done"
    service = f"[{as_text(one.service)}](service?service={one.service_id})" if one.service else ""
    owner = addresses.link(one.owner, addresses.of_owner(one.owner)) if one.owner else "**no owner**"
    return " · ".join(part for part in (owner, service, due, done) if part)


def _late(one: Any) -> str:
    """Why it is late or will be; nothing of what is in hand."""
    return as_text(one.sentence) if courses.course(one) != "on_course" else ""


def _way_forward(one: Any) -> str:
    if one.way_forward:
        return f"**Agreed way forward:** {as_text(one.way_forward)}"
    return "**No way forward has been agreed.**" if one.rating in ("red", "amber") else ""


def _parts(one: Any, parts: Sequence[Any]) -> str:
    """Milestones, the ones to be done with their dates."""
    kept = [each for each in parts if each.state != "withdrawn"]
    if not kept:
        return ""
    done = sum(each.state == "closed" for each in kept)
    lines = [f"**Milestones:** {done} of {len(kept)} done"]
    lines += [
        f"- {as_text(_within(one, each))}{_by(each)} {item_states.state(each.state, has_date=not pd.isna(each.due))}"
        for each in kept
        if each.state != "closed"
    ]
    return "\n".join(lines)


def _within(one: Any, part: Any) -> str:
    """The title of a milestone, less that of its action."""
    said = str(part.title).removeprefix(f"{one.title}: ")
    return f"{said[:1].upper()}{said[1:]}"


def _by(one: Any) -> str:
    return "" if pd.isna(one.due) else f", due {short_day(one.due)}"


def _measures(one: Any, measured: Mapping[str, str]) -> str:
    held = [measured[each] for each in one.measures if each in measured]
    if not held:
        return "**No measure is shown for it.**"
    return "\n".join([f"**{'Measure' if len(held) == 1 else 'Measures'}:**", *(f"- {line}" for line in held)])


def _measure(one: Any, figures: Sequence[float | None], colours: Palette) -> str:
    named = f"[{as_text(one.title)}](measure?measure={one.measure_id})"
    if one.stage != "live":
        return f"{named} {status.stage(one.stage)}"
    if not one.period:
        return f"{named}: no figure yet"
    goal = target(one.target_low, one.target_high, one.unit, one.decimals)
    aimed = f", target {as_text(goal)}" if goal else ""
    way = "" if one.last_period == "unknown" else f" {status.direction(one.last_period)}"
    level = float(one.target_low) if one.target_low == one.target_high else None
    picture = sparklines.picture(figures, _words(one, figures), colours, level)
    shown = as_text(figure(one.value, one.unit, one.decimals, one.marker))
    return f"{named}: **{shown}** in {as_text(one.period)}{aimed} {status.status(one.status)}{way} {picture}".rstrip()


def _words(one: Any, figures: Sequence[float | None]) -> str:
    """The picture of a measure's course in words; "" for fewer than two figures."""
    known = [each for each in figures if each is not None]
    if len(known) < 2:
        return ""
    first, last = (figure(each, one.unit, one.decimals) for each in (known[0], known[-1]))
    return f"{one.title}: its last {len(figures)} periods, from {first} to {last}"


def _over(one: Any) -> str:
    named = addresses.item_link(one.register_id, one.item_id, one.title)
    owner = f" ({as_text(one.owner)})" if one.owner else ""
    return f"{named}{owner}: {as_text(one.sentence)}"
