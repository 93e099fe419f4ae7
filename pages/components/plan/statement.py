"""A concise statement on a goal in one financial year, drafted from the data: each sentence with what it rests on.

Nothing is said that a figure does not carry. It is plain text: the page and the printed report say it alike.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pages.components import peer_words
from pages.components.dates import day
from pages.components.plan import courses, grounds
from scorecard import markers
from scorecard.wording import count, joined

_STANDS: Final = (
    ("on_target", "on target"), ("close", "close to target"), ("off_target", "off target"),
    ("too_few", "too few to call"),
)  # fmt: skip
_COURSES: Final = (
    ("complete", "complete"), ("on_course", "on course"), ("predicted_late", "predicted late"), ("late", "late"),
    ("withdrawn", "withdrawn"),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A sentence of the draft, and the figures it rests on."""

    sentence: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """What a goal's statement is drafted from: rows of the readers of one year."""

    year: str
    measures: Sequence[Any]
    """Of `goal_years.year_measures`."""
    actions: Sequence[Any]
    """Of `plan_years.year_actions`."""
    ratings: Sequence[Any]
    """Of `plan.ratings`; none for a year that is over."""
    risks: Sequence[Any]
    """Of `plan_years.goal_risks`; none for a year that is over."""


def drafted(held: Held) -> tuple[Said, ...]:
    """The statement, sentence by sentence: measures, direction, peers, actions, ratings, risks, and what to beware."""
    every: tuple[Callable[[Held], Iterator[Said]], ...] = (
        _measures, _directions, _peers, _actions, _ratings, _risks, _beware,
    )  # fmt: skip
    return tuple(said for each in every for said in each(held))


def _measures(held: Held) -> Iterator[Said]:
    whole = [one for one in held.measures if one.is_of_year]
    if not held.measures:
        yield Said("No measure is shown for this goal.", ("Live measures that name the goal: none",))
        return
    none = [one for one in held.measures if not one.is_of_year]
    of_all = count(len(held.measures), "measure")
    if not whole:
        yield Said(
            f"Of {of_all}, none has a figure for a period that ended in {held.year}.",
            grounds.listed(none, grounds.against),
        )
        return
    counted = [(words, [one for one in whole if one.status == key]) for key, words in _STANDS]
    counted.append(("without a target", [one for one in whole if one.status in ("no_target", "activity_only")]))
    told = [f"{len(its)} {grounds.be(len(its))} {words}" for words, its in counted if its]
    have = "has a figure" if len(whole) == 1 else "have figures"
    rests = [f"{words.capitalize()}: {grounds.titles(its)}" for words, its in counted if its]
    yield Said(f"Of {of_all}, {len(whole)} {have} in {held.year}: {joined(told)}.", tuple(rests))
    off = next(its for words, its in counted if words == "off target")
    if off:
        named = joined([one.title for one in off[:3]]) if len(off) <= 3 else f"{count(len(off), 'measure')}"
        yield Said(f"Off target by the latest figure of the year: {named}.", grounds.listed(off, grounds.against))
    if none:
        has = "1 measure has" if len(none) == 1 else f"{len(none)} measures have"
        yield Said(
            f"{has} no figure for a period that ended in {held.year}.", grounds.listed(none, grounds.latest_before)
        )


def _directions(held: Held) -> Iterator[Said]:
    known = [one for one in held.measures if one.is_of_year and one.last_year != "unknown"]
    ways = (
        ("better", "better"), ("worse", "worse"), ("same", "the same"), ("unclear", "not clearly different"),
        ("higher", "higher"), ("lower", "lower"),
    )  # fmt: skip
    counted = [(words, [one for one in known if one.last_year == key]) for key, words in ways]
    told = [f"{len(its)} {grounds.was(len(its))} {words}" for words, its in counted if its]
    if told:
        whole = f"Of {count(len(known), 'measure')} that can be compared with the same period a year before"
        yield Said(
            f"{whole}, {joined(told)}.",
            tuple(f"{words.capitalize()}: {grounds.titles(its)}" for words, its in counted if its),
        )


