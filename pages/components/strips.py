"""The home council among its peers as marks on one line; what it shows is said in words and in the table below."""

import altair as alt
import pandas as pd
import streamlit as st

from pages.components.palette import Palette, palette
from pages.components.rows import of as rows_of
from pages.components.vega import Specification, without_data
from scorecard.wording import bare


def strip(figures: pd.DataFrame, median: float, unit: str, decimals: int, sentence: str) -> None:
    """Home among its peers, from `peers.comparison`: one mark a council on one line, the middle as a rule."""
    st.vega_lite_chart(
        _strip_data(figures, median, unit, decimals),
        _strip_specification(palette()),
        alt=sentence,
        height=130,
        width="stretch",
    )


def _strip_data(figures: pd.DataFrame, median: float, unit: str, decimals: int) -> pd.DataFrame:
    """One row per council and one for the middle: kind (home, peer, middle), value and words."""
    rows = [
        {
            "kind": "home" if one.is_home else "peer",
            "name": one.name,
            "value": one.value,
            "figure": bare(one.value, unit, decimals, one.marker),
        }
        for one in rows_of(figures)
    ]
    rows.append(
        {"kind": "middle", "name": "Middle of the group", "value": median, "figure": bare(median, unit, decimals)}
    )
    data = pd.DataFrame(rows)
    data["label"] = data["name"] + ": " + data["figure"]
    return data


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
