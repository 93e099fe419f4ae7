"""What a page shows when it has nothing to show, old figures or a fault: a plain card, never a stack trace."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from pages.components import dates, snapshot
from scorecard.errors import CouncilError
from scorecard.settings import read_settings
from scorecard.snapshot.health import what_is_stale
from scorecard.snapshot.store import Snapshot

_log = logging.getLogger("scorecard.pages")
_ADDRESS: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)


def nothing(sentence: str) -> None:
    """An empty state, in words."""
    st.info(sentence, icon=":material/info:")


def plain(fault: CouncilError) -> None:
    """A fault that was expected: what happened, why, and what to do."""
    with st.container(border=True):
        st.markdown(f":material/warning: **{as_text(fault.what)}**")
        if fault.why:
            st.markdown(f"Why: {as_text(fault.why)}")
        if fault.fix:
            st.markdown(f"What to do: {as_text(fault.fix)}")


@contextmanager
def guarded(element: str) -> Iterator[None]:
    """Keep a fault in one element of a page from taking the rest of the page with it."""
    try:
        yield
    except CouncilError as fault:
        _log.warning("%s: %s", element, fault)
        plain(fault)
    except Exception:
        # The one broad except of the pages: whatever the fault, the other elements must still be drawn.
        _log.exception("%s could not be drawn", element)
        st.warning(f"{element} cannot be shown just now. The fault has been logged.", icon=":material/warning:")


def banner(open_snapshot: Snapshot) -> None:
    """Whose figures these are and when they were published; a warning when they are old."""
    council = snapshot.council()
    notice = f" · **{as_text(str(council['notice']))}**" if council["notice"] else ""
    published = dates.moment(open_snapshot.published_at)
    st.caption(f"{as_text(str(council['name']))} · figures published {published}{notice}")
    settings = read_settings()
    problem = what_is_stale(open_snapshot, settings.data, settings.stale_hours)
    if problem:
        st.warning(problem, icon=":material/schedule:")


def as_text(words: str) -> str:
    """Words from a file or a catalogue, safe inside markdown: shown as they are.

    What looks like an address would still be made a link: a joiner that is not seen keeps it from being one.
    """
    for mark in "\\`*_{}[]()<>#|~$:":
        words = words.replace(mark, f"\\{mark}")
    return _ADDRESS.sub("\N{WORD JOINER}", words)
