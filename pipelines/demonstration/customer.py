"""Enquiries, systems, the website and libraries: one workbook with real dates and real gaps."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Cell, Row, Table, as_workbook
from pipelines.demonstration.series import Series, drift, month_of, spike, step
from pipelines.demonstration.span import Span
from scorecard.periods import between

RESOLVED: Final = Ratio(Series("first_contact", 83.4, 0.7), Series("enquiries", 14_600, 420))
LOST: Final = Series("minutes_lost", 0.3, 0.06, changes=(step("2024-04", -0.08),))
"""Per cent of the time of ten systems."""
SYSTEMS: Final = 10
MINUTES_A_DAY: Final = 24 * 60
SURFING: Final = tuple(1_000 * each for each in (6.0, 2.0, 5.0, 3.0, 1.0, -2.0, -3.0, -5.0, 0.0, -1.0, -3.0, -4.0))
VISITORS: Final = Count(
    Series(
        "visitors", 88_000, 1_500, SURFING, (drift("2021-04", 150), spike("2022-12", 21_000), spike("2024-05", 9_000))
    )
)
"""Snow in December 2022 and elections in May 2024 brought people to the website."""
FORMS: Final = Ratio(
    Series("forms", 72.5, 0.7, changes=(drift("2021-04", 0.25, "2025-03"),)), Series("forms_started", 9_800, 300)
)
ONLINE: Final = Ratio(
    Series("online", 52.0, 0.45, changes=(drift("2021-04", 0.25),)), Series("transactions", 31_400, 700)
)
FAULTS: Final = Ratio(
    Series("faults", 3.5, 0.03, changes=(drift("2025-05", -0.1, "2026-12"), drift("2025-11", -0.1, "2026-03"))),
    Series("pages", 2_420, 15),
    per=1,
)
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
    "Enquiries\ntaken",
    "Resolved at\nfirst contact",
    "System service minutes",
    "Unplanned minutes lost",
    "Minutes available",
    "Website visitors",
    "Online forms started",
    "Online forms finished",
    "All transactions",
    "Online transactions",
    "Web pages checked",
    "Accessibility errors found",
    "Library visits",
)
NEW_TELEPHONES: Final = month_of("2023-11")
NEW_COUNTING: Final = month_of("2022-08")
RENEWAL: Final = month_of("2025-04")
"""Nobody checked the website's pages before its renewal began."""


def customer(span: Span) -> dict[str, bytes]:
    """One workbook with one sheet."""
    rows = [_row(month, span.seed) for month in span.all_months()]
    titles = ("Alderbrook Council", "Customer, web and libraries: monthly figures")
    notes = (
        "Notes",
        "[x] no enquiry figures in November 2023, when the telephone system was replaced",
        "[c] fewer than ten forms were counted in August 2022, when the counting moved to new software",
        "Web pages have been checked since April 2025.",
    )
    return {
        "customer/Customer and digital.xlsx": as_workbook({"Monthly figures": Table(HEADINGS, rows, titles, notes)})
    }


def _row(month: int, seed: int) -> Row:
    resolved, enquiries = RESOLVED.at(month, seed)
    finished, started = FORMS.at(month, seed)
    online, transactions = ONLINE.at(month, seed)
    faults, pages = FAULTS.at(month, seed)
    ends = between(month, month).end
    minutes = SYSTEMS * ends.day * MINUTES_A_DAY
    lost = round(minutes * LOST.at(month, seed) / 100)
    taken: list[Cell] = ["[x]", "[x]"] if month == NEW_TELEPHONES else [enquiries, resolved]
    forms: list[Cell] = ["[c]", "[c]"] if month == NEW_COUNTING else [started, finished]
    checked: list[Cell] = [pages, faults] if month >= RENEWAL else [None, None]
    return [
        ends,
        *taken,
        minutes,
        lost,
        minutes - lost,
        f"{VISITORS.at(month, seed)[0]:,}",
        *forms,
        transactions,
        online,
        *checked,
        f"{VISITS.at(month, seed)[0]:,}",
    ]
