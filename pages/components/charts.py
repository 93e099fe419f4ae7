"""A measure through time: authored in Altair once for each theme, then fed with nothing but the plotted columns.

Building a specification costs five times as much as drawing it, so each is kept. What a chart shows is said
in its text alternative and in the table beside it; its many marks are hidden from screen readers.
"""

from typing import Any, Final, Literal

import altair as alt
import pandas as pd
import streamlit as st

from pages.components import usual
from pages.components.figures import bare_target
from pages.components.palette import Palette, palette
from pages.components.states import as_text
from pages.components.vega import Specification, without_data
from scorecard.wording import bare

LEVELS: Final = (0, 1)
"""Heights above the chart at which words can stand."""
WORDS_HIGH: Final = 36
"""Pixels of two lines of words."""


def trend(series: pd.DataFrame, unit: str, decimals: int, sentence: str) -> None:
    """A measure through time from `series.series`: gaps stay gaps, marked figures are hollow, targets dashed.

    Dotted is the limit of the tolerance: a figure beyond it is off target. An upright rule with its words stands
    where figures are counted differently, and no line crosses it.
    """
    levels = min(int(series["change"].notna().sum()), len(LEVELS))
    st.vega_lite_chart(
        _trend_data(series, unit, decimals),
        _trend_specification(palette(), levels=levels),
        alt=" ".join([sentence, *usual.told(series, unit, decimals)]),
        height=320 + WORDS_HIGH * levels,
        width="stretch",
    )


def notes(series: pd.DataFrame, unit_and_period: str) -> None:
    """Below `trend`: what its figures and lines are, and each break in a sentence."""
    st.caption(f"{unit_and_period} {_key(series)}")
    for said in series["change_sentence"].dropna():
        st.markdown(as_text(said))


def _key(series: pd.DataFrame) -> str:
    said = []
    if series["target_low"].notna().any():
        said.append("Dashed: the target. Dotted: the limit of its tolerance, beyond which a figure is off target.")
    if (series["change"] == "rebase").any():
        said.append("Upright, dotted: from here the usual level is worked out anew.")
    said += usual.key(series)
    if series["lower"].notna().any():
        said.append("Bars: the confidence interval, within which the true figure very likely lies.")
    return " ".join(said)


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
            **usual.columns(series),
            "limit_low": series["limit_low"],
            "limit_high": series["limit_high"],
            "segment": series["segment"],
            "break": series["change"] == "break",
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
    at_change = series.index[series["change"].notna()]
    labels = series["change_label"].str.replace(" from ", "\nfrom ")
    # Words stand on the side of their rule that has room, and those of neighbours at different heights.
    for side, on_side in (("left", at_change <= len(series) / 2), ("right", at_change > len(series) / 2)):
        for level in LEVELS:
            data[f"change_{side}_{level}"] = _only_at(
                at_change[level :: len(LEVELS)].intersection(at_change[on_side]), labels
            )
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


def _changes(base: alt.Chart, colours: Palette, levels: int) -> list[alt.Chart]:
    """Upright rules half a step before the first period counted differently, with their words above."""
    before, foot = alt.ExprRef("-0.5 * bandwidth('x')"), alt.value(alt.ExprRef("height"))
    sides: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 5), ("right", -5))
    drawn: list[alt.Chart] = []
    for level in LEVELS[:levels]:
        top = -8 - level * WORDS_HIGH
        for broken, dash in (("true", [1, 0]), ("false", [2, 3])):
            at = f"(datum.change_left_{level} != null || datum.change_right_{level} != null) && datum.break == {broken}"
            rule = base.mark_rule(color=colours.text, strokeWidth=1.5, strokeDash=dash, xOffset=before, aria=False)
            drawn.append(rule.encode(y=alt.value(top - 22), y2=foot).transform_filter(at))
        for side, apart in sides:
            words = base.mark_text(
                color=colours.text, fontSize=12, align=side, dx=apart, lineBreak="\n", xOffset=before, aria=False
            )
            column = f"change_{side}_{level}"
            drawn.append(
                words.encode(y=alt.value(top - 16), text=f"{column}:N").transform_filter(f"datum.{column} != null")
            )
    return drawn


@st.cache_data(show_spinner=False, max_entries=8)
def _trend_specification(colours: Palette, *, levels: int) -> Specification:
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
        alt.Tooltip("stands:N", title="Variation"),
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
    line = base.mark_line(color=colours.figure, strokeWidth=2.5, aria=False).encode(y, detail="segment:N")
    scale = usual.colour_scale(colours)
    points = (
        base.mark_point(color=colours.figure, filled=True, opacity=1, strokeWidth=2, aria=False)
        .encode(
            y,
            tooltip=tooltip,
            shape=usual.shape(),
            size=usual.size(),
            fill=alt.condition(
                "datum.marked", alt.value(colours.background), alt.Fill("kind:N", scale=scale, legend=None)
            ),
            stroke=alt.Stroke("kind:N", scale=scale, legend=None),
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
    changes = _changes(base, colours, levels)
    under = [*usual.layers(base, colours), band, interval, *limits, low, high, *changes]
    chart = alt.layer(*under, line, points, goal_left, goal_right, halo, latest, absent)
    return without_data(chart)
