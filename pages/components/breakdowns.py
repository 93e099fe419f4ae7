"""A measure in parts: the finding in a sentence, a chart of dots and the figures beside it."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables, vega
from pages.components.figures import headed
from pages.components.filters import choose_if_several, titles
from pages.components.palette import Palette, palette
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from pages.components.vega import Specification, without_data
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, figure

ROW: int = 34
"""Pixels of one category in the chart."""


def heading(title: str) -> str:
    """ "By channel"; a title in capitals, e.g. "GP surgery", keeps them."""
    return f"By {title}" if title[1:2].isupper() else f"By {title[:1].lower()}{title[1:]}"


def sentence(frame: pd.DataFrame, unit: str, decimals: int) -> str:
    """The finding of `breakdowns.breakdown`: "In Oct 2026 it was highest for Web (95%) and lowest for Post (71%)."."""
    period = frame["period"].iloc[0]
    without = int(frame["value"].isna().sum())
    more = f" {count(without, 'category has', 'categories have')} no figure that can be shown." if without else ""
    held = frame[frame["value"].notna()].assign(shown=lambda rows: rows["value"].round(decimals))
    if held.empty:
        return f"In {period} no category has a figure that can be shown."
    if held["shown"].nunique() == 1:
        said = figure(held["shown"].iloc[0], unit, decimals)
        return f"In {period} every category with a figure was at {said}.{more}"
    (low, its_low), (high, its_high) = (_named(held, held["shown"] == end(held["shown"])) for end in (min, max))
    lowest, highest = bare(its_low, unit, decimals), figure(its_high, unit, decimals)
    return f"In {period} it was highest for {high} ({highest}) and lowest for {low} ({lowest}).{more}"


@dataclass(frozen=True)
class Parts:
    """A measure in its parts, ready to be drawn; `plain` is the table unmarked."""

    heading: str
    sentence: str
    points: pa.Table
    key: str
    table: pa.Table
    plain: tuple[dict[str, str], ...]


def _dimensions(shown: Snapshot, measure_id: str, area_code: str) -> dict[str, str]:
    """Options for `filters.choose`: what an area's measure is broken down by."""
    return titles(snapshot.dimensions(measure_id, area_code), "dimension", "title")


dimensions = snapshot.remembered(_dimensions)


def _made(shown: Snapshot, measure_id: str, area_code: str, dimension: str) -> Parts:
    measure, frame = snapshot.definition(measure_id), snapshot.breakdown(measure_id, area_code, dimension)
    unit, decimals, title = measure["unit"], measure["decimals"], dimensions(measure_id, area_code)[dimension]
    plain = tuple(_row(one, title, unit, decimals) for one in rows_of(frame))
    return Parts(
        heading=heading(title),
        sentence=sentence(frame, unit, decimals),
        points=vega.plotted(_data(frame, unit, decimals)),
        key=_key(frame),
        table=tables.ready([{as_text(name): as_text(cell) for name, cell in row.items()} for row in plain]),
        plain=plain,
    )


made = snapshot.remembered(_made)


def show(measure_id: str, area_code: str) -> None:
    """Heading, sentence, chart and table; which breakdown is asked where there are several, and none drawn without."""
    options = dimensions(measure_id, area_code)
    if not options:
        return
    dimension = choose_if_several("Broken down by", "by", options)
    held = made(measure_id, area_code, dimension)
    st.header(as_text(held.heading))
    st.markdown(as_text(held.sentence))
    chart, table = st.columns(2, gap="large")
    with chart:
        vega.draw(held.points, _specification(palette()), held.sentence, ROW * held.table.num_rows + 40)
        st.caption(held.key)
    with table:
        tables.draw(held.table, f"{held.heading}: {held.sentence}")


def _row(one: Any, title: str, unit: str, decimals: int) -> dict[str, str]:
    row = {as_text(title): str(one.category), headed(one.period, unit): bare(one.value, unit, decimals, one.marker)}
    if one.earlier_period:
        row[headed(one.earlier_period, unit)] = bare(one.earlier_value, unit, decimals, one.earlier_marker)
    return row


def _named(held: pd.DataFrame, at: "pd.Series[bool]") -> tuple[str, float]:
    """The category at one end, or how many share it, with their figure."""
    names = held.loc[at, "category"]
    name = str(names.iloc[0]) if len(names) == 1 else count(len(names), "category", "categories")
    return name, float(held.loc[at, "shown"].iloc[0])


def _key(frame: pd.DataFrame) -> str:
    filled = f"Filled: {as_text(frame['period'].iloc[0])}."
    if frame["earlier_value"].isna().all():
        return filled
    return f"{filled} Hollow: {as_text(frame['earlier_period'].iloc[0])}."


def _data(frame: pd.DataFrame, unit: str, decimals: int) -> pd.DataFrame:
    """One row per category: category, value, earlier_value and the words beside them."""
    return pd.DataFrame(
        {
            "category": one.category,
            "value": one.value,
            "earlier": one.earlier_value,
            "label": bare(one.value, unit, decimals, one.marker),
            "absent": "" if pd.notna(one.value) else bare(one.value, unit, decimals, one.marker),
            "before": bare(one.earlier_value, unit, decimals, one.earlier_marker),
        }
        for one in rows_of(frame)
    )


@st.cache_data(show_spinner=False, max_entries=4)
def _specification(colours: Palette) -> Specification:
    y = alt.Y(
        "category:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelColor=colours.text, labelLimit=150, ticks=False, domain=False, grid=True, gridDash=[1, 3], aria=False
        ),
    )
    scale = alt.Scale(zero=False, nice=True, padding=24)
    x = alt.X(
        "value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4, labelColor=colours.peer, grid=False, aria=False)
    )
    tooltip = [
        alt.Tooltip("category:N", title="Category"),
        alt.Tooltip("label:N", title="Figure"),
        alt.Tooltip("before:N", title="A year before"),
    ]
    base = alt.Chart(pd.DataFrame({"category": []})).encode(y=y)
    earlier = (
        base.mark_point(color=colours.peer, size=80, strokeWidth=2, aria=False)
        .encode(x=alt.X("earlier:Q"), tooltip=tooltip)
        .transform_filter("isValid(datum.earlier)")
    )
    latest = (
        base.mark_point(color=colours.figure, filled=True, size=110, opacity=1, aria=False)
        .encode(x=x, tooltip=tooltip)
        .transform_filter("isValid(datum.value)")
    )
    named = (
        base.mark_text(color=colours.text, fontSize=12, fontWeight="bold", dy=-12, aria=False)
        .encode(x=x, text="label:N")
        .transform_filter("isValid(datum.value)")
    )
    # Every category is in this layer, so that they stand in the order of the table.
    absent = base.mark_text(
        color=colours.text, fontSize=11, fontStyle="italic", align="left", dy=-12, aria=False
    ).encode(x=alt.value(6), text="absent:N")
    return without_data(alt.layer(absent, earlier, latest, named))
