"""A register counted by one of its columns: theme, directorate, kind."""

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import filters, snapshot, tables
from pages.components.registers import flow_words
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import declared, tallies
from scorecard.snapshot.store import Snapshot


def _titles(shown: Snapshot, register_id: str) -> dict[str, str]:
    return filters.titles(
        tallies.breakdowns(shown, register_id).drop_duplicates("dimension"), "dimension", "dimension_title"
    )


_dimensions = snapshot.remembered(_titles)


def show(register_id: str) -> None:
    """Heading, the choice of column and its table; nothing for a register that is counted by none."""
    dimensions = _dimensions(register_id)
    if not dimensions:
        return
    st.header("Counted by")
    dimension = filters.choose_if_several("Counted by", "by", dimensions)
    period, table = _ready(register_id, dimension)
    st.markdown(f"**{as_text(dimensions[dimension])}**, {as_text(period)}.")
    tables.draw(table, f"{dimensions[dimension]}: opened, ended, open and overdue")


def _made(shown: Snapshot, register_id: str, dimension: str) -> tuple[str, pa.Table]:
    frame = tallies.breakdowns(shown, register_id)
    mine = frame[frame["dimension"] == dimension]
    shape = declared.shape(shown, register_id)
    ended = flow_words.ended_word(needs_sign_off=declared.register(shown, register_id)["needs_sign_off"])
    rows = [_row(one, ended.capitalize(), has_opened=shape["opened"]) for one in rows_of(mine)]
    return str(mine["period"].iloc[0]), tables.ready(rows)


_ready = snapshot.remembered(_made)


def _row(one: Any, ended: str, *, has_opened: bool) -> dict[str, str]:
    opened = {"Opened": f"{one.opened:,}"} if has_opened else {}
    if has_opened and one.period_before is not None:
        before = "–" if pd.isna(one.opened_before) else f"{int(one.opened_before):,}"
        opened = {f"Opened (in {as_text(one.period_before)})": f"{one.opened:,} ({before})"}
    return {
        as_text(one.dimension_title): as_text(one.category),
        **opened,
        ended: f"{one.closed:,}",
        "Open": f"{one.open:,}",
        "Overdue": f"{one.overdue:,}",
    }
