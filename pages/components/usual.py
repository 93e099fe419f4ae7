"""The usual variation of a series on its chart: process limits, and what lies beyond what they allow for."""

from typing import Any, Final

import altair as alt
import pandas as pd

from pages.components.palette import Palette
from scorecard.wording import bare, count, figure, joined

SHAPES: Final = {
    "common_cause": "circle",
    "special_cause_concern": "diamond",
    "special_cause_improvement": "square",
    "special_cause_neutral_high": "triangle-up",
    "special_cause_neutral_low": "triangle-down",
}
"""What marks a figure that the NHS rules take out of usual variation: a shape, so that no colour is needed."""
STANDS: Final = {
    "common_cause": "usual",
    "special_cause_concern": "worse than usual",
    "special_cause_improvement": "better than usual",
    "special_cause_neutral_high": "higher than usual",
    "special_cause_neutral_low": "lower than usual",
}
"""The same in words, for the table, the tooltip and the words of the chart."""
_MARKS: Final = {
    "special_cause_concern": "Diamond",
    "special_cause_improvement": "Square",
    "special_cause_neutral_high": "Triangle",
    "special_cause_neutral_low": "Triangle pointing down",
}


def key(series: pd.DataFrame) -> list[str]:
    """Sentences for the key of a chart of `series.series`: what is drawn of its usual variation, or why nothing is."""
    if series["usual"].isna().all():
        # It builds up: the limits are of what each period added, which is not what the chart shows.
        apart = "Its usual range is not drawn: what each period added is judged, and the chart shows the year so far."
        return [apart] if series["variation"].notna().any() else []
    held = set(series["variation"].dropna())
    shaded = "Shaded: its usual range, between the process limits (thin lines), with the mean (thin, broken)."
    marks = [f"{mark}: {STANDS[kind]}, or part of a run that is." for kind, mark in _MARKS.items() if kind in held]
    return [shaded, *marks]


def told(series: pd.DataFrame, unit: str, decimals: int) -> list[str]:
    """Sentences for the words of the chart: the latest usual range, and how many figures are marked as beyond it."""
    held = series[series["usual"].notna()]
    if held.empty:
        return []
    low, mean, high = (float(held[name].iloc[-1]) for name in ("usual_low", "usual", "usual_high"))
    ranged = (
        f"Its usual range is now from {bare(low, unit, decimals)} to {figure(high, unit, decimals)},"
        f" with a mean of {bare(mean, unit, decimals)}."
    )
    kinds = held["variation"].value_counts()
    marked = [f"{kinds[kind]} as {STANDS[kind]}" for kind in _MARKS if kind in kinds]
    return [ranged, f"Marked of {count(len(held), 'figure')}: {joined(marked)}."] if marked else [ranged]


def in_the_table(usual: float | None, kind: str | None) -> str:
    """How one figure stands against its usual range: "worse", "usual"; a dash where it has none."""
    return "–" if kind is None or pd.isna(usual) else STANDS[kind].removesuffix(" than usual")


def columns(series: pd.DataFrame) -> "dict[str, pd.Series[Any]]":
    """What of a series is plotted: usual, usual_low and usual_high, kind (a key of SHAPES), and stands in words."""
    drawn = series["usual"].notna()
    kind = series["variation"].where(drawn, None).fillna("common_cause")
    stands = kind.map(STANDS).where(drawn, "no usual range")
    return {name: series[name] for name in ("usual", "usual_low", "usual_high")} | {"kind": kind, "stands": stands}


def shape() -> alt.Shape:
    """The shape of a figure by its kind of variation."""
    return alt.Shape("kind:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None)


def size() -> alt.Size:
    """The size of a figure by its kind of variation: a square looks larger than a diamond of the same size."""
    return alt.Size("kind:O", scale=alt.Scale(domain=list(SHAPES), range=[34, 80, 44, 60, 60]), legend=None)


def colour_scale(colours: Palette) -> alt.Scale:
    """The colour of a figure by its kind of variation, beside its shape."""
    of = {"special_cause_concern": colours.concern, "special_cause_improvement": colours.improvement}
    return alt.Scale(domain=list(SHAPES), range=[of.get(kind, colours.figure) for kind in SHAPES])


def layers(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    """The band between the process limits, and the mean in it; a band of its own for each step of the series."""
    # A step has one mean, so the mean keeps the bands of two steps apart.
    band = base.mark_area(color=colours.peer, opacity=0.13, aria=False)
    edge = base.mark_line(color=colours.peer, strokeWidth=1, aria=False)
    mean = base.mark_line(color=colours.peer, strokeWidth=1, strokeDash=[8, 4], aria=False)
    drawn: list[alt.Chart] = [
        band.encode(alt.Y("usual_low:Q"), alt.Y2("usual_high:Q"), detail="usual:Q"),
        edge.encode(alt.Y("usual_low:Q"), detail="usual:Q"),
        edge.encode(alt.Y("usual_high:Q"), detail="usual:Q"),
        mean.encode(alt.Y("usual:Q"), detail="usual:Q"),
    ]
    return [each.transform_filter("isValid(datum.usual)") for each in drawn]
