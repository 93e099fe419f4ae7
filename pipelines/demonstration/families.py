"""Children and schools beside the monthly return: social workers and care leavers, EHC plans, school attendance."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_csv, as_workbook
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import LAST_FINANCIAL_YEAR, Span, month_label
from scorecard.periods import between

POSTS: Final = Series("worker_posts", 171, 1.5, changes=(drift("2021-04", 0.1),))
VACANT: Final = Series("worker_vacancy", 14.1, 0.35, changes=(drift("2022-10", -0.06, "2024-09"),))
AGENCY: Final = Series("worker_agency", 13.2, 0.35, changes=(drift("2022-10", -0.08, "2024-09"),))
"""Per cent, of all posts and of all who work."""
LEAVERS: Final = Ratio(Series("leavers_busy", 59.5, 0.9), Series("leavers_known", 127, 4))
PLANS: Final = Ratio(
    Series("plans_in_time", 52.5, 1.8, changes=(drift("2022-01", 0.45, "2025-09"),)), Series("plans", 62, 4)
)
ABSENT: Final = Ratio(
    Series("absence", 22.3, 0.15, changes=(drift("2022-09", -0.085),)), Series("pupils", 31_400, 60), per=100
)


def families(span: Span) -> dict[str, bytes]:
    """One workbook with every quarter, told by its last day."""
    headings = (
        "Quarter ending",
        "Social worker posts (FTE)",
        "Vacant posts (FTE)",
        "Agency workers (FTE)",
        "Employed and agency workers (FTE)",
        "Care leavers aged 19 to 21",
        "In education, employment or training",
    )
    rows = [_quarter(ends, span.seed) for ends in span.all_quarters()]
    notes = ("Notes", "FTE: full-time equivalents on the last day of the quarter.")
    sheet = Table(headings, rows, ("Children's social care: quarterly workforce and care leavers",), notes)
    return {"children/Workforce and care leavers.xlsx": as_workbook({"Quarters": sheet})}


def _quarter(ends: int, seed: int) -> Row:
    posts = round(POSTS.at(ends, seed), 1)
    vacant = round(posts * VACANT.at(ends, seed) / 100, 1)
    share = AGENCY.at(ends, seed) / 100
    agency = round((posts - vacant) * share / (1 - share), 1)
    busy, leavers = LEAVERS.at(ends, seed)
    return [between(ends, ends).end, posts, vacant, agency, round(posts - vacant + agency, 1), leavers, busy]


def plans(span: Span) -> dict[str, bytes]:
    """One CSV with every quarter; the national return counts by calendar year, and so does this."""
    rows: list[Row] = []
    for ends in span.all_quarters():
        in_time, issued = PLANS.at(ends, span.seed)
        rows.append([f"{ends // 12} Q{ends % 12 // 3 + 1}", issued, in_time])
    headings = ("Calendar quarter", "New plans issued", "Issued within 20 weeks")
    notes = ("Notes: plans for which the law allows an exception are left out of both columns.",)
    return {"education/EHC plans.csv": as_csv(Table(headings, rows, notes=notes))}


def attendance(span: Span) -> dict[str, bytes]:
    """One CSV with a row for each school year that is over, at least the last."""
    over = range(min(span.financial_years[0], LAST_FINANCIAL_YEAR - 1), LAST_FINANCIAL_YEAR)
    rows: list[Row] = []
    for year in over:
        august = year * 12 + 19
        absent, pupils = ABSENT.at(august, span.seed)
        rows.append([f"{month_label(august - 11)} to {month_label(august)}", pupils, absent])
    headings = ("School year", "Pupils", "Missed a tenth of sessions or more")
    return {"education/School attendance.csv": as_csv(Table(headings, rows))}
