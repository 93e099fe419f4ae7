"""The receipt of a figure: from the page back to the row of the file that held it."""

from typing import Any

import streamlit as st

from pages.components.dates import moment
from pages.components.states import as_text
from scorecard.wording import number


def show(held: dict[str, Any]) -> None:
    """What `receipt.receipt` found, as a list that can be read aloud."""
    if not held:
        st.markdown("There is no figure, so there is no source to show.")
        return
    sheet = f", sheet {as_text(held['sheet'])}" if held["sheet"] else ""
    lines = [
        f"**Period:** {as_text(held['period'])}{_parts(held)}",
        f"**File:** {as_text(held['path'])}{sheet}, row {held['source_row']}",
        f"**SHA-256 of the file:** `{held['sha256']}`",
        f"**Source:** {as_text(held['source'] or 'not recorded')}, {as_text(held['publisher'] or 'not recorded')}"
        + (f" ({as_text(held['licence'])})" if held["licence"] else ""),
        f"**File first seen:** {moment(held['first_seen_at'])}",
        f"**Loaded:** load {held['load_id']}, run {as_text(held['run_id'] or 'not recorded')},"
        f" {moment(held['loaded_at'])}",
        f"**Definition used:** `{held['definition_sha256'][:12]}`",
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    if str(held["link"] or "").startswith("https://"):
        st.link_button("Open the publisher's page", held["link"], icon=":material/open_in_new:")


def _parts(held: dict[str, Any]) -> str:
    if held["numerator"] is None or held["denominator"] is None:
        return ""
    return (
        f": {number(held['numerator'], _places(held['numerator']))} of"
        f" {number(held['denominator'], _places(held['denominator']))}"
    )


def _places(value: float) -> int:
    return 0 if value == int(value) else 2
