"""The yearly residents' survey: seven questions with their confidence limits."""

from math import sqrt
from typing import Final

from pipelines.demonstration.annual import finished_years
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span
from scorecard.periods import year_label

QUESTIONS: Final = {
    "RS1": (
        "Satisfied with how the council runs things",
        Series("residents", 66.8, 0.5, changes=(drift("2021-04", -0.07, "2024-09"),)),
    ),
    "RS2": ("Council gives value for money", Series("value_for_money", 50.6, 0.5, changes=(drift("2021-04", -0.03),))),
    "RS3": ("Kept informed by the council", Series("informed", 56.4, 0.6)),
    "RS4": ("Council acts on concerns", Series("acts", 52.6, 0.6, changes=(drift("2021-04", -0.02),))),
    "RS5": ("Trust the council", Series("trust", 62.0, 0.6, changes=(drift("2021-04", -0.03),))),
    "RS6": ("Satisfied with the local area", Series("area", 78.2, 0.5, changes=(drift("2021-04", -0.02),))),
    "RS7": ("Safe outside after dark", Series("safe", 73.4, 0.6)),
}
"""Code to question and the share who said so, in per cent."""
ANSWERS: Final = Series("answers", 1_060, 8)
HOW_SURE: Final = 1.96
"""Standard errors either side for 95 per cent."""
HEADINGS: Final = ("Question code", "Question", "Year", "Per cent", "Lower limit", "Upper limit", "Answers")


def residents(span: Span) -> dict[str, bytes]:
    """One file with seven rows a year."""
    rows = [_row(code, year, span.seed) for year in finished_years(span) for code in QUESTIONS]
    titles = ("Residents' survey: main questions",)
    notes = ("Notes", "Weighted by age, sex and ward. Limits at 95 per cent; answers of people with no view left out.")
    return {"policy/Residents survey.csv": as_csv(Table(HEADINGS, rows, titles, notes))}


def _row(code: str, year: int, seed: int) -> Row:
    question, series = QUESTIONS[code]
    share, answers = round(series.at(year * 12 + 14, seed), 1), round(ANSWERS.at(year * 12 + 14, seed))
    half = HOW_SURE * sqrt(share * (100 - share) / answers)
    limits = [f"{limit:.1f}%" for limit in (share - half, share + half)]
    return [code, question, year_label(year), f"{share:.1f}%", *limits, f"{answers:,}"]
