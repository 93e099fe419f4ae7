"""The charts: authored in Altair once for each kind and theme, then fed with nothing but the plotted columns.

Building a specification costs five times as much as drawing it, so each is kept. What a chart shows is said
in its text alternative and in the table beside it; its many marks are hidden from screen readers.
"""

from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from pages.components.figures import bare_target
from pages.components.palette import Palette, palette
from pages.components.rows import of as rows_of
from scorecard.wording import bare

Specification = dict[str, Any]


def trend(series: pd.DataFrame, unit: str, decimals: int, sentence: str) -> None:
    """A measure through time from `series.series`: gaps stay gaps, marked figures are hollow, targets dashed.

    Dotted is the limit of the tolerance: a figure beyond it is off target.
    """
    st.vega_lite_chart(
        _trend_data(series, unit, decimals), _trend_specification(palette()), alt=sentence, height=320, width="stretch"
    )


def key(series: pd.DataFrame) -> str:
    """What the lines of `trend` are, in words; empty when there is only the figure."""
    said = []
    if series["target_low"].notna().any():
        said.append("Dashed: the target. Dotted: the limit of its tolerance, beyond which a figure is off target.")
    if series["lower"].notna().any():
        said.append("Bars: the confidence interval, within which the true figure very likely lies.")
    return " ".join(said)


def strip(figures: pd.DataFrame, median: float, unit: str, decimals: int, sentence: str) -> None:
    """Home among its peers, from `peers.comparison`: one mark a council on one line, the middle as a rule."""
    st.vega_lite_chart(
        _strip_data(figures, median, unit, decimals),
        _strip_specification(palette()),
        alt=sentence,
        height=130,
        width="stretch",
    )


def _trend_data(series: pd.DataFrame, unit: str, decimals: int) -> pd.DataFrame:
    """One row per period: what is plotted and the words beside it."""
    words = [
        bare(value, unit, decimals, marker) for value, marker in zip(series["value"], series["marker"], strict=True)
    ]
    shown = series["value"].notna()
    goals = [
        bare_target(low, high, unit, decimals)
        for low, high in zip(series["target_low"], series["target_high"], strict=True)
    ]
    data = pd.DataFrame(
        {
            "period": series["period"],
            "value": series["value"],
            "low": series["target_low"],
            "high": series["target_high"],
            "lower": series["lower"],
            "upper": series["upper"],
            "limit_low": series["limit_low"],
            "limit_high": series["limit_high"],
            "figure": words,
            "target": goals,
            "marked": series["marker"].notna() & shown,
            "mark": [
                f"[{marker}]" if marker and not there else None
                for marker, there in zip(series["marker"], shown, strict=True)
            ],
        }
    )
    data["label"] = _only_at(data.index[shown][-1:], data["figure"])
    left, right = _ends(series)
    data["target_left"] = _only_at(left, "Target " + data["target"])
    data["target_right"] = _only_at(right, "Target " + data["target"])
    return data


def _ends(series: pd.DataFrame) -> "tuple[pd.Index[int], pd.Index[int]]":
    """Where to name the target: at its first or its last period, whichever leaves more room beside the figures."""
    held = series.index[series["target_low"].notna()]
    gap = (series["value"] - series["target_high"]).abs().reindex(held).fillna(0.0)
    at_left = len(held) > 0 and gap.iloc[0] > gap.iloc[-1]
    return (held[:1], held[:0]) if at_left else (held[:0], held[-1:])


def _goal(base: alt.Chart, colours: Palette, column: str, align: Literal["left", "right"]) -> alt.Chart:
    words = base.mark_text(color=colours.target, fontSize=12, dy=-9, align=align, aria=False)
    named: alt.Chart = words.encode(alt.Y("high:Q"), text=f"{column}:N")
    return named.transform_filter(f"datum.{column} != null")


def _only_at(index: "pd.Index[int]", words: "pd.Series[str]") -> "pd.Series[Any]":
    return words.where(words.index.isin(index), None)


@st.cache_data(show_spinner=False, max_entries=4)
def _trend_specification(colours: Palette) -> Specification:
    x = alt.X(
        "period:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelColor=colours.peer, ticks=False),
        scale=alt.Scale(paddingOuter=0.3),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(tickCount=5, labelColor=colours.peer, domain=False),
    )
    tooltip = [
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("figure:N", title="Figure"),
        alt.Tooltip("target:N", title="Target"),
    ]
    base = alt.Chart(pd.DataFrame({"period": []})).encode(x=x)
    band = base.mark_area(color=colours.target, opacity=0.15, aria=False).encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    low = base.mark_line(color=colours.target, strokeDash=[6, 4], strokeWidth=2, aria=False).encode(alt.Y("low:Q"))
    high = base.mark_line(color=colours.target, strokeDash=[6, 4], strokeWidth=2, aria=False).encode(alt.Y("high:Q"))
    limits = [
        base.mark_line(color=colours.target, strokeDash=[1, 4], strokeWidth=1.5, aria=False).encode(alt.Y(f"{limit}:Q"))
        for limit in ("limit_low", "limit_high")
    ]
    interval = base.mark_rule(color=colours.figure, opacity=0.45, strokeWidth=4, aria=False).encode(
        alt.Y("lower:Q"), alt.Y2("upper:Q")
    )
    line = base.mark_line(color=colours.figure, strokeWidth=2.5, aria=False).encode(y)
    points = (
        base.mark_point(color=colours.figure, size=34, filled=True, opacity=1, strokeWidth=2, aria=False)
        .encode(
            y,
            tooltip=tooltip,
            fill=alt.condition("datum.marked", alt.value(colours.background), alt.value(colours.figure)),
            stroke=alt.value(colours.figure),
        )
        .transform_filter("isValid(datum.value)")
    )
    halo = (
        base.mark_text(
            stroke=colours.background,
            strokeWidth=5,
            fontWeight="bold",
            fontSize=13,
            dy=-14,
            align="right",
            dx=8,
            aria=False,
        )
        .encode(y, text="label:N")
        .transform_filter("datum.label != null")
    )
    latest = (
        base.mark_text(color=colours.text, fontWeight="bold", fontSize=13, dy=-14, align="right", dx=8, aria=False)
        .encode(y, text="label:N")
        .transform_filter("datum.label != null")
    )
    goal_left = _goal(base, colours, "target_left", "left")
    goal_right = _goal(base, colours, "target_right", "right")
    absent = (
        base.mark_text(color=colours.text, fontSize=12, aria=False)
        .encode(y=alt.value(alt.ExprRef("height - 8")), text="mark:N", tooltip=tooltip)
        .transform_filter("datum.mark != null")
    )
    return _without_data(
        alt.layer(band, interval, *limits, low, high, line, points, goal_left, goal_right, halo, latest, absent)
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
    return _without_data(alt.layer(peers, middle, home, named, middle_named))


def _without_data(chart: alt.TopLevelMixin) -> Specification:
    specification: Specification = chart.to_dict()
    specification.pop("datasets", None)
    for part in (specification, *specification["layer"]):
        part.pop("data", None)
    return specification
