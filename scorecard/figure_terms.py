"""The words about figures, periods and the marks beside them: a part of the glossary."""

from typing import Final

from scorecard.term import Term

FIGURE_TERMS: Final[dict[str, Term]] = {
    "period": Term(
        "Period",
        "The month, quarter or year that a figure is about. The financial year runs from April to March: Q1 is April"
        " to June, and 2026/27 ends in March 2027.",
        ("year_to_date", "rolling", "snapshot_figure"),
    ),
    "year_to_date": Term(
        "Year to date",
        "A figure that builds up from April: each one includes the months before it. It is judged by what each month"
        " added.",
        ("period", "target_profile"),
    ),
    "rolling": Term(
        "Rolling figure",
        "A figure over the last twelve months (or another stretch), worked out anew each time. Each one shares most"
        " of its months with the one before, so it moves slowly.",
        ("period",),
    ),
    "snapshot_figure": Term(
        "As it stood",
        "A figure as it was on one day, the last of its period: cases open on 31 March.",
        ("period",),
    ),
    "missing": Term(
        "Missing",
        "A figure that should be there and is not. It is shown as a gap and never as nought.",
        ("late",),
    ),
    "late": Term(
        "Late or overdue",
        "A file, or the figure it holds, that has not come by the day it was expected.",
        ("missing",),
    ),
    "provisional": Term(
        "Provisional",
        "A figure that is likely to change because not everything has been counted or checked yet. Marked [p].",
        ("revised",),
    ),
    "revised": Term(
        "Revised",
        "A figure that has been put right since it was first given. Marked [r] where its source says so.",
        ("restated", "provisional"),
    ),
    "restated": Term(
        "Restated",
        "A figure that these pages have shown before with another value. What it was, and why it changed, is kept"
        " under Data quality.",
        ("revised",),
    ),
    "suppression": Term(
        "Suppression",
        "Leaving out a number so small that it could tell something about a person. It is shown as withheld, marked"
        " [c], and never as nought.",
        ("small_numbers",),
    ),
    "small_numbers": Term(
        "Too few to call",
        "So few cases that one or two more or less, by chance alone, would put the figure on the other side of its"
        " target. It is then called neither on nor off target.",
        ("suppression", "interval"),
    ),
    "interval": Term(
        "Confidence interval",
        "The range that the true figure is very likely to be in, where the figure comes from a survey or from few"
        " cases.",
        ("small_numbers",),
    ),
    "break": Term(
        "Break in the series",
        "A day from which a measure is counted differently. Figures before and after are not joined, compared or"
        " judged together.",
        ("rebase",),
    ),
    "rebase": Term(
        "New usual level",
        "A day from which the usual range is worked out anew, because the service itself changed. Also called a"
        " rebase. The reason is given.",
        ("usual_range", "break"),
    ),
}
"""By id, for scorecard/glossary.py."""
