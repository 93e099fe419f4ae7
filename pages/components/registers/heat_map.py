"""Risks by likelihood and impact: a table that can be read aloud, and the same as a map of squares."""

from typing import Any, Final

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables, vega
from pages.components.palette import Palette, palette
from pages.components.registers import addresses, chosen, item_states
from pages.components.rows import of as rows_of
from scorecard.snapshot.registers import scores
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

HEIGHT: Final = 300
NARROWEST: Final = 340
MOST_NAMED: Final = 3
"""Risks named in one cell of the table."""
KEY: Final = (
    "The number in a square is how many risks stand there. Squares with a thick edge are red scores, those with a"
    " dashed edge amber, the others green."
)


def show(register_id: str) -> None:
    """The map, and the same as a table with the names of the risks."""
    sentence, points, table = _ready(register_id)
    st.markdown(sentence)
    vega.draw(points, _specification(palette()), sentence, HEIGHT)
    st.caption(KEY)
    tables.draw(table, "How many risks have each likelihood and impact, with their names")


def _made(shown: Snapshot, register_id: str) -> tuple[str, pa.Table, pa.Table]:
    about = chosen.found(register_id)
    held = {(int(one.likelihood), int(one.impact)): one for one in rows_of(scores.cells(shown, register_id))}
    highest = int(about["highest"])
    bands = {cell: _band(cell, about) for cell in held}
    counted = {
        band: sum(one.items for cell, one in held.items() if bands[cell] == band) for band in ("red", "amber", "green")
    }
    total = sum(counted.values())
    said = ", ".join(f"{many} {band}" for band, many in counted.items())
    scale = range(1, highest + 1)
    points = pd.DataFrame(
        [
            {
                "likelihood": likelihood, "impact": impact, "band": _band((likelihood, impact), about),
                "items": f"{held[likelihood, impact].items}" if (likelihood, impact) in held else None,
            }
            for likelihood in reversed(scale)
            for impact in scale
        ]
    )  # fmt: skip
    rows = [
        {"Likelihood": f"**{likelihood}**"}
        | {f"Impact {impact}": _cell(held.get((likelihood, impact)), register_id, about) for impact in scale}
        for likelihood in reversed(scale)
    ]
    return f"{count(total, 'open risk')} with a residual score: {said}.", vega.plotted(points), tables.ready(rows)


_ready = snapshot.remembered(_made)


def _band(cell: tuple[int, int], about: dict[str, Any]) -> str:
    return item_states.score_band(cell[0] * cell[1], about["amber_from"], about["red_from"])


def _cell(one: Any, register_id: str, about: dict[str, Any]) -> str:
    if one is None:
        return "–"
    band = item_states.score(one.likelihood * one.impact, about["amber_from"], about["red_from"])
    named = [
        addresses.link(title, addresses.of_item(register_id, item_id))
        for title, item_id in zip(one.titles[:MOST_NAMED], one.item_ids[:MOST_NAMED], strict=True)
    ]
    more = f"; and {one.items - MOST_NAMED} more" if one.items > MOST_NAMED else ""
    return f"{band} **{one.items}**: {'; '.join(named)}{more}"


@st.cache_data(show_spinner=False, max_entries=4)
def _specification(colours: Palette) -> vega.Specification:
    axis: dict[str, Any] = {
        "labelAngle": 0, "labelColor": colours.text, "titleColor": colours.text, "ticks": False, "domain": False,
        "aria": False,
    }  # fmt: skip
    shade = alt.Color(
        "band:N", legend=None,
        scale=alt.Scale(
            domain=["red", "amber", "green"], range=[colours.concern, colours.target, colours.improvement]
        ),
    )  # fmt: skip
    base = alt.Chart(pd.DataFrame({"likelihood": []})).encode(
        x=alt.X("impact:O", title="Impact", axis=alt.Axis(**axis), scale=alt.Scale(paddingInner=0.06)),
        y=alt.Y("likelihood:O", title="Likelihood", sort="descending", axis=alt.Axis(**axis),
                scale=alt.Scale(paddingInner=0.1)),
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("likelihood:O", title="Likelihood"), alt.Tooltip("impact:O", title="Impact"),
        alt.Tooltip("band:N", title="Band"), alt.Tooltip("items:N", title="Risks"),
    ]  # fmt: skip
    edges = {"red": ([1, 0], 3), "amber": ([5, 4], 2), "green": ([1, 0], 1)}
    squares = [
        base.mark_rect(aria=False, fillOpacity=0.22, strokeDash=dash, strokeWidth=width)
        .encode(color=shade, tooltip=tooltip, stroke=shade)
        .transform_filter(f"datum.band == '{band}'")
        for band, (dash, width) in edges.items()
    ]
    words = base.mark_text(color=colours.text, fontSize=16, fontWeight="bold", aria=False)
    return vega.without_data(alt.layer(*squares, words.encode(text="items:N").transform_filter("datum.items != null")))
