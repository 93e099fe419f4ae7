"""An exception as a card of stacked lines: as readable on a phone as on a desk. Every word is made once a snapshot."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from pages.components import courses, dates, links, rows, snapshot, status
from pages.components.judgements import LABELS
from pages.components.palette import Palette
from pages.components.states import as_text
from scorecard.snapshot import attention
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

NEXT_LINE: Final = "  \n"
ONE_LINE: Final = 70
"""Letters of a sentence where an exception has one line only."""


@dataclass(frozen=True)
class Card:
    """One exception, or one piece of good news, as markdown; and where its figures are."""

    name: str
    """Measure and place, as the catalogue has them: not yet safe in markdown."""
    before: str
    """The badge that stands before the name: how grave it is, else what became of it."""
    state: str
    """The badge that stands after it: whether it is new, for how long it has held; "" of what is settled or good."""
    state_since: str
    """The same in words: "new since Oct 2026", else ""."""
    agreed: str
    """The badge of what two tests agree on, else ""."""
    sentence: str
    short: str
    """The sentence cut after a clause, for one line."""
    course: courses.Course
    since: str
    owner: str
    home: str
    """Service and theme."""
    question: str
    why: str
    """What stands behind it beyond its sentence, as a list; "" where there is nothing more."""
    measure_id: str
    area: str | None


def _every(shown: Snapshot, colours: Palette) -> tuple[Card, ...]:
    """A card for each row of `attention.every`, in its order."""
    listed = list(rows.of(attention.every(shown)))
    courses_of = courses.of_exceptions(shown, {one.measure_id: (one.unit, one.decimals) for one in listed}, colours)
    grounds: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for ground in rows.of(attention.grounds(shown)):
        grounds[(ground.measure_id, ground.area_code, ground.part, ground.exception_rule)].append(ground)
    return tuple(_card(one, grounds[(*_place(one), one.rule)], courses_of.get(_place(one), courses.NONE))
                 for one in listed)  # fmt: skip


every = snapshot.remembered(_every)


def draw(card: Card) -> None:
    """How grave, which measure and where, why, how it went, what to ask, since when, who answers; a click to more."""
    ask = f"**Ask:** {card.question}" if card.question else ""
    with st.container(border=True, gap="xxsmall"):
        _lines(_headline(card), card.sentence, card.course.words, ask, _foot(card))
        links.to_measure(card.measure_id, "See the figures", card.area)
        if card.why:
            with st.expander("Why it is here"):
                st.markdown(card.why)


def draw_short(card: Card) -> None:
    """What became of it and since when, without what to ask."""
    with st.container(border=True, gap="xxsmall"):
        _lines(_headline(card), card.sentence, card.course.words, _foot(card))
        links.to_measure(card.measure_id, "See the figures", card.area)


def _headline(card: Card) -> str:
    return f"{card.before} **{as_text(card.name)}** {card.state} {card.agreed}"


def _foot(card: Card) -> str:
    return f"Since {card.since} · {card.owner} · {card.home}"


def _lines(*lines: str) -> None:
    st.markdown(NEXT_LINE.join(line for line in lines if line))


def _card(one: Any, grounds: Sequence[Any], course: courses.Course) -> Card:
    name, sentence = f"{one.title}: {one.place}" if one.place else str(one.title), _said(one)
    # A lone finding that is the sentence itself would only be said twice.
    says_more = any(not str(each.sentence).endswith(sentence) for each in grounds)
    before, state = _badges(one)
    since = dates.since(one.since, one.frequency)
    return Card(
        name=name,
        before=before,
        state=state,
        state_since=f"{status.STATE_WORDS[one.state].lower()} since {since}" if state else "",
        agreed=status.confirmed() if one.confirmed and state else "",
        sentence=as_text(sentence),
        short=as_text(_cut(sentence)),
        course=course,
        since=since,
        owner=as_text(one.owner),
        home=as_text(f"{one.service} · {one.theme}"),
        question=as_text(one.question or ""),
        why=_why(grounds) if says_more else "",
        measure_id=str(one.measure_id),
        area=str(one.area_code) if one.place and not one.part else None,
    )


def _place(one: Any) -> courses.Place:
    return (str(one.measure_id), str(one.area_code), str(one.part))


def _badges(one: Any) -> tuple[str, str]:
    held = count(int(one.periods), str(one.frequency))
    if not one.adverse:
        return status.better(one.state, held), ""
    state = status.state(one.state, held, dates.day(one.accepted_until))
    if one.state in attention.SETTLED:
        return state, ""
    return status.severity(one.severity), state


def _said(one: Any) -> str:
    """The sentence without the name that stands above it."""
    named = f"{one.title}, {one.place}: " if one.place else f"{one.title}: "
    said = str(one.sentence).removeprefix(named)
    return said[:1].upper() + said[1:]


def _cut(sentence: str) -> str:
    """As many clauses of a sentence as fit on a line; the first, whatever its length."""
    kept = ""
    for clause in sentence.rstrip(".").replace("; ", ", ").split(", "):
        longer = f"{kept}, {clause}" if kept else clause
        if kept and len(longer) > ONE_LINE:
            break
        kept = longer
    return kept


def _why(grounds: Sequence[Any]) -> str:
    """Each sentence once, under all that was judged by it."""
    judged: dict[str, list[str]] = {}
    for each in grounds:
        judged.setdefault(each.sentence, []).append(LABELS.get(each.judgement, each.judgement))
    return "\n".join(f"- **{as_text(_names(names))}:** {as_text(said)}" for said, names in judged.items())


def _names(names: list[str]) -> str:
    first, *rest = dict.fromkeys(names)
    return joined([first, *(f"{each[:1].lower()}{each[1:]}" for each in rest)])
