"""Stock and flow as a chart: bars of what came above the line and what went below it, and the stock as a line."""

from typing import Any, Final

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import vega
from pages.components.palette import Palette
from scorecard.periods import between

HEIGHT: Final = 240
KEY: Final = (
    "Line: how many there were at each count. Bars above zero: how many came since the count before; below zero: how"
    " many went."
)


def points(counts: pd.DataFrame, first: int, last: int) -> pa.Table:
    """One row a month from `first` to `last` (month numbers), of counts of one stock with their `month`.

    period, closing, added, gone (below zero), segment (a run of months without a gap), mark (× where there is no
    count), label (the latest count). A month without a count has no figures.
    """
    held = counts.set_index("month")
    rows: list[dict[str, object]] = []
    segment = 0
    for month in range(first, last + 1):
        row: dict[str, object] = {"period": between(month, month).label, "closing": None, "added": None, "gone": None}
        if month in held.index:
            one: Any = held.loc[month]
            row["closing"] = float(one["closing"])
            row["added"] = None if pd.isna(one["added"]) else float(one["added"])
            row["gone"] = None if pd.isna(one["closed"]) else -float(one["closed"])
        else:
            segment += 1
        absent = month not in held.index and bool(rows)
        label = f"{int(held['closing'].iloc[-1]):,}" if month == last and month in held.index else None
        rows.append({**row, "segment": segment, "mark": "×" if absent else None, "label": label})
    frame = pd.DataFrame(rows)
    for name in ("closing", "added", "gone"):
        frame[name] = frame[name].astype("float64")
    return vega.plotted(frame)


@st.cache_data(show_spinner=False, max_entries=4)
def specification(colours: Palette) -> vega.Specification:
    """The chart without its data."""
    x = alt.X(
        "period:N", sort=None, title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelColor=colours.peer, ticks=False, aria=False),
        scale=alt.Scale(paddingOuter=0.2, range=[0, alt.ExprRef("width - 40")]),
    )  # fmt: skip
    axis = alt.Axis(tickCount=5, tickMinStep=1, labelColor=colours.peer, domain=False, aria=False, format=",~d")
    base = alt.Chart(pd.DataFrame({"period": []})).encode(x=x)
    y = {name: alt.Y(f"{name}:Q", title=None, axis=axis) for name in ("closing", "added", "gone")}
    told = {"period": "Count of", "closing": "Stock", "added": "Came", "gone": "Went"}
    tooltip = [alt.Tooltip(f"{name}:{'N' if name == 'period' else 'Q'}", title=title) for name, title in told.items()]
    bar = base.mark_bar(opacity=0.75, aria=False)
    label = base.mark_text(
        color=colours.text, fontSize=13, fontWeight="bold", align="left", dx=8, baseline="middle", aria=False
    )
    halo = label.copy()
    halo.mark.stroke, halo.mark.strokeWidth = colours.background, 4
    zero = alt.Chart(pd.DataFrame()).mark_rule(color=colours.peer, strokeWidth=1, aria=False)
    return vega.without_data(
        alt.layer(
            bar.encode(y=y["added"], color=alt.value(colours.concern), tooltip=tooltip),
            bar.encode(y=y["gone"], color=alt.value(colours.improvement), tooltip=tooltip),
            zero.encode(y=alt.datum(0)),
            *(
                base.mark_line(color=colour, strokeWidth=width, aria=False).encode(y=y["closing"], detail="segment:N")
                for colour, width in ((colours.background, 6), (colours.figure, 2.5))
            ),
            base.mark_point(color=colours.figure, filled=True, opacity=1, size=26, aria=False).encode(
                y=y["closing"], tooltip=tooltip
            ),
            base.mark_text(color=colours.text, fontSize=12, aria=False)
            .encode(y=alt.datum(0), text="mark:N")
            .transform_filter("datum.mark != null"),
            *(
                each.encode(y=y["closing"], text="label:N").transform_filter("datum.label != null")
                for each in (halo, label)
            ),
        )
    )
