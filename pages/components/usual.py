"""The usual variation of a series on its chart: process limits, and what lies beyond what they allow for."""

from typing import Final

import altair as alt
import pandas as pd

from pages.components.palette import Palette

SHAPES: Final = {
    "common_cause": "circle",
    "special_cause_concern": "diamond",
    "special_cause_improvement": "square",
    "special_cause_neutral_high": "triangle-up",
    "special_cause_neutral_low": "triangle-down",
}
"""What marks a figure that the NHS rules take out of usual variation: a shape, so that no colour is needed."""
WORDS: Final = {
    "special_cause_concern": "Diamond: worse than usual variation gives.",
    "special_cause_improvement": "Square: better than usual variation gives.",
    "special_cause_neutral_high": "Triangle up: higher than usual variation gives.",
    "special_cause_neutral_low": "Triangle down: lower than usual variation gives.",
}


def key(series: pd.DataFrame) -> list[str]:
    """Sentences for the key of a chart of `series.series`; none where nothing of it is drawn."""
    if not series["usual"].notna().any():
        return []
    held = set(series["variation"].dropna())
    shaded = "Shaded: where its usual variation lies, about its mean (thin line)."
    return [shaded, *(words for kind, words in WORDS.items() if kind in held)]


def shape() -> alt.Shape:
    """The shape of a figure by its kind of variation."""
    return alt.Shape("variation:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None)


def layers(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    """The band between the process limits, and the mean in it; a band of its own for each step of the series."""
    # A step has one mean, so the mean keeps the bands of two steps apart.
    band = base.mark_area(color=colours.peer, opacity=0.16, aria=False)
    mean = base.mark_line(color=colours.peer, strokeWidth=1, aria=False)
    drawn: list[alt.Chart] = [
        band.encode(alt.Y("usual_low:Q"), alt.Y2("usual_high:Q"), detail="usual:Q"),
        mean.encode(alt.Y("usual:Q"), detail="usual:Q"),
    ]
    return [each.transform_filter("isValid(datum.usual)") for each in drawn]
