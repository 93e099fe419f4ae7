"""A measure through time: authored in Altair once for each theme, then fed with nothing but the plotted columns.

Building a specification costs five times as much as drawing it, so each is kept. What a chart shows is said
in its text alternative and in the table beside it; its many marks are hidden from screen readers.
"""

from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import findings, plotted, snapshot, usual, vega
from pages.components.about import unit_and_period
from pages.components.palette import Palette, palette
from pages.components.states import as_text
from pages.components.vega import Specification, without_data
from scorecard.periods import Frequency
from scorecard.snapshot.store import Snapshot

HEIGHT: Final = 300
WORDS_HIGH: Final = 36
"""Pixels of two lines of words."""
LETTER: Final = 8
ROOM_STEP: Final = 20
"""Pixels of a figure of the latest label, and by how many the room for it grows."""
ALL_YEARS: Final = "all"
_YEARS: Final = {"2": "The last two years", "5": "The last five years"}


@dataclass(frozen=True)
class Trend:
    """A trend ready to be drawn: the plotted columns, its text alternative, its key and its breaks in words."""

    points: pa.Table
    words: str
    key: str
    breaks: tuple[str, ...]
    levels: int
    room: int
    """Pixels to the right of the last period, for the words of the latest figure."""


def _stretches(shown: Snapshot, measure_id: str, area_code: str) -> dict[str, str]:
    """Options for `filters.choose`: how much of a series to show; only those that would show less than all of it."""
    a_year = 12 // Frequency(snapshot.definition(measure_id)["frequency"]).months
    held = len(snapshot.figures(measure_id, area_code))
    return {ALL_YEARS: "All years"} | {
        years: words for years, words in _YEARS.items() if int(years) * a_year < held - 1
    }


stretches = snapshot.remembered(_stretches)


