"""Files and notes as lists: their long names wrap on a phone, where a table would have to be scrolled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import snapshot
from pages.components.dates import day
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot import quality
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MOST_SHOWN: Final = 200
"""Lines of one list on a page."""
MOST_CARDS: Final = 5
"""Lines that stand open before the others are folded away."""
_FOLDED: Final[Mapping[str, str]] = {
    "part_loaded": "loaded in part",
    "loaded": "loaded",
    "unmatched": "not recognised",
    "withdrawn": "withdrawn",
    "identical": "the same as another",
}
"""What became of a file, in words."""


@dataclass(frozen=True)
class Outcome:
    """The files of which the same became, a line each."""

    words: str
    is_refused: bool
    lines: tuple[str, ...]


def _files(shown: Snapshot, sources: Sources) -> tuple[Outcome, ...]:
    lines: dict[str, list[str]] = {outcome: [] for outcome in ("refused", *_FOLDED)}
    for one in rows_of(quality.files(shown, sources)):
        used = "" if one.outcome not in ("loaded", "part_loaded") or pd.isna(one.rows_accepted) else _used(one)
        lines.setdefault(one.outcome, []).append(f"{as_text(one.path)}: {used}first seen {day(one.first_seen_at)}")
    return tuple(
        Outcome(_FOLDED.get(outcome, outcome), outcome == "refused", tuple(its)) for outcome, its in lines.items()
    )


_outcomes = snapshot.remembered(_files)


def files(sources: Sources, *, named: bool) -> None:
    """What became of each file: the refused ones first, the others folded away. Not `named`: only counts."""
    refused, *others = _outcomes(sources)
    many = count(len(refused.lines), "file")
    st.markdown(f"**{many} refused.**" if refused.lines else "No file was refused.")
    if not named:
        told = [f"- {count(len(each.lines), 'file')} {each.words}" for each in others if each.lines]
        st.markdown("\n".join([*told, "- The names of files are shown to officers only."]))
        return
    _draw(refused.lines)
    for each in others:
        folded(each.lines, f"{count(len(each.lines), 'file')} {each.words}")


def _used(file: Any) -> str:
    return f"{count(file.rows_accepted, 'row')} used, {count(file.rows_set_aside, 'row')} set aside, "


def folded(lines: Sequence[str], label: str) -> None:
    """Lines of safe markdown under a label, folded away; nothing where there are none."""
    if lines:
        with st.expander(label):
            _draw(lines)


def _draw(lines: Sequence[str]) -> None:
    if len(lines) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(lines):,}.")
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines[:MOST_SHOWN]))
