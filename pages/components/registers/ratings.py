"""How owners rate their items now and in the report before: which turned red or amber, and where parts disagree."""

from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import lists, snapshot, tables
from pages.components.dates import short_day
from pages.components.registers import addresses, item_states
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import ratings
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

NAMED: Final = 8
"""Items named before the others are folded away."""
_RATINGS: Final = item_states.RATING_WORDS


def show(register_id: str) -> None:
    """The ratings, how many more are red and amber, each of them named; nothing for a register without ratings."""
    held = _ready(register_id)
    if held is None:
        return
    sentence, table = held
    st.header("Ratings against the report before")
    st.markdown(sentence)
    tables.draw(table, "How many are rated red, amber, green and complete, now and in the report before")
    turned, still, against = _named(register_id)
    if turned:
        st.markdown("**Worse than in the report before:**\n\n" + "\n".join(f"- {line}" for line in turned[:NAMED]))
        lists.folded(turned[NAMED:], f"{count(len(turned) - NAMED, 'other')} rated worse than before")
    lists.folded(still, f"{len(still):,} red or amber as before")
    if against:
        st.subheader("The whole against its parts")
        st.markdown("\n".join(f"- {line}" for line in against))


def _made(shown: Snapshot, register_id: str) -> tuple[str, pa.Table] | None:
    frame = ratings.ratings(shown, register_id)
    if frame.empty:
        return None
    held = {one.rating: one for one in rows_of(frame)}
    rows = [
        {
            "Rating": item_states.rating(one.rating),
            "Now": f"{one.items:,}",
            "In the report before": f"{one.before:,}",
            "Change": f"{one.items - one.before:+,}" if one.items != one.before else "none",
        }
        for one in held.values()
    ]
    parts = [_change(held[name], _RATINGS[name].lower()) for name in ("red", "amber") if name in held]
    said = "; ".join(parts) if parts else "none is red or amber now or was before"
    return f"**{said[:1].upper()}{said[1:]}.**", tables.ready(rows)


_ready = snapshot.remembered(_made)


def _change(one: Any, words: str) -> str:
    """ "7 are red, 2 more than in the report before"."""
    change = int(one.items) - int(one.before)
    against = f"{abs(change):,} {'more' if change > 0 else 'fewer'} than" if change else "as many as"
    many = f"{one.items:,} {'is' if one.items == 1 else 'are'}" if one.items else "none is"
    return f"{many} {words}, {against} in the report before"


def _lines(shown: Snapshot, register_id: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    frame = ratings.turned(shown, register_id)
    worse = frame["has_worsened"].astype(bool)
    turned = tuple(_line(register_id, one) for one in rows_of(frame[worse]))
    still = tuple(_line(register_id, one) for one in rows_of(frame[~worse]))
    against = tuple(_against(register_id, one) for one in rows_of(ratings.against_parts(shown, register_id)))
    return turned, still, against


_named = snapshot.remembered(_lines)


def _line(register_id: str, one: Any) -> str:
    named = addresses.item_link(register_id, one.item_id, one.title)
    post = f" ({as_text(one.owner)})" if one.owner else ""
    was = f", was {_RATINGS[one.rating_before].lower()}" if one.has_worsened else ""
    since = f", since {short_day(one.rating_since)}" if not was and not pd.isna(one.rating_since) else ""
    why = f": {as_text(one.reason)}" if one.reason else ""
    forward = f" **Agreed way forward:** {as_text(one.way_forward)}" if one.way_forward else ""
    return f"{item_states.rating(one.rating)} {named}{post}{was}{since}{why}{forward}"


def _against(register_id: str, one: Any) -> str:
    named = addresses.item_link(register_id, one.item_id, one.title)
    parts = count(int(one.parts), "part")
    if one.is_worse:
        best = "its part is" if one.parts == 1 else f"its {parts} are better: the worst is"
        why = f"{best} {_RATINGS[one.worst].lower()}"
    else:
        why = f"the worst of its {parts} is {_RATINGS[one.worst].lower()}"
    late = f", and {count(int(one.overdue), 'part is', 'parts are')} overdue" if one.overdue else ""
    return f"{item_states.rating(one.rating)} {named}, but {why}{late}."
