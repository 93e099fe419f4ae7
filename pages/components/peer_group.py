"""Whom the council is compared with, and which measures cannot be."""

import pandas as pd
import streamlit as st

from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.snapshot.peer_ranges import group, not_compared
from scorecard.snapshot.store import Snapshot
from scorecard.wording import joined


def _group_in_words(shown: Snapshot) -> str:
    frame = group(shown)
    if frame.empty:
        return ""
    names = joined([as_text(each) for each in frame["name"]])
    return f"{as_text(frame['peer_group'].iloc[0])}: {names}."


def _not_compared_in_words(shown: Snapshot) -> tuple[str, ...]:
    """What could not be compared: one line for each measure with a reason, one for all that home has no figure of."""
    frame = not_compared(shown)
    with_home = frame[frame["has_home"]]
    lines = [f"**{as_text(one.title)}:** {as_text(_why(one.sentence))}" for one in rows_of(with_home)]
    without = frame[~frame["has_home"].astype(bool)]
    if len(without):
        lines.append(f"**No figure of our own:** {_titles(without)}.")
    return tuple(lines)


def _why(sentence: str | None) -> str:
    if sentence is None:
        return "No period is shared with at least half of the councils that have figures."
    said = sentence.rpartition(": ")[2] or sentence
    return f"{said[:1].upper()}{said[1:]}"


def _titles(frame: pd.DataFrame) -> str:
    return joined([as_text(each) for each in frame["title"]])


def _size(shown: Snapshot) -> int:
    """How many councils the group has."""
    return len(group(shown))


group_in_words = remembered(_group_in_words)
size = remembered(_size)
not_compared_in_words = remembered(_not_compared_in_words)


def show() -> None:
    """Folded: the councils of the group, how a comparison is made, and what is left out and why."""
    members, left_out = group_in_words(), not_compared_in_words()
    if members:
        with st.expander("Who these councils are, and how they are compared"):
            st.markdown(
                f"{members}\n\nA measure is compared in the latest period for which we and at least half of the"
                " councils with figures have one, and never with figures from before we began to count differently."
                " Better or worse than most is said beyond the middle half of the group. Places are not numbered:"
                " between neighbours in a list the difference is often chance."
            )
    if left_out:
        with st.expander("What is not compared, and why"):
            st.markdown("\n".join(f"- {each}" for each in left_out))
