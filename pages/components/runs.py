"""The runs that read the files, in words."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from pages.components import lists, snapshot
from pages.components.dates import moment
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.snapshot import quality
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

_WORDS: Final[Mapping[str, str]] = {"published": "published", "unchanged": "found nothing new", "failed": "failed"}
NONE: Final = "No run is recorded in this snapshot."


def _last(shown: Snapshot) -> str:
    run = next(rows_of(quality.runs(shown)), None)
    return "" if run is None else f"{as_text(run.summary)} The run finished {moment(run.finished_at)}."


def _all(shown: Snapshot) -> tuple[str, ...]:
    return tuple(
        f"**{moment(one.finished_at)}: {as_text(_WORDS.get(one.outcome, one.outcome))}.** {as_text(one.summary)}"
        f" Run {as_text(one.run_id)}."
        for one in rows_of(quality.runs(shown))
    )


_last_run = snapshot.remembered(_last)
_every_run = snapshot.remembered(_all)


def last() -> None:
    """What the latest run read and refused."""
    said = _last_run()
    if said:
        st.markdown(f"**The last run:** {said}")
    else:
        nothing(NONE)


def every() -> None:
    """Every run, the latest first, folded away."""
    if _every_run():
        lists.folded(_every_run(), f"{count(len(_every_run()), 'run')}, the latest first")
    else:
        nothing(NONE)
