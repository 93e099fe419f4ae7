"""The exceptions of one service, a line each, with what to ask."""

from typing import Any, Final

import streamlit as st

from pages.components import dates, lists, snapshot, status
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot import services as reader
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MOST_OPEN: Final = 6
"""Exceptions that stand open before the others are folded away."""


def _lines(shown: Snapshot, service_id: str) -> tuple[str, ...]:
    return tuple(_line(one) for one in rows_of(reader.exceptions(shown, service_id)))


def _line(one: Any) -> str:
    named = f"{one.title}: {one.place}" if one.place else str(one.title)
    area = f"&area={one.area_code}" if one.area_code else ""
    said = str(one.sentence).removeprefix(f"{one.title}, {one.place}: " if one.place else f"{one.title}: ")
    held = status.state(one.state, count(int(one.periods), str(one.frequency)), dates.day(one.accepted_until))
    asked = f" **Ask:** {as_text(one.question)}" if one.question else ""
    began = as_text(dates.since(one.since, one.frequency))
    return (
        f"{status.severity(one.severity)} {held} [{as_text(named)}](measure?measure={one.measure_id}{area}): "
        f"{as_text(said[:1].upper() + said[1:])} Since {began}; owner: {as_text(one.owner)}.{asked}"
    )


of = snapshot.remembered(_lines)
"""The exceptions to act on of a service and all below it, a line of markdown each, the most pressing first."""


def show(service_id: str) -> None:
    """Every exception to act on, the most pressing first; a measure opens in a new tab."""
    lines = of(service_id)
    if not lines:
        st.markdown("No measure here needs attention: no exception rule was met.")
        return
    st.markdown("\n".join(f"- {line}" for line in lines[:MOST_OPEN]))
    lists.folded(lines[MOST_OPEN:], f"{count(len(lines) - MOST_OPEN, 'more exception')}")
