"""A remit as it was reported by a past day: the figures of then beside those of now."""

from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.components import tables
from pages.components.dates import day
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text, nothing
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.snapshot.remit_reported import as_reported, recorded_since
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, figure, joined


def _answer(shown: Snapshot, remit_id: str, on: date) -> str:
    """How the measures of a remit stood by a past day, in a sentence."""
    then = as_reported(shown, remit_id, on)
    if then.empty:
        return f"No measure within this remit had a figure by {day(on)}."
    held = then["status"].value_counts()
    told = [
        f"**{int(held[key])}** {words}"
        for key, words in (("on_target", "on target"), ("close", "close to it"), ("off_target", "off target"))
        if key in held
    ]
    others = len(then) - sum(int(held.get(key, 0)) for key in ("on_target", "close", "off_target"))
    told += [f"**{others}** not judged against a target"] if others else []
    return f"As reported by {day(on)}, {count(len(then), 'measure')} had a figure: {joined(told)}."


def _record(shown: Snapshot, on: date) -> str:
    """What the figures of a past day are, and what they are not."""
    began = recorded_since(shown)
    if began is not None and began <= on:
        return (
            f"These are the figures that had been published here by the end of {day(on)}. Status is that of their"
            " period as it is judged today; it is left out where the figure has been restated since."
        )
    return (
        f"What had been published by {day(on)} is not on record: the record of figures begins on {day(began)}. Shown"
        " are the latest periods that had ended, and whose figures were due, by that day, with figure and status as"
        " they are known now. Some may have come, or been corrected, after it."
    )


def _table(shown: Snapshot, remit_id: str, on: date) -> pa.Table:
    return tables.ready([_row(one) for one in rows_of(as_reported(shown, remit_id, on))])


def _row(one: Any) -> dict[str, str]:
    then = figure(one.value, one.unit, one.decimals, one.marker)
    now = figure(one.now_value, one.unit, one.decimals, one.now_marker)
    same = one.now_period == one.period and not one.is_restated
    stood = "restated since" if one.is_restated else _status(one.status)
    return {
        "Measure (opens in a new tab)": f"[{as_text(one.title)}](measure?measure={one.measure_id})",
        "Then": as_text(f"{then} in {one.period}, {stood}"),
        "Now": as_text("the same" if same else f"{now} in {one.now_period}, {_status(one.now_status)}"),
    }


def _status(of: str | None) -> str:
    return STATUS_WORDS[Status(of)].lower() if of else "not judged"


answer = remembered(_answer)
record = remembered(_record)
table = remembered(_table)


def show(remit_id: str, on: date) -> None:
    """The figures of a remit as reported by a past day, with what that means."""
    st.header(f"As reported by {day(on)}")
    st.info(record(on), icon=":material/history:")
    ready = table(remit_id, on)
    if not ready.num_rows:
        nothing("No measure within this remit had a figure by then.")
        return
    tables.draw(ready, f"Figures as reported by {day(on)}, beside those of now")
    st.markdown("Better and worse are judged on all the figures there are now, so that no trend is told of a past day.")
