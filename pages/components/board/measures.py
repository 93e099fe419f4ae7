"""Measures: the exceptions, those that are new first."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pages.components import exception_cards, summary
from pages.components.board.part import Part, Way
from pages.components.exception_cards import Card
from pages.components.palette import Palette
from pages.components.registers import addresses
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.snapshot import attention
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

MOST_SHOWN: Final = 4
"""Lines of the new, and of those that go on."""


def _exceptions(shown: Snapshot, service_id: str) -> pd.DataFrame:
    """The exceptions to act on of a directorate or all, by their place in `attention.every`."""
    every = attention.every(shown)
    held = every[every["adverse"].astype(bool) & ~every["state"].isin(attention.SETTLED)]
    return held[held["directorate_id"] == service_id] if service_id else held


exceptions = remembered(_exceptions)


def _measures(shown: Snapshot, service_id: str, colours: Palette) -> Part:
    held, cards = exceptions(service_id), exception_cards.every(colours)
    is_new = held["state"].isin(["new", "relapsed"])
    new, going = (
        [_line(cards[place], owner) for place, owner in zip(its.index, its["owner"], strict=True)]
        for its in (held[is_new], held[~is_new])
    )
    lists = [_listed("New, or back again", new), _listed("Going on", going)]
    return Part(
        "\n\n".join([summary.of_exceptions(held), *(each for each in lists if each)]),
        decide(held, cards),
        ways=(Way("exceptions", "All exceptions"),),
    )


made = remembered(_measures)


def decide(held: pd.DataFrame, cards: Sequence[Card]) -> str:
    """Which exceptions to take up: the new ones, else those of high concern."""
    new = held[held["state"].isin(["new", "relapsed"])]
    high = held[held["severity"] == "high"]
    told, words = (new, "new") if len(new) else (high, "of high concern")
    if told.empty:
        return ""
    names = list(dict.fromkeys(as_text(cards[place].name) for place in told.index))
    more = len(names) - 3
    named = f"{', '.join(names[:3])} and {more} more" if more > 0 else joined(names)
    return f"**Choose what to take up in depth**: {count(len(told), 'exception')} {_verb(len(told))} {words} ({named})."


def _verb(many: int) -> str:
    return "is" if many == 1 else "are"


def _listed(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    left = f", the first {MOST_SHOWN} of {len(lines)}" if len(lines) > MOST_SHOWN else ""
    return "\n".join([f"**{heading}{left}:**", "", *(f"- {line}" for line in lines[:MOST_SHOWN])])


def _line(card: Card, owner: str) -> str:
    area = f"&area={card.area}" if card.area else ""
    return (
        f"{card.before} {card.state} [{as_text(card.name)}](measure?measure={card.measure_id}{area}): {card.short} "
        f"{card.course.picture} Since {card.since}; {addresses.link(owner, addresses.of_owner(owner))}."
    )
