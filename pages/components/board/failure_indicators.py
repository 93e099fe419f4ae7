"""Indicators of potential failure: which show, what each rests on, and what to ask."""

from itertools import groupby
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import tables
from pages.components.registers import addresses
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text, nothing
from pages.components.status import badge
from scorecard.snapshot.registers import failure
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MEANT = (
    "An indicator that shows is a reason to ask, not a finding of failure; one that does not show says only that the "
    "registers hold no sign of it."
)


def _answer(shown: Snapshot) -> str:
    """ "2 of 7 indicators of potential failure show: …."; says so where none is declared."""
    held = list(rows_of(failure.indicators(shown)))
    if not held:
        return "No indicator of potential failure is declared."
    showing = [one for one in held if _shows(one)]
    untold = sum(pd.isna(one.shown) for one in held)
    more = f" Of {untold} it cannot be said: the register has no count." if untold else ""
    show = "shows" if len(showing) == 1 else "show"
    named = f": {as_text('; '.join(one.title for one in showing))}" if showing else ""
    told = f"**{len(showing) or 'None'}** of {count(len(held), 'indicator')} of potential failure {show}{named}."
    return f"{told}{more}"


def _by_theme(shown: Snapshot) -> tuple[tuple[str, pa.Table], ...]:
    held = sorted(rows_of(failure.indicators(shown)), key=lambda one: one.theme)
    return tuple(
        (str(theme), tables.ready([_row(one) for one in its]))
        for theme, its in groupby(held, key=lambda one: one.theme)
    )


answer = remembered(_answer)
_tables = remembered(_by_theme)


def show() -> None:
    """A table of the indicators of each theme; what to declare where there is none."""
    held = _tables()
    if not held:
        nothing(
            "No indicator of potential failure is declared. The catalogue has a place for them: failure_indicators."
        )
        return
    st.markdown(f"{answer()} {MEANT}")
    for theme, table in held:
        st.markdown(f"**{as_text(theme)}**")
        tables.draw(table, f"Indicators of potential failure under {theme}, and what each rests on")


def sign(shown: Any) -> str:
    """Markdown for whether an indicator shows."""
    if pd.isna(shown):
        return badge("gray", "block", "Not known")
    return badge("red", "flag", "Shows") if shown else badge("green", "check", "Does not show")


def _shows(one: Any) -> bool:
    return not pd.isna(one.shown) and bool(one.shown)


def _row(one: Any) -> dict[str, str]:
    return {
        "Indicator": as_text(one.title),
        "Now": sign(one.shown),
        "What it rests on": as_text(one.sentence),
        "What to ask": as_text(one.look_at) if _shows(one) else "–",
        "Register": addresses.link(one.register, addresses.of_register(one.register_id)),
    }