def _peers(held: Held) -> Iterator[Said]:
    known = [(one, peer_words.place(one)) for one in held.measures if not pd.isna(one.peers) and one.peers]
    told = [(one, place) for one, place in known if place != "few"]
    if not told:
        return
    counted = [
        (place, sum(where == place for _, where in told)) for place in ("better", "usual", "worse", "higher", "lower")
    ]
    said = joined([f"{many} {grounds.be(many)} {peer_words.PLACES[place].lower()}" for place, many in counted if many])
    yield Said(
        f"Of {count(len(told), 'measure')} that can be compared with councils like ours, {said}.",
        tuple(grounds.peers_of(one) for one, _ in told[: grounds.MOST]) + grounds.more(told),
    )


def _actions(held: Held) -> Iterator[Said]:
    if not held.actions:
        yield Said(f"No action of {held.year} is shown for this goal.", ("Actions that name the goal: none",))
        return
    on = day(held.actions[0].as_at)
    counted = [(words, [one for one in held.actions if one.came_to == key]) for key, words in _COURSES]
    told = [f"{len(its)} {grounds.be(len(its))} {words}" for words, its in counted if its]
    late = [one for one in held.actions if one.came_to == "late"]
    after = [one for one in held.actions if one.came_to == "complete" and one.days_late]
    rests = [f"{words.capitalize()}: {grounds.titles(its)}" for words, its in counted if its and words != "late"]
    yield Said(
        f"Of {courses.actions(len(held.actions))} in hand in {held.year}, {joined(told)}, as at {on}.",
        tuple(rests) + grounds.listed(late, lambda one: f"Late: {one.title}, {grounds.days(one)} past {day(one.due)}"),
    )
    if after:
        came = "1 of those complete came" if len(after) == 1 else f"{len(after)} of those complete came"
        yield Said(
            f"{came} after its original date." if len(after) == 1 else f"{came} after their original dates.",
            grounds.listed(after, lambda one: f"{one.title}: {grounds.days(one)} after {day(one.due)}"),
        )


def _ratings(held: Held) -> Iterator[Said]:
    if not held.ratings:
        return
    red, amber, more, since = courses.rated(held.ratings)
    moved = "" if more is None else f", {courses.increase(more)} on {day(since)}"
    rests = [f"Red now: {red}", f"Amber now: {amber}"]
    if more is not None:
        rests.append(f"Red and amber on {day(since)}: {red + amber - more}")
    yield Said(f"Their owners rate {red} red and {amber} amber{moved}.", tuple(rests))


def _risks(held: Held) -> Iterator[Said]:
    if not held.risks:
        return
    red = [one for one in held.risks if one.band == "red"]
    stuck = [one for one in red if one.is_stuck]
    bear = "1 open risk bears" if len(held.risks) == 1 else f"{len(held.risks)} open risks bear"
    long = f", {len(stuck)} of them stuck: red for longer than the register allows" if stuck else ""
    yield Said(
        f"{bear} on it, {len(red) or 'none'} of them scored red{long}.",
        grounds.listed(held.risks, grounds.risk_in_words),
    )


def _beware(held: Held) -> Iterator[Said]:
    """What is provisional, estimated or revised, and what rests on small counts."""
    of_year = [one for one in held.measures if one.is_of_year]
    for marker in dict.fromkeys(one.marker for one in of_year if one.marker):
        its = [one for one in of_year if one.marker == marker]
        many = "1 of these figures is" if len(its) == 1 else f"{len(its)} of these figures are"
        yield Said(
            f"{many} {markers.in_words(marker)}.", grounds.listed(its, lambda one: f"{one.title}: {grounds.shown(one)}")
        )
    small = [one for one in of_year if one.is_small or one.status == "too_few"]
    if small:
        rest = "1 measure rests" if len(small) == 1 else f"{len(small)} measures rest"
        yield Said(
            f"{rest} on small counts, so that one case more or fewer moves the figure.",
            grounds.listed(small, lambda one: f"{one.title}: {grounds.shown(one)}"),
        )
