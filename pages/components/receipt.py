"""The receipt of a figure: from the page back to the row of the file that held it, or the files it was counted from."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import rows, snapshot
from pages.components.dates import day, moment
from pages.components.states import as_text
from scorecard.audiences import are_officers
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, number

MOST_FILES: Final = 200
"""Files named on a page."""
_OFFICERS_ONLY: Final = ("**File:", "**SHA-256", "**Original")
"""Lines that name a service's file, or have its checksum."""
_WHY: Final = {
    "corrected_file": "another file gave it",
    "definition_changed": "the definition was changed",
    "withdrawn": "its file was withdrawn",
    "file_lost": "its file was lost",
    "worked_out_anew": "it was worked out anew",
}


@dataclass(frozen=True)
class Receipt:
    """Where the latest figure came from, as markdown; the files it was counted from; the publisher's page (or "")."""

    lines: str
    files: tuple[str, ...]
    link: str


def _made(shown: Snapshot, measure_id: str, area_code: str) -> Receipt | None:
    held, files = snapshot.receipt(measure_id, area_code), snapshot.counted_files(measure_id, area_code)
    if not held:
        return None
    lines = [f"**Period:** {as_text(held['period'])}{_parts(held)}"]
    lines += _row(held) if held["records"] is None else _records(held, files)
    lines += _origin(held)
    lines += [_before(each) for each in held["before"]]
    if not are_officers(shown.audience):
        lines = [line for line in lines if not line.startswith(_OFFICERS_ONLY)]
    link = str(held["link"] or "")
    return Receipt(
        lines="\n".join(f"- {line}" for line in lines),
        files=tuple(_file(one) for one in rows.of(files)) if are_officers(shown.audience) else (),
        link=link if link.startswith("https://") else "",
    )


made = snapshot.remembered(_made)


def show(measure_id: str, area_code: str) -> None:
    """The origin of the latest figure, as a list that can be read aloud, under its heading."""
    st.header("Where the latest figure comes from")
    held = made(measure_id, area_code)
    if held is None:
        st.markdown("There is no figure, so there is no source to show.")
        return
    st.markdown(held.lines)
    if held.files:
        with st.expander(f"{count(len(held.files), 'file')} it was counted from"):
            if len(held.files) > MOST_FILES:
                st.caption(f"The first {MOST_FILES} of {len(held.files):,}.")
            st.markdown("\n".join(f"- {each}" for each in held.files[:MOST_FILES]))
    if held.link:
        st.link_button("Open the publisher's page", held.link, icon=":material/open_in_new:")


def _origin(held: dict[str, Any]) -> list[str]:
    return [
        f"**Source:** {as_text(held['source'] or 'not recorded')}, {as_text(held['publisher'] or 'not recorded')}"
        + (f" ({as_text(held['licence'])})" if held["licence"] else ""),
        f"**Loaded:** load {held['load_id']}, run {as_text(held['run_id'] or 'not recorded')},"
        f" {moment(held['loaded_at'])}",
        f"**Published as it is since:** {moment(held['known_from'])}",
        f"**Original kept as:** `{held['original']}`",
        f"**Checks:** {count(int(held['checks_made'] or 0), 'rule')} checked in this load,"
        f" {int(held['checks_failed'] or 0):,} not met by every row",
        f"**Definition used:** `{held['definition_sha256'][:12]}`",
    ]


def _file(one: Any) -> str:
    sheet = f", sheet {as_text(one.sheet)}" if one.sheet else ""
    return f"{as_text(one.path)}{sheet}: {count(one.rows_accepted, 'row')} read, SHA-256 `{one.sha256}`"


def _before(each: dict[str, Any]) -> str:
    """What was published in place of the figure."""
    was = "missing" if pd.isna(each["value"]) else number(each["value"], _places(each["value"]))
    return (
        f"**Published before:** {was}, from {moment(each['known_from'])} to {moment(each['known_to'])}"
        f" ({_WHY.get(each['why'], 'changed')}; {as_text(each['path'] or 'not recorded')})"
    )


def _row(held: dict[str, Any]) -> list[str]:
    """Where a figure of a return stands."""
    sheet = f", sheet {as_text(held['sheet'])}" if held["sheet"] else ""
    row = f", row {held['source_row']}" if held["source_row"] is not None else ""
    return [
        f"**File:** {as_text(held['path'])}{sheet}{row}",
        f"**SHA-256 of the file:** `{held['sha256']}`",
        f"**File first seen:** {moment(held['first_seen_at'])}",
    ]


def _records(held: dict[str, Any], files: pd.DataFrame) -> list[str]:
    """What a figure over records was counted from."""
    return [
        f"**Counted:** {count(held['records'], 'record')} between {day(held['counted_from'])} and"
        f" {day(held['counted_to'])}",
        f"**Files:** {count(len(files), 'file')}, {count(int(files['rows_accepted'].sum()), 'row')} read",
        f"**Latest file first seen:** {moment(held['first_seen_at'])}",
    ]


def _parts(held: dict[str, Any]) -> str:
    if held["numerator"] is None or held["denominator"] is None:
        return ""
    return (
        f": {number(held['numerator'], _places(held['numerator']))} of"
        f" {number(held['denominator'], _places(held['denominator']))}"
    )


def _places(value: float) -> int:
    return 0 if value == int(value) else 2
