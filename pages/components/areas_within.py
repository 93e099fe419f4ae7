"""A measure in every area within the council: small charts of one scale, in the order of their names."""

import math
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import rows, snapshot, status, tables
from pages.components.figures import bare_target, headed
from pages.components.palette import Palette, palette
from pages.components.states import as_text
from scorecard.drawing import Ink, Sheet, as_address, small
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.snapshot.areas_within import areas_within
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, figure, joined

WIDTH: Final = 164
HEIGHT: Final = 52
"""Pixels of one small chart: two stand side by side on a phone."""
MOST: Final = 36
"""Small charts on a page; a table holds the others."""


@dataclass(frozen=True)
class Areas:
    """The areas within another, ready to be drawn."""

    heading: str
    sentence: str
    key: str
    pictures: tuple[str, ...]
    """Of each area: its name, its latest figure, how that stands, and its small chart."""
    table: pa.Table
    plain: tuple[dict[str, str], ...]


def _made(shown: Snapshot, measure_id: str, area_code: str, colours: Palette) -> Areas | None:
    measure, frame = snapshot.definition(measure_id), areas_within(shown, measure_id, area_code)
    if frame.empty:
        return None
    unit, decimals, level = measure["unit"], measure["decimals"], str(frame["level"].iloc[0])
    sheet = _sheet(frame)
    latest = frame.groupby("area_code", sort=False).tail(1)
    aimed = " Dashed: the target." if frame["target_high"].notna().any() else ""
    first, last = frame["period"].iloc[0], frame["period"].iloc[-1]
    plain = tuple(_row(one, level, unit, decimals) for one in rows.of(latest))
    return Areas(
        heading=f"By {level}",
        sentence=_sentence(latest, level, unit, decimals),
        key=f"{first} to {last}, on one scale from {bare(sheet.low, unit, decimals)} to"
        f" {figure(sheet.high, unit, decimals)}.{aimed}",
        pictures=tuple(
            _picture(part, sheet, colours, unit, decimals)
            for _, part in list(frame.groupby("area_code", sort=False))[:MOST]
        ),
        table=tables.ready([{name: as_text(cell) for name, cell in row.items()} for row in plain]),
        plain=plain,
    )


made = snapshot.remembered(_made)


def show(measure_id: str, area_code: str) -> None:
    """Heading, sentence, small charts and their figures as a table; nothing where no area within has figures."""
    held = made(measure_id, area_code, palette())
    if held is None:
        return
    st.header(held.heading)
    st.markdown(as_text(held.sentence))
    with st.container(horizontal=True, gap="small"):
        for each in held.pictures:
            st.markdown(each, width=WIDTH)
    st.caption(as_text(held.key))
    with st.expander(f"The figures {held.heading.lower()}"):
        tables.draw(held.table, held.sentence)


def _sheet(frame: pd.DataFrame) -> Sheet:
    """One scale for all, so that their heights can be compared."""
    every = frame[["value", "target_low", "target_high"]]
    low, high = float(every.min().min()), float(every.max().max())
    return Sheet(WIDTH, HEIGHT, low, high, int(frame["period"].nunique()))


def _sentence(latest: pd.DataFrame, level: str, unit: str, decimals: int) -> str:
    """ "In Oct 2026: from 19 (Hill) to 207 per 100,000 (Marsh Lane); 1 of 22 wards is off target. ..."."""
    held = latest[latest["value"].notna()]
    period, many = latest["period"].iloc[0], count(len(latest), level)
    if held.empty:
        return f"In {period} none of {many} has a figure that can be shown."
    ordered = list(rows.of(held.sort_values("value", kind="stable")))
    low, high = ordered[0], ordered[-1]
    off = int((latest["status"] == "off_target").sum())
    stands = (
        "" if latest["status"].isna().all() else f"; {off or 'none'} of {many} {'is' if off == 1 else 'are'} off target"
    )
    hidden = list(latest.loc[latest["is_hidden"], "name"])
    more = f" The figure of the council hides {joined(hidden)}." if hidden else ""
    return (
        f"In {period} from {bare(low.value, unit, decimals)} ({low.name}) to"
        f" {figure(high.value, unit, decimals)} ({high.name}){stands}.{more}"
    )


def _picture(part: pd.DataFrame, sheet: Sheet, colours: Palette, unit: str, decimals: int) -> str:
    one = list(rows.of(part))[-1]
    values, targets = ([None if math.isnan(each) else each for each in part[name]] for name in ("value", "target_high"))
    ink = Ink(colours.concern if one.is_hidden else colours.figure, colours.target, colours.text, colours.peer)
    said = bare(one.value, unit, decimals, one.marker)
    words = f"{one.name}: {part['period'].iloc[0]} to {one.period}, the latest figure {said}"
    svg = as_address(small(values, targets, sheet, ink))
    stands = "" if one.status is None else f" {status.status(one.status)}"
    return f"**{as_text(one.name)}**  \n{as_text(said)}{stands}  \n![{as_text(words)}]({svg})"


def _row(one: Any, level: str, unit: str, decimals: int) -> dict[str, str]:
    return {
        level.capitalize(): str(one.name),
        headed(str(one.period), unit): bare(one.value, unit, decimals, one.marker),
        "Target": bare_target(one.target_low, one.target_high, unit, decimals),
        "Status": "–" if one.status is None else STATUS_WORDS[Status(one.status)],
    }
