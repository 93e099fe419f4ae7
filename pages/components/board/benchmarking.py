"""Benchmarking: where the council stands outside the range of councils like it, and how old their figures are."""

from collections import Counter
from typing import Any, Final

import pandas as pd

from pages.components import peer_cards, peer_words
from pages.components.board.part import Part, Sheet, Way
from pages.components.rows import of as rows_of
from pages.components.snapshot import council, remembered
from pages.components.states import as_text
from scorecard.snapshot.peer_ranges import peer_ranges
from scorecard.snapshot.registers.board import measures_of
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MOST_SHOWN: Final = 6
"""Rows of the table; the page on peers has all."""
_WAYS: Final = (Way("peers", "All comparisons"),)


def _benchmarking(shown: Snapshot, service_id: str) -> Part:
    mine = measures_of(shown, service_id)
    compared = [one for one in rows_of(peer_ranges(shown)) if one.measure_id in mine]
    if not compared:
        return Part("No measure here can be compared with councils like ours yet.", ways=_WAYS)
    worse = [one for one in compared if peer_words.place(one) == "worse"]
    held = Counter(peer_words.place(one) for one in compared)
    name, many = as_text(str(council()["name"])), len(worse) or "none"
    said = (
        f"Of {count(len(compared), 'measure')} that can be compared, {name} is **worse than most on {many}**, better "
        f"than most on {held['better']} and in the usual range on {held['usual']}."
    )
    said = " ".join(each for each in (said, _outside(worse), _age(compared)) if each)
    return Part(said, decide(worse), _sheets(worse), _WAYS)


made = remembered(_benchmarking)


def decide(worse: list[Any]) -> str:
    """Nothing to decide but where it lies beyond every other council."""
    beyond = [one for one in worse if _is_beyond(one)]
    if not beyond:
        return ""
    named = as_text(", ".join(one.title for one in beyond[:3]))
    more = f" and {len(beyond) - 3} more" if len(beyond) > 3 else ""
    return f"**Ask what others do differently** where no council like ours is worse: {named}{more}."


def _sheets(worse: list[Any]) -> tuple[Sheet, ...]:
    if not worse:
        return ()
    shown = worse[:MOST_SHOWN]
    left = f" The first {len(shown)} of {len(worse)}." if len(shown) < len(worse) else ""
    table = peer_cards.in_a_table(tuple(one.measure_id for one in shown))
    return (Sheet(f"**Worse than most councils like ours.**{left}", table, "Measures that are worse than most"),)


def _outside(worse: list[Any]) -> str:
    beyond = sum(_is_beyond(one) for one in worse)
    return f"On {beyond} of these no council like it is worse." if beyond else ""


def _is_beyond(one: Any) -> bool:
    """Whether home lies on the bad side of every other council."""
    return bool(one.home > one.high if one.polarity == "lower" else one.home < one.low)


def _age(compared: list[Any]) -> str:
    older = [int(one.older_by) for one in compared if not pd.isna(one.older_by) and one.older_by > 0]
    if not older:
        return "The figures of the others are as new as our own."
    return f"On {len(older)} the figures of the others are older than our own, by up to {count(max(older), 'month')}."
