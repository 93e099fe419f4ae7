"""Legal and Governance's quarterly return, and the yearly one on best value and elections."""

from typing import Final

from pipelines.demonstration.annual import finished_years
from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.returns import Line, rows_of
from pipelines.demonstration.series import Series, drift, step
from pipelines.demonstration.span import Span, quarter_label
from scorecard.periods import year_label

HEADINGS: Final = ("Measure code", "Measure", "Quarter", "Figure", "Out of")
SETS: Final = (3.0,) * 3 + (12.0,) * 3 + (3.0,) * 6
"""Open data sets due: three each quarter, and the yearly ones by the end of June."""
MISSED: Final = {"2021-12": 66.7, "2022-06": 83.3}
LINES: Final = (
    Line(
        "CMP1",
        "Internal reviews in time, last 12 months",
        Ratio(Series("foi_reviews", 97.2, 0.4), Series("foi_reviews_asked", 37, 2)),
    ),
    Line("CMP2", "Breaches reported to the ICO", Count(Series("breaches_reported", 2.8, 1.0))),
    Line(
        "CMP3",
        "Transparency Code sets published when due",
        Ratio(Series("transparency", 100, planted=MISSED), Series("transparency_sets", 0, season=SETS)),
    ),
    Line(
        "CMP4",
        "Contracts in use past their end",
        Count(Series("contracts_past_end", 2.6, 0.6, changes=(step("2022-10", -1.2),))),
    ),
    Line(
        "CMP5",
        "Clicked the link in a phishing test",
        Ratio(Series("phishing", 13.0, 0.06, changes=(drift("2021-04", -0.1),)), Series("phishing_tests", 4180, 25)),
    ),
)
NO_TEST: Final = "2022/23 Q3"
CHARACTERISTICS: Final = 73
EVIDENCED: Final = {2023: 56, 2024: 61, 2025: 65}
VOTED: Final = Ratio(Series("turnout", 33.6, 1.1), Series("electors", 121_400, 900), per=100)
NO_ELECTION: Final = 2024
"""No councillors are elected in this year, nor every fourth before and after it."""


def compliance(span: Span) -> dict[str, bytes]:
    """The quarterly return: one file, in which one phishing test was not made."""
    rows = rows_of(LINES, span.all_quarters(), span, quarter_label)
    for row in rows:
        if row[0] == "CMP5" and row[2] == NO_TEST:
            row[3], row[4] = "[x]", "[x]"
    notes = ("Notes: [x] no phishing test was made while the mail system was replaced.",)
    return {"governance/Quarterly compliance.csv": as_csv(Table(HEADINGS, rows, notes=notes), delimiter=";")}


def governance_yearly(span: Span) -> dict[str, bytes]:
    """The yearly return: best value since 2023/24, and turnout in the years that had an election."""
    rows = [row for year in finished_years(span) for row in _year(year, span.seed)]
    headings = ("Measure code", "Measure", "Year", "Figure", "Out of")
    return {"governance/Yearly governance.csv": as_csv(Table(headings, rows), encoding="utf-8-sig")}


def _year(year: int, seed: int) -> list[Row]:
    label = year_label(year)
    turnout: Row = ["GY2", "Turnout at local elections", label, "[z]", "[z]"]
    if (year - NO_ELECTION) % 4:
        votes, electors = VOTED.at(year * 12 + 4, seed)
        turnout[3:] = [votes, electors]
    if year not in EVIDENCED:
        return [turnout]
    return [["GY1", "Best value characteristics evidenced", label, EVIDENCED[year], CHARACTERISTICS], turnout]
