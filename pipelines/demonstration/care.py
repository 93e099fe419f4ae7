"""Adult social care beside its monthly return: safeguarding by quarter, and the yearly figures and surveys."""

from collections.abc import Callable
from typing import Final

from pipelines.demonstration.figures import Pair, Ratio
from pipelines.demonstration.files import Row, Table, as_ods, as_workbook
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import LAST_FINANCIAL_YEAR, Span, quarter_label
from scorecard.periods import year_label

SAFEGUARDING: Final = Ratio(Series("outcomes_met", 97.4, 0.3), Series("outcomes_asked", 84, 6))
DIRECT: Final = Ratio(Series("direct", 30.6, 0.3), Series("long_term", 1_930, 18))
QUALITY: Final = Series("quality", 19.35, 0.06)
INFORMATION: Final = Series("information", 71.2, 0.6)
CARERS: Final = Series("carers", 7.62, 0.06)
CARERS_ASSESSED: Final = Ratio(Series("assessed", 33.5, 1.2), Series("carers_known", 2_260, 40))
REQUESTS: Final = Ratio(
    Series("requests", 1_690, 35), Series("adults", 180_300, changes=(drift("2021-04", 45),)), 100_000
)
TURNOVER: Final = Series("care_turnover", 28.2, 0.7, changes=(drift("2022-04", -0.07),))
LAST_ASSESSED: Final = 2024
"""The last financial year for which the national return asked how many carers were assessed."""
HEADINGS: Final = ("Measure code", "Measure", "Year", "Figure", "Out of", "Lower limit", "Upper limit")


def safeguarding(span: Span) -> dict[str, bytes]:
    """One workbook with every quarter."""
    headings = ("Quarter", "Said what they wanted", "Got it, wholly or in part")
    pairs = [(quarter_label(ends), *SAFEGUARDING.at(ends, span.seed)) for ends in span.all_quarters()]
    rows: list[Row] = [[label, asked, met] for label, met, asked in pairs]
    titles = ("Safeguarding adults: enquiries concluded",)
    return {"adults/Safeguarding outcomes.xlsx": as_workbook({"Outcomes": Table(headings, rows, titles)})}


def care(span: Span) -> dict[str, bytes]:
    """One ODS workbook with every finished year; the carers' survey is held in every second one."""
    finished = range(min(span.financial_years[0], LAST_FINANCIAL_YEAR - 1), LAST_FINANCIAL_YEAR)
    rows = [row for year in finished for row in _year(year, span.seed)]
    titles = ("Adult social care: yearly figures and surveys",)
    notes = ("Notes", "[z] there is no carers' survey in that year")
    return {"adults/Adult social care yearly.ods": as_ods({"Yearly": Table(HEADINGS, rows, titles, notes)})}


def _year(year: int, seed: int) -> list[Row]:
    march, label = year * 12 + 14, year_label(year)
    carers = _surveyed(CARERS, march, seed, 1, 0.2) if year % 2 else ["[z]", None, "[z]", "[z]"]
    rows: list[Row] = [
        ["ASY1", "People with a direct payment", label, *_counted(DIRECT.at, march, seed)],
        ["ASY2", "Quality of life of people who use care", label, *_surveyed(QUALITY, march, seed, 1, 0.3)],
        ["ASY3", "Found information easily", label, *_surveyed(INFORMATION, march, seed, 1, 3.2)],
        ["ASY4", "Quality of life of carers", label, *carers],
        ["ASY6", "New requests that led to a service", label, *_counted(REQUESTS.at, march, seed)],
        ["ASY7", "Care workers who left their job", label, round(TURNOVER.at(march, seed), 1), None, None, None],
    ]
    if year <= LAST_ASSESSED:
        rows.append(["ASY5", "Carers assessed or reviewed", label, *_counted(CARERS_ASSESSED.at, march, seed)])
    return rows


def _counted(at: Callable[[int, int], Pair], month: int, seed: int) -> Row:
    figure, out_of = at(month, seed)
    return [figure, out_of, None, None]


def _surveyed(series: Series, month: int, seed: int, decimals: int, half_interval: float) -> Row:
    """The figure of a survey with its limits at 95 per cent."""
    value = round(series.at(month, seed), decimals)
    return [value, None, round(value - half_interval, decimals), round(value + half_interval, decimals)]
