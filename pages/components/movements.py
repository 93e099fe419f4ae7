"""Is a movement real? What moved more than chance gives, in the words of the finding; the others in one sentence."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from pages.components import dates, lists, snapshot, status
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot import services as reader
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MOST_OPEN: Final = 8
"""Movements that stand open before the others are folded away."""


@dataclass(frozen=True)
class Movements:
    """What moved, a line each and bad news first, and the counts of all."""

    lines: tuple[str, ...]
    worse: int
    better: int
    usual: int
    not_judged: int


def _of(shown: Snapshot, service_id: str) -> Movements:
    frame = reader.movements(shown, service_id)
    moved = frame[frame["moved"] == "moved"]
    adverse = [None if pd.isna(each) else bool(each) for each in moved["adverse"]]
    lines = []
    for one, is_bad in zip(rows_of(moved), adverse, strict=True):
        named = f"[{as_text(one.title)}](measure?measure={one.measure_id})"
        is_dated = pd.isna(one.since) or " since " in one.sentence
        since = "" if is_dated else f" So since {as_text(dates.since(one.since, one.frequency))}."
        lines.append(f"{status.news(is_bad)} {named}: {as_text(one.sentence)}{since}")
    return Movements(
        tuple(lines),
        worse=adverse.count(True),
        better=adverse.count(False),
        usual=int((frame["moved"] == "usual").sum()),
        not_judged=int((frame["moved"] == "not_judged").sum()),
    )


of = snapshot.remembered(_of)
"""The movements of a service and all below it."""


def show(service_id: str) -> None:
    """The movements that are real, and how many others there are."""
    here = of(service_id)
    usual = count(here.usual, "measure moves", "measures move")
    silent = count(here.not_judged, "has", "have")
    if not here.lines and not here.usual:
        st.markdown("No measure here has enough figures to tell a real movement from chance.")
        return
    if here.lines:
        st.markdown("More than chance gives (a measure opens in a new tab):")
        st.markdown("\n".join(f"- {line}" for line in here.lines[:MOST_OPEN]))
        lists.folded(here.lines[MOST_OPEN:], f"{len(here.lines) - MOST_OPEN} more")
    else:
        st.markdown("**No movement here is more than chance gives.**")
    rest = f" {silent} too few or unfit figures to tell." if here.not_judged else ""
    st.markdown(f"{usual} within usual variation: a rise or fall there needs no explanation.{rest}")
