"""The home council among its peers as marks on one line; what it shows is said in words and in the table below."""

import base64
from collections.abc import Sequence
from html import escape
from typing import Final

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components.palette import Palette, palette
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from pages.components.vega import Specification, draw, without_data
from scorecard.wording import bare

HEIGHT: Final = 130
WIDTH: Final = 300
LOW: Final = 46
"""Pixels of a small strip: how wide it is, and how high."""
_EDGE: Final = 10
_LINE: Final = 16
_WORDS: Final = 41


def strip(figures: pd.DataFrame, median: float, unit: str, decimals: int, sentence: str) -> None:
    """Home among its peers, from `peers.comparison`: one mark a council on one line, the middle as a rule."""
    draw(plotted(figures, median, unit, decimals), _strip_specification(palette()), sentence, HEIGHT)


def plotted(figures: pd.DataFrame, median: float, unit: str, decimals: int) -> pa.Table:
    """One row per council and one for the middle: kind (home, peer, middle), name, value, figure and label in words."""
    rows = [
        {
            "kind": "home" if one.is_home else "peer",
            "name": str(one.name),
            "value": float(one.value),
            "figure": bare(one.value, unit, decimals, one.marker),
        }
        for one in rows_of(figures)
    ]
    rows.append(
        {"kind": "middle", "name": "Middle of the group", "value": median, "figure": bare(median, unit, decimals)}
    )
    return pa.Table.from_pylist([row | {"label": f"{row['name']}: {row['figure']}"} for row in rows])


def picture(
    figures: Sequence[float], home: float, middle: tuple[float, float, float], ends: tuple[str, str], words: str,
    colours: Palette,
) -> str:  # fmt: skip
    """Markdown of a small strip: a ring for each peer, the middle half as a bar with its middle, home as a diamond.

    `middle` is the first quartile, the median and the third; `ends` name the lowest and the highest of all that is
    drawn; `words` say what the picture shows.
    """
    low, high = min(*figures, home), max(*figures, home)
    across = (WIDTH - 2 * _EDGE) / ((high - low) or 1.0)

    def at(value: float) -> float:
        return round(_EDGE + (value - low) * across, 1) if high > low else WIDTH / 2

    first, median, third = (at(each) for each in middle)
    x = at(home)
    rings = "".join(
        f"<circle cx='{at(each)}' cy='{_LINE}' r='4.5' fill='none' stroke='{colours.peer}' stroke-width='1.5'/>"
        for each in figures
    )
    diamond = f"{x},{_LINE - 9} {x + 8},{_LINE} {x},{_LINE + 9} {x - 8},{_LINE}"
    words_at = f"y='{_WORDS}' font-family='sans-serif' font-size='12' fill='{colours.text}'"
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{LOW}' viewBox='0 0 {WIDTH} {LOW}'>"
        f"<path d='M{_EDGE} {_LINE}H{WIDTH - _EDGE}' stroke='{colours.peer}' stroke-width='1'/>"
        f"<rect x='{first}' y='{_LINE - 7}' width='{max(third - first, 1):.1f}' height='14' fill='{colours.peer}'"
        f" fill-opacity='.25'/>{rings}"
        f"<path d='M{median} {_LINE - 12}V{_LINE + 12}' stroke='{colours.target}' stroke-width='2.5'/>"
        f"<polygon points='{diamond}' fill='{colours.figure}' stroke='{colours.background}' stroke-width='1'/>"
        f"<text x='2' {words_at}>{escape(ends[0])}</text>"
        f"<text x='{WIDTH - 2}' text-anchor='end' {words_at}>{escape(ends[1])}</text></svg>"
    )
    return f"![{as_text(words)}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


@st.cache_data(show_spinner=False, max_entries=4)
def _strip_specification(colours: Palette) -> Specification:
    x = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=True, padding=12),
        axis=alt.Axis(tickCount=5, labelColor=colours.peer, grid=False),
    )
    tooltip = [alt.Tooltip("name:N", title="Council"), alt.Tooltip("figure:N", title="Figure")]
    base = alt.Chart(pd.DataFrame({"value": []})).encode(x=x)
    peers = (
        base.mark_point(color=colours.peer, size=90, strokeWidth=2, aria=False)
        .encode(y=alt.value(52), tooltip=tooltip)
        .transform_filter("datum.kind == 'peer'")
    )
    middle = (
        base.mark_rule(color=colours.target, strokeWidth=2, strokeDash=[6, 4], aria=False)
        .encode(y=alt.value(30), y2=alt.value(74))
        .transform_filter("datum.kind == 'middle'")
    )
    home = (
        base.mark_point(color=colours.figure, shape="diamond", filled=True, size=240, opacity=1, aria=False)
        .encode(y=alt.value(52), tooltip=tooltip)
        .transform_filter("datum.kind == 'home'")
    )
    named = (
        base.mark_text(color=colours.text, fontWeight="bold", fontSize=13, aria=False)
        .encode(y=alt.value(14), text="label:N")
        .transform_filter("datum.kind == 'home'")
    )
    middle_named = (
        base.mark_text(color=colours.target, fontSize=12, aria=False)
        .encode(y=alt.value(88), text="label:N")
        .transform_filter("datum.kind == 'middle'")
    )
    return without_data(alt.layer(peers, middle, home, named, middle_named))
