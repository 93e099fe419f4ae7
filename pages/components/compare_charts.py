"""Up to six lines in one chart, told apart without colour: each has its dashes, its shape and its name at the end.

Time runs in financial years, so that months, quarters and years stand where they belong, and gaps stay gaps.
"""

import base64
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from pages.components.palette import Palette
from pages.components.vega import Specification, without_data

DASHES: Final = ((1, 0), (8, 3), (2, 3), (10, 3, 2, 3), (14, 5), (4, 2))
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
STYLES: Final = (
    "solid line, circles", "dashed line, squares", "dotted line, triangles", "dash-dot line, diamonds",
    "long dashes, crosses", "short dashes, triangles pointing down",
)  # fmt: skip
"""The same in words."""
BEFORE: Final = "before"
"""The line of the same periods a year before."""
LINES: Final = (*(str(place) for place in range(len(DASHES))), BEFORE)
HIGH: Final = 380
LOW: Final = 210
"""Pixels of a chart of several lines, and of one of a row of charts."""
ROOM: Final = 19
"""Pixels between two names at the end of lines."""
_MARGIN: Final = "(width < 520 ? 62 : 250)"
_SAMPLES: Final = (
    "<circle cx='24' cy='8' r='4.5'/>",
    "<rect x='20' y='4' width='8' height='8'/>",
    "<path d='M24 2.5l5 9h-10z'/>",
    "<path d='M24 2l6 6-6 6-6-6z'/>",
    "<path d='M22 3h4v3h3v4h-3v3h-4v-3h-3v-4h3z'/>",
    "<path d='M24 13.5l5-9h-10z'/>",
)


def colours_of(colours: Palette) -> tuple[str, ...]:
    """The colour of each line: all at least 3:1 on the background."""
    return (colours.figure, colours.target, colours.improvement, colours.concern, colours.text, colours.peer)


def sample(place: int, colours: Palette) -> str:
    """Markdown of a small picture of one line's dashes and shape, for the key."""
    colour = colours_of(colours)[place]
    dashes = " ".join(map(str, DASHES[place]))
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='48' height='16'><path d='M0 8h48' stroke='{colour}'"
        f" stroke-width='2.2' stroke-dasharray='{dashes}'/><g fill='{colour}'>{_SAMPLES[place]}</g></svg>"
    )
    return f"![{STYLES[place]}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


@st.cache_data(show_spinner=False, max_entries=4)
def specification(colours: Palette) -> Specification:
    """The chart, to be fed with one row per line and period: see `compare_lines.plotted`."""
    x = alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False, range=[0, alt.ExprRef(f"max(width - {_MARGIN}, 80)")]),
        axis=alt.Axis(
            tickMinStep=1,
            labelExpr="datum.value % 1 == 0 ? datum.value + '/' + substring(toString(datum.value + 1), 2) : ''",
            labelAlign="left",
            labelOverlap="greedy",
            labelColor=colours.peer,
            domain=False,
        ),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(tickCount=5, labelColor=colours.peer, domain=False),
    )
    every = list(LINES)
    colour = alt.Color("line:N", legend=None, scale=alt.Scale(domain=every, range=[*colours_of(colours), colours.peer]))
    dash = alt.StrokeDash(
        "line:N", legend=None, scale=alt.Scale(domain=every, range=[*(list(one) for one in DASHES), [5, 4]])
    )
    shape = alt.Shape("line:N", legend=None, scale=alt.Scale(domain=every, range=[*SHAPES, "circle"]))
    fill = alt.Fill("line:N", legend=None, scale=colour["scale"])
    filled = alt.condition("datum.hollow", alt.value(colours.background), fill)
    tooltip = [alt.Tooltip(f"{name}:N", title=title) for name, title in _TOLD.items()]
    base = alt.Chart(pd.DataFrame({"x": []})).encode(x=x)
    lines = base.mark_line(strokeWidth=2.2, aria=False).encode(y, color=colour, strokeDash=dash, detail="part:N")
    points = (
        base.mark_point(size=52, strokeWidth=1.6, opacity=1, aria=False)
        .encode(y, shape=shape, stroke=alt.Stroke("line:N", legend=None, scale=colour["scale"]), fill=filled)
        .transform_filter("datum.dot && isValid(datum.value)")
    )
    # A figure without a point of its own is still found by whoever points at it.
    found = (
        base.mark_point(size=150, opacity=0, aria=False)
        .encode(y, tooltip=tooltip)
        .transform_filter("isValid(datum.value)")
    )
    at_end = alt.value(alt.ExprRef(f"max(width - {_MARGIN}, 80) + 14"))
    ends = (
        base.mark_point(size=60, opacity=1, strokeWidth=1.6, aria=False)
        .encode(
            alt.Y("at:Q"), x=at_end, shape=shape, stroke=alt.Stroke("line:N", legend=None, scale=colour["scale"]),
            fill=filled,
        )
        .transform_filter("isValid(datum.at)")
    )  # fmt: skip
    words = base.mark_text(align="left", baseline="middle", dx=9, fontSize=12, color=colours.text, aria=False)
    named = [
        words.encode(alt.Y("at:Q"), x=at_end, text=f"{column}:N").transform_filter(f"isValid(datum.at) && {room}")
        for column, room in (("name", "width >= 520"), ("short", "width < 520"))
    ]
    return without_data(alt.layer(lines, points, found, ends, *named))


_TOLD: Final = {"who": "Line", "period": "Period", "figure": "Figure"}
