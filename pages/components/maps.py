"""A measure on the map of the council: every ward shaded by its latest figure, which is written in it as well."""

from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables, vega
from pages.components.figures import headed
from pages.components.palette import Palette, palette
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.snapshot.maps import mapped
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, figure

HEIGHT: Final = 440
_EDGE: Final = 1.04
"""Half of what is seen, where the land reaches from -1 to 1."""


@dataclass(frozen=True)
class Map:
    """A map ready to be drawn: what it shows in a sentence, the plotted points, and the same figures as a table."""

    sentence: str
    key: str
    points: pa.Table
    figures: pa.Table


def show(measure_id: str, unit: str, decimals: int) -> None:
    """Heading, sentence, map and table by ward; nothing where no ward has an outline and a figure."""
    held = _ready(measure_id, unit, decimals)
    if held is None:
        return
    st.header("On the map")
    st.markdown(as_text(held.sentence))
    vega.draw(held.points, _specification(palette()), held.sentence, HEIGHT)
    st.caption(held.key)
    with st.expander("The figures on the map"):
        tables.draw(held.figures, held.sentence)


def _made(shown: Snapshot, measure_id: str, unit: str, decimals: int) -> Map | None:
    frame = mapped(shown, measure_id)
    if frame.empty:
        return None
    period = str(frame["period"].iloc[0])
    rows = [
        {
            "Ward": as_text(one.name),
            headed(period, unit): as_text(bare(one.value, unit, decimals, one.marker)),
            "Status": "–" if one.status is None else STATUS_WORDS[Status(one.status)],
        }
        for one in rows_of(frame)
    ]
    key = f"{as_text(period)}. The stronger a ward's shade, the higher its figure; one without a figure is not shaded."
    return Map(_sentence(frame, unit, decimals), key, _points(frame, unit, decimals), tables.ready(rows))


_ready = snapshot.remembered(_made)


def _sentence(frame: pd.DataFrame, unit: str, decimals: int) -> str:
    """ "In Oct 2026 the wards ranged from 12 (Abbey) to 92 per 100,000 (Marsh Lane). 1 ward has no figure."."""
    held = frame[frame["value"].notna()].sort_values("value", kind="stable")
    low, high = held.iloc[0], held.iloc[-1]
    without = len(frame) - len(held)
    more = f" {count(without, 'ward has', 'wards have')} no figure that can be shown." if without else ""
    return (
        f"In {frame['period'].iloc[0]} the wards ranged from {bare(low['value'], unit, decimals)} ({low['name']}) to"
        f" {figure(high['value'], unit, decimals)} ({high['name']}).{more}"
    )


def _points(frame: pd.DataFrame, unit: str, decimals: int) -> pa.Table:
    """One row per point of an outline: ring, place in it, x, y, ward, value, figure; and a row to write it at."""
    rows: list[dict[str, object]] = []
    for number, one in enumerate(rows_of(frame)):
        words = bare(one.value, unit, decimals, one.marker)
        ward = {"ward": one.name, "value": one.value, "figure": words, "label": None}
        for part, ring in enumerate(one.rings):
            rows += [
                {"ring": f"{number}.{part}", "place": place, "x": x, "y": y, **ward}
                for place, (x, y) in enumerate(ring)
            ]
        shown = words if pd.notna(one.value) else "–"
        rows.append({"ring": None, "place": 0, "x": one.middle[0], "y": one.middle[1], **ward, "label": shown})
    return vega.plotted(pd.DataFrame(rows))


@st.cache_data(show_spinner=False, max_entries=4)
def _specification(colours: Palette) -> vega.Specification:
    wide, high = f"{_EDGE} * max(1, width / height)", f"{_EDGE} * max(1, height / width)"
    x = alt.X(
        "x:Q", axis=None,
        scale=alt.Scale(domainMin=alt.ExprRef(f"-{wide}"), domainMax=alt.ExprRef(wide), nice=False, zero=False),
    )  # fmt: skip
    y = alt.Y(
        "y:Q", axis=None,
        scale=alt.Scale(domainMin=alt.ExprRef(f"-{high}"), domainMax=alt.ExprRef(high), nice=False, zero=False),
    )  # fmt: skip
    shade = alt.Color(
        "value:Q",
        scale=alt.Scale(type="quantize", range=list(colours.shades)),
        legend=alt.Legend(title=None, orient="bottom", labelColor=colours.text, symbolStrokeColor=colours.peer),
    )
    tooltip = [alt.Tooltip("ward:N", title="Ward"), alt.Tooltip("figure:N", title="Figure")]
    base = alt.Chart(pd.DataFrame({"x": []})).encode(x=x, y=y)
    outlines = base.mark_line(
        filled=True, interpolate="linear-closed", stroke=colours.background, strokeWidth=1.5, aria=False
    ).encode(detail="ring:N", order="place:Q", tooltip=tooltip)
    shaded = outlines.encode(fill=shade).transform_filter("isValid(datum.ring) && isValid(datum.value)")
    bare_land = (
        base.mark_line(
            filled=True, interpolate="linear-closed", fill=colours.background, stroke=colours.peer,
            strokeDash=[3, 3], aria=False,
        )
        .encode(detail="ring:N", order="place:Q", tooltip=tooltip)
        .transform_filter("isValid(datum.ring) && !isValid(datum.value)")
    )  # fmt: skip
    halo = base.mark_text(stroke=colours.background, strokeWidth=4, strokeOpacity=0.85, fontSize=12, aria=False)
    words = base.mark_text(color=colours.text, fontSize=12, fontWeight="bold", aria=False)
    named = [each.encode(text="label:N").transform_filter("isValid(datum.label)") for each in (halo, words)]
    return vega.without_data(alt.layer(bare_land, shaded, *named))