def _made(shown: Snapshot, measure_id: str, area_code: str, years: str) -> Trend:
    """A chart of the last `years`, and of the same period a year before them."""
    measure, series = snapshot.definition(measure_id), snapshot.figures(measure_id, area_code)
    if years != ALL_YEARS:
        periods = int(years) * (12 // Frequency(measure["frequency"]).months) + 1
        series = series.tail(periods).reset_index(drop=True)
    found = findings.found(measure_id, area_code)
    told = usual.told(series, measure["unit"], measure["decimals"])
    points = plotted.columns(series, measure["unit"], measure["decimals"])
    label = max((len(each) for each in points["label"].dropna()), default=0)
    return Trend(
        points=vega.plotted(points),
        words=" ".join([found.whole if found else "", *told]).strip(),
        key=f"{unit_and_period(measure)} {_key(series)}",
        breaks=tuple(series["change_sentence"].dropna()),
        levels=min(int(series["change"].notna().sum()), plotted.LEVELS),
        room=ROOM_STEP * -(-label * LETTER // ROOM_STEP),
    )


made = snapshot.remembered(_made)


def trend(measure_id: str, area_code: str, years: str = ALL_YEARS) -> None:
    """A measure through time: gaps stay gaps, provisional figures are hollow, revised ones ringed, targets dashed.

    Dotted is the limit of the tolerance: a figure beyond it is off target. An upright rule with its words stands
    where figures are counted differently, and no line crosses it. Below it stand its key and each break in a sentence.
    """
    held = made(measure_id, area_code, years)
    height = HEIGHT + WORDS_HIGH * held.levels
    vega.draw(held.points, _specification(palette(), levels=held.levels, room=held.room), held.words, height)
    st.caption(held.key)
    if held.breaks:
        st.markdown("  \n".join(as_text(each) for each in held.breaks))


def _key(series: pd.DataFrame) -> str:
    said = plotted.key(series)
    if series["target_low"].notna().any():
        said.append("Dashed: the target.")
    if series["limit_low"].notna().any() or series["limit_high"].notna().any():
        said.append("Dotted: the limit of its tolerance, beyond which a figure is off target.")
        if series["year"].any() and series["target_low"].nunique() == 1:
            said.append("The target is the same all year: figures lie beyond it until they have built up.")
    if (series["change"] == "rebase").any():
        said.append("Upright, dotted: from here the usual level is worked out anew.")
    said += usual.key(series)
    if series["lower"].notna().any():
        said.append("Bars: the confidence interval, within which the true figure very likely lies.")
    return " ".join(said)


@st.cache_data(show_spinner=False, max_entries=32)
def _specification(colours: Palette, *, levels: int, room: int) -> Specification:
    x = alt.X(
        "period:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelColor=colours.peer, ticks=False, aria=False),
        scale=alt.Scale(paddingOuter=0.3, range=[0, alt.ExprRef(f"width - {room}")]),
    )
    base = alt.Chart(pd.DataFrame({"period": []})).encode(x=x)
    # The first layer sets the order of the periods, so it must be one that leaves none out: that of the target.
    under = [*_targets(base, colours), *usual.layers(base, colours), *_changes(base, colours, levels)]
    return without_data(alt.layer(*under, *_figures(base, colours), *_words(base, colours)))


def _targets(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    """The target as a line or a band, and the limit of its tolerance; none is drawn across a break."""
    dashed = base.mark_line(color=colours.target, strokeDash=[6, 4], strokeWidth=2, aria=False)
    dotted = base.mark_line(color=colours.target, strokeDash=[1, 4], strokeWidth=1.5, aria=False)
    band = base.mark_area(color=colours.target, opacity=0.15, aria=False)
    return [
        band.encode(alt.Y("low:Q"), alt.Y2("high:Q"), detail="segment:N"),
        *(dotted.encode(alt.Y(f"{limit}:Q"), detail="segment:N") for limit in ("limit_low", "limit_high")),
        *(dashed.encode(alt.Y(f"{end}:Q"), detail="segment:N") for end in ("low", "high")),
    ]


def _changes(base: alt.Chart, colours: Palette, levels: int) -> list[alt.Chart]:
    """Upright rules half a step before the first period counted differently, with their words above."""
    if not levels:
        return []
    before, foot = alt.ExprRef("-0.5 * bandwidth('x')"), alt.value(alt.ExprRef("height"))
    drawn: list[alt.Chart] = []
    for level in range(levels):
        at, top = f"datum.changed != null && datum.changed_level == {level}", -8 - level * WORDS_HIGH
        for broken, dash in (("true", [1, 0]), ("false", [2, 3])):
            rule = base.mark_rule(color=colours.text, strokeWidth=1.5, strokeDash=dash, xOffset=before, aria=False)
            upright = rule.encode(y=alt.value(top - 22), y2=foot)
            drawn.append(upright.transform_filter(f"{at} && datum.broken == {broken}"))
        words = base.mark_text(
            color=colours.text, fontSize=12, lineBreak="\n", xOffset=before, aria=False,
            align=alt.ExprRef("datum.changed_align"), dx=alt.ExprRef("datum.changed_align == 'left' ? 5 : -5"),
        )  # fmt: skip
        drawn.append(words.encode(y=alt.value(top - 16), text="changed:N").transform_filter(at))
    return drawn


def _figures(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    """Interval, line and points: shape and colour say how a point stands against usual, its fill how final it is."""
    interval = base.mark_rule(color=colours.figure, opacity=0.45, strokeWidth=4, aria=False)
    line = base.mark_line(color=colours.figure, strokeWidth=2.5, aria=False)
    points = base.mark_point(color=colours.figure, filled=True, opacity=1, strokeWidth=2, aria=False)
    rings = base.mark_point(color=colours.text, filled=False, size=190, strokeWidth=1.5, aria=False)
    scale = usual.colour_scale(colours)
    fill = alt.Fill("kind:N", scale=scale, legend=None)
    return [
        interval.encode(alt.Y("lower:Q"), alt.Y2("upper:Q")),
        line.encode(_y(colours), detail="segment:N"),
        rings.encode(_y(colours)).transform_filter("datum.ringed"),
        points.encode(
            _y(colours),
            tooltip=_tooltip(),
            shape=usual.shape(),
            size=usual.size(),
            fill=alt.condition("datum.hollow", alt.value(colours.background), fill),
            stroke=alt.Stroke("kind:N", scale=scale, legend=None),
        ).transform_filter("isValid(datum.value)"),
    ]


def _words(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    """The target and the latest figure named where they stand, and marks in place of figures."""
    goal = base.mark_text(
        color=colours.target, fontSize=12, baseline="middle", aria=False,
        align=alt.ExprRef("datum.goal_align"), dy=alt.ExprRef("datum.goal_dy"),
    )  # fmt: skip
    latest = base.mark_text(
        color=colours.text, fontSize=13, fontWeight="bold", align="left", dx=9, baseline="middle", aria=False,
    )  # fmt: skip
    halos = [goal.copy(), latest.copy()]
    for halo in halos:
        halo.mark.stroke, halo.mark.strokeWidth = colours.background, 4
    absent = base.mark_text(color=colours.text, fontSize=12, aria=False)
    aimed, newest = alt.Y("high:Q"), _y(colours)
    return [
        *(each.encode(aimed, text="goal:N").transform_filter("datum.goal != null") for each in (halos[0], goal)),
        *(each.encode(newest, text="label:N").transform_filter("datum.label != null") for each in (halos[1], latest)),
        absent.encode(
            y=alt.value(alt.ExprRef("height - 8")), text="mark:N", tooltip=_tooltip()
        ).transform_filter("datum.mark != null"),
    ]  # fmt: skip


def _y(colours: Palette) -> alt.Y:
    axis = alt.Axis(tickCount=5, labelColor=colours.peer, domain=False, aria=False)
    return alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=axis)


def _tooltip() -> list[alt.Tooltip]:
    named = {"period": "Period", "figure": "Figure", "target": "Target", "stands": "Variation", "before": "Was before"}
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in named.items()]
