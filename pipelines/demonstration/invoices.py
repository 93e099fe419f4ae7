"""Invoices paid: one CSV a financial year with a row an invoice, and a month that was sent again."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.records import (
    Columns,
    RecordFile,
    days_of,
    drawn,
    exactly,
    in_months,
    numbered,
    one_of,
    with_rows,
)
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import Span, covered, month_label

HEADINGS: Final = ("Invoice", "Directorate", "Received", "Paid", "Disputed", "Order number", "Net amount (£)")
PAID: Final = Series("invoices_paid", 900, 28)
DISPUTED: Final = 0.035
ON_TIME: Final = Series("invoices", 96.4, 0.3)
"""Per cent of the undisputed ones that are paid within 30 days."""
WITH_ORDER: Final = Series("orders_first", 92.6, 0.5)
TYPICAL_AMOUNT: Final = 430
DIRECTORATES: Final = {
    "Chief Executive's Office": 0.06,
    "Resources": 0.19,
    "Place": 0.37,
    "Adults": 0.22,
    "Children": 0.16,
}
LATE: Final = {**DIRECTORATES, "Children": 0.42}
"""Where the late ones come from: a service that approves its invoices by hand pays more of them late."""
CONFUSED: Final = month_of("2025-02")
"""The first extract of this month called no invoice disputed; the month was sent again."""
TYPED: Final = {
    month_of("2023-11"): (
        {"Invoice": "I202311-900001", "Directorate": "Resources", "Received": "02/11/2023", "Paid": "20/11/2023",
         "Disputed": "No", "Net amount (£)": "see credit note"},
        {"Invoice": "I202311-900002", "Directorate": "Parks", "Received": "06/11/2023", "Paid": "22/11/2023",
         "Disputed": "No", "Net amount (£)": "318.20"},
    ),
    month_of("2025-09"): (
        {"Invoice": "I202509-900001", "Directorate": "Place", "Received": "30/09/2025", "Paid": "03/09/2025",
         "Disputed": "No", "Net amount (£)": "77.00"},
        {"Invoice": "I202509-900002", "Directorate": "Place", "Received": "", "Paid": "15/09/2025",
         "Disputed": "No", "Net amount (£)": "1204.50"},
    ),
}  # fmt: skip


def invoices(span: Span) -> list[RecordFile]:
    """A file for each financial year, and February 2025 again if it is in the span."""
    files = [_file(span, covered(year), span.months(year), again=False) for year in span.financial_years]
    if CONFUSED in span.all_months():
        label = month_label(CONFUSED)
        files.append(_file(span, f"{label} to {label} resend", (CONFUSED,), again=True))
    return files


def _file(span: Span, label: str, months: Iterable[int], *, again: bool) -> RecordFile:
    def make(month: int) -> Columns:
        return with_rows(_month(month, span, again=again), TYPED.get(month, ()))

    return RecordFile(f"finance/Invoices paid {label}.csv", HEADINGS, in_months(months, make))


def _month(month: int, span: Span, *, again: bool) -> Columns:
    random = drawn(span.seed, "invoices/paid", month)
    paid_in_month = round(PAID.at(month, span.seed))
    disputed = round(paid_in_month * DISPUTED)
    undisputed = paid_in_month - disputed
    late = undisputed - round(undisputed * ON_TIME.at(month, span.seed) / 100)
    ordered = round(paid_in_month * WITH_ORDER.at(month, span.seed) / 100)
    whole, scale = paid_in_month * span.scale, span.scale
    places = random.permutation(whole)
    is_disputed, is_late = places < disputed * scale, places >= whole - late * scale
    has_order = exactly(ordered * scale, whole, random)
    paid = days_of(month, whole, random)
    said_disputed = is_disputed & (again or month != CONFUSED)
    usual, slow = one_of(DIRECTORATES, whole, random), one_of(LATE, whole, random)
    return {
        "Invoice": numbered("I", month, whole),
        "Directorate": np.where(is_late, slow, usual),
        "Received": paid - _days(whole, is_disputed, is_late, random).astype("timedelta64[D]"),
        "Paid": paid,
        "Disputed": np.where(said_disputed, "Yes", "No"),
        "Order number": np.where(has_order, np.char.replace(numbered("P", month, whole), "-", ""), ""),
        "Net amount (£)": np.round(random.lognormal(np.log(TYPICAL_AMOUNT), 1.45, whole), 2),
    }


def _days(
    whole: int, is_disputed: NDArray[np.bool_], is_late: NDArray[np.bool_], random: np.random.Generator
) -> NDArray[np.int64]:
    """Days from receipt to payment: within 30 unless late; a dispute holds an invoice up for weeks."""
    in_time = np.clip(np.round(random.gamma(3.2, 3.1, whole)), 1, 30)
    beyond = 31 + np.round(random.exponential(11, whole))
    disputed = 25 + np.round(random.gamma(2.0, 20, whole))
    return np.where(is_disputed, disputed, np.where(is_late, beyond, in_time)).astype(np.int64)
