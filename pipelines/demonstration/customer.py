"""Calls, complaints, satisfaction and libraries: one workbook with real dates and real gaps."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series, drift, month_of, spike, step
from pipelines.demonstration.span import Span
from scorecard.periods import between

CALLS: Final = Ratio(
    Series("abandoned", 6.1, 0.22, changes=(step("2023-11", -2.0), spike("2026-10", 8.9))), Series("calls", 17_900, 700)
)
ON_TIME: Final = Ratio(
    Series("stage_one", 83.5, 1.0, changes=(drift("2021-04", 0.3, "2023-12"),)), Series("answered", 61, 5)
)
RECEIVED: Final = Count(Series("complaints", 63, 5))
SATISFIED: Final = Ratio(Series("contact", 80.4, 1.1, planted={"2026-10": 78.8}), Series("responses", 640, 50))
IT: Final = Series("it", 87.9, 0.8, changes=(step("2022-05", -6.5), drift("2022-08", 1.3, "2022-12")))
READING: Final = (2.1, -1.0, 1.5, -2.0, -1.6, 0.8, 6.4, 9.8, -2.2, -1.2, -3.6, -9.0)
VISITS: Final = Count(
    Series(
        "visits",
        46_000,
        180,
        tuple(each * 1_000 for each in READING),
        (drift("2021-04", 380, "2023-03"), drift("2023-04", 75)),
    )
)
HEADINGS: Final = (
    "Month ending",
    "Calls\noffered",
    "Calls\nabandoned",
    "Complaints received",
    "Stage 1 answered",
    "Stage 1 in time",
    "Contact survey responses",
    "Contact survey satisfied",
    "IT satisfaction",
    "Library visits",
)
NEW_TELEPHONES: Final = month_of("2023-11")
FEW_TICKETS: Final = month_of("2022-08")


def customer(span: Span) -> dict[str, bytes]:
    """One workbook with one sheet."""
    rows = [_row(month, span.seed) for month in span.all_months()]
    titles = ("Alderbrook Council", "Customer, Digital and Libraries: monthly figures")
    notes = (
        "Notes",
        "[x] no call figures in November 2023, when the telephone system was replaced",
        "[c] fewer than ten IT tickets were rated",
    )
    return {
        "customer/Customer and digital.xlsx": as_workbook({"Monthly figures": Table(HEADINGS, rows, titles, notes)})
    }


def _row(month: int, seed: int) -> Row:
    abandoned, calls = CALLS.at(month, seed)
    in_time, answered = ON_TIME.at(month, seed)
    satisfied, responses = SATISFIED.at(month, seed)
    received, visits = RECEIVED.at(month, seed)[0], VISITS.at(month, seed)[0]
    telephone: Row = ["[x]", "[x]"] if month == NEW_TELEPHONES else [calls, abandoned]
    rated = "[c]" if month == FEW_TICKETS else f"{IT.at(month, seed):.1f}%"
    return [
        between(month, month).end,
        *telephone,
        received,
        answered,
        in_time,
        responses,
        satisfied,
        rated,
        f"{visits:,}",
    ]
