"""Where the year may end, what the rest of it must bring, and how good such forecasts have been."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import rows, snapshot, tables
from pages.components.figures import headed
from pages.components.states import as_text
from scorecard.periods import year_label
from scorecard.snapshot.outlook import outlook, past_forecasts
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count

_RATE_WORDS: Final = (" Needs ", " Can afford ", " The target is met already", " The target is passed already")
"""How the part of a forecast's sentence begins that says what the rest of the year must bring."""


@dataclass(frozen=True)
class Outlook:
    """A year end in words: the forecast, the run-rate it needs (or ""), and how earlier forecasts did (or "")."""

    sentence: str
    rate: str
    record: str
    past: pa.Table | None


def _made(shown: Snapshot, measure_id: str, area_code: str) -> Outlook | None:
    measure, found = snapshot.definition(measure_id), outlook(shown, measure_id, area_code)
    if found.get("forecast") is None:
        return None
    said, rate = _parted(found["sentence"])
    past = past_forecasts(shown, measure_id, area_code)
    unit, decimals = measure["unit"], measure["decimals"]
    table = [
        {
            "Year": year_label(int(one.year)),
            headed("Forecast", unit): as_text(bare(one.point, unit, decimals)),
            "Between": as_text(f"{bare(one.low, unit, decimals)} and {bare(one.high, unit, decimals)}"),
            "Outturn": as_text(bare(one.outturn, unit, decimals)),
            "Held?": "Yes" if one.held else "No",
        }
        for one in rows.of(past)
    ]
    return Outlook(said, rate, _record(past), tables.ready(table) if table else None)


made = snapshot.remembered(_made)


def show(measure_id: str, area_code: str) -> None:
    """Forecast, run-rate and record under their heading; nothing where there is no forecast."""
    held = made(measure_id, area_code)
    if held is None:
        return
    st.header("Where the year may end")
    st.markdown("\n\n".join([as_text(held.sentence), *([f"**{as_text(held.rate)}**"] if held.rate else [])]))
    if held.past is not None:
        with st.expander(held.record):
            tables.draw(held.past, "Earlier forecasts, made as far into their years, beside what came")


def _parted(sentence: str) -> tuple[str, str]:
    """The sentence of a forecast, and the part of it that says what the rest of the year must bring."""
    for words in _RATE_WORDS:
        said, begins, rest = sentence.partition(words)
        if begins:
            return said, f"{begins}{rest}".strip()
    return sentence, ""


def _record(past: pd.DataFrame) -> str:
    """ "Of 3 earlier forecasts 3 held (worked out afterwards from the figures as known now)"."""
    if past.empty:
        return ""
    held = int(past["held"].sum())
    afterwards = " (worked out afterwards)" if past["back_cast"].all() else ""
    many = count(len(past), "earlier forecast")
    return f"Of {many} made as far into a year, {held or 'none'} held{afterwards}"
