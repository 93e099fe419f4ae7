"""The page of a measure as a document to print or keep: made only when somebody asks for it."""

from collections.abc import Iterator
from contextvars import copy_context
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import (
    about,
    areas_within,
    asked,
    breakdowns,
    concerns,
    confidence,
    dates,
    findings,
    judgements,
    linked,
    outlook,
    series_table,
    snapshot,
)  # fmt: skip
from pages.components.palette import LIGHT
from pages.components.plan import done_about
from scorecard.drawing import Ink, Sheet, Words, as_address, ticks, trend
from scorecard.measure_document import Page, Section, measure_document
from scorecard.measure_words import POLARITY_WORDS, basis_in_words
from scorecard.snapshot.store import Snapshot

WIDTH: Final = 720
HEIGHT: Final = 260
EDGE: Final = 0.06
"""Share of the height left free above and below the figures of the drawing."""
PERIODS: Final = 25
"""Periods in the table: two years of months and the month before them."""
_INK: Final = Ink(LIGHT.figure, LIGHT.target, LIGHT.text, "#d5dae0")


def offer(measure_id: str, area_code: str) -> None:
    """A button that makes the document of a measure in an area, and hands it over."""
    # It is made after the rerun, on another thread, and must show the snapshot of this one.
    context = copy_context()

    def make() -> bytes:
        return context.copy().run(document, measure_id, area_code)

    st.download_button(
        "Print or keep", make, f"{measure_id}.html", "text/html", icon=":material/print:", on_click="ignore",
        help="One page to print: figures, findings, questions, definition and source.",
    )  # fmt: skip


def _document(shown: Snapshot, measure_id: str, area_code: str) -> bytes:
    measure, council = snapshot.definition(measure_id), snapshot.council()
    found = findings.found(measure_id, area_code)
    drawing, words = _drawing(measure, snapshot.figures(measure_id, area_code), found)
    parts = (measure["theme"], measure["service"], measure["owner"], POLARITY_WORDS[measure["polarity"]])
    areas = snapshot.areas(measure_id)
    page = Page(
        council=council["name"],
        notice=council["notice"] or "",
        title=measure["title"],
        area=str(areas.loc[areas["area_code"] == area_code, "name"].iloc[0]),
        in_short=" · ".join(parts),
        answer=found.whole if found else "There are no figures yet.",
        signs=[(heading, words) for heading, words, _ in found.signs] if found else [],
        drawing=drawing,
        drawing_words=words,
        key=f"Unit: {measure['unit']}. {basis_in_words(measure['basis'], measure['frequency'])}. Dashed: the target.",
        sections=[each for each in _sections(measure_id, area_code) if each],
        published=f"{council['name']}, figures published {dates.moment(shown.published_at)}.",
    )
    return measure_document(page).encode("utf-8")


document = snapshot.remembered(_document)


def _sections(measure_id: str, area_code: str) -> Iterator[Section | None]:
    """The parts of the page in its order, in plain words."""
    told, rely = judgements.told(measure_id, area_code), confidence.made(measure_id, area_code)
    if told and told.plain:
        yield Section("What the figures say", points=tuple(f"{name}: {said}" for name, said in told.plain))
    if questions := asked.asked(measure_id, area_code):
        yield Section("Questions to ask", points=questions, numbered=True)
    if end := outlook.made(measure_id, area_code):
        yield Section("Where the year may end", tuple(each for each in (end.sentence, end.rate, end.record) if each))
    if listed := concerns.listed(measure_id).plain:
        yield Section("On the list of exceptions", points=listed)
    if done := done_about.made(measure_id).plain:
        yield Section("What is being done about it", rows=done, caption="Linked items of the registers to be done")
    yield from _tables(measure_id, area_code)
    yield Section("What it means", tuple(_meaning(measure_id)))
    if rely:
        yield Section("How far to rely on the figures", points=rely.plain)
    yield _source(snapshot.receipt(measure_id, area_code))


def _tables(measure_id: str, area_code: str) -> Iterator[Section]:
    figures = series_table.made(measure_id, area_code)
    if figures.plain:
        shown = figures.plain[:PERIODS]
        more = (
            f"The latest {len(shown)} of {len(figures.plain)} periods"
            if len(figures.plain) > PERIODS
            else "All periods"
        )
        yield Section("Its figures", rows=shown, caption=f"{more}, the latest first")
    for dimension in breakdowns.dimensions(measure_id, area_code):
        parts = breakdowns.made(measure_id, area_code, dimension)
        yield Section(parts.heading, (parts.sentence,), rows=parts.plain, caption="By name")
    if within := areas_within.made(measure_id, area_code, LIGHT):
        yield Section(within.heading, (within.sentence,), rows=within.plain, caption="By name")
    beside = linked.made(measure_id, LIGHT).plain
    if beside:
        named = ("Measure", "Why beside", "Latest", "Status")
        rows = [dict(zip(named, each, strict=True)) for each in beside]
        yield Section("Linked measures", rows=rows, caption="Its counter-measure, and others of its service or goal")


def _meaning(measure_id: str) -> Iterator[str]:
    measure = snapshot.definition(measure_id)
    yield measure["definition"]
    if measure["caveat"]:
        yield f"Bear in mind: {measure['caveat']}"
    yield from (f"{heading}: {said}" for heading, said in about.made(measure_id).facts)


def _source(held: dict[str, Any]) -> Section | None:
    if not held:
        return None
    where = held["path"] if held["source_row"] is None else f"{held['path']}, row {held['source_row']}"
    return Section(
        "Where the latest figure comes from",
        points=(
            f"Source: {held['source'] or 'not recorded'}, {held['publisher'] or 'not recorded'}",
            f"File: {where}, SHA-256 {held['sha256']}",
            f"Published as it is since {dates.moment(held['known_from'])}",
        ),
    )


def _drawing(measure: dict[str, Any], series: pd.DataFrame, found: findings.Finding | None) -> tuple[str, str]:
    """The course of a measure as the address of a drawing, with its words; both empty for fewer than two figures."""
    if found is None or series["value"].notna().sum() < 2:
        return "", ""
    drawn = series[["value", "target_low", "target_high"]]
    low, high = float(drawn.min().min()), float(drawn.max().max())
    edge = EDGE * (high - low)
    steps = ticks(low - edge, high + edge)
    sheet = Sheet(WIDTH, HEIGHT, steps[0], steps[-1], len(series), left=64, right=14, top=16, bottom=26)
    values, targets = (
        [None if pd.isna(each) else float(each) for each in series[name]] for name in ("value", "target_high")
    )
    goal = next((words for heading, words, _ in found.signs if heading == "Target"), "")
    words = Words(list(series["period"]), found.latest, goal and f"Target {goal}")
    svg = trend(values, targets, words, sheet, _INK)
    return as_address(
        svg
    ), f"{measure['title']} from {series['period'].iloc[0]} to {series['period'].iloc[-1]}. {found.whole}"
