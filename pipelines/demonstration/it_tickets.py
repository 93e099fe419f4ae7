"""What IT was asked to do and how the askers rated it: one row a closed request, one file a year."""

from typing import Final

import numpy as np

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.records import (
    Columns,
    RecordFile,
    days_of,
    drawn,
    exactly,
    numbered,
    one_a_year,
    one_of,
    with_rows,
    working_days_after,
)
from pipelines.demonstration.series import Series, drift, month_of, step
from pipelines.demonstration.span import Span

CLOSED: Final = Series("it_closed", 252, 9)
RATED: Final = Ratio(
    Series("it", 88.2, 0.8, changes=(step("2022-05", -6.5), drift("2022-08", 1.3, "2022-12"))),
    Series("it_rated", 104, 4),
)
"""Satisfied, of those who answered; the summer of 2022 is when the laptops were exchanged."""
CATEGORIES: Final = {"Accounts and access": 0.38, "Laptops and phones": 0.27, "Software": 0.26, "Network": 0.09}
PLEASED: Final = {"Very satisfied": 0.55, "Satisfied": 0.45}
DISPLEASED: Final = {"Neither": 0.45, "Dissatisfied": 0.4, "Very dissatisfied": 0.15}
HEADINGS: Final = ("Ticket", "Category", "Opened", "Closed", "Rating")
SPOILT: Final = month_of("2025-05")
SPOILT_ROWS: Final = (
    {"Ticket": "IT202505-900001", "Category": "Printers", "Opened": "06/05/2025", "Closed": "08/05/2025"},
    {"Ticket": "IT202505-900002", "Category": "Software", "Opened": "06/05/2025", "Closed": ""},
)


def it_tickets(span: Span) -> list[RecordFile]:
    """A file for each financial year, of the requests closed in it."""
    return one_a_year(span, "digital/IT tickets", HEADINGS, lambda month: _month(span, month))


def _month(span: Span, month: int) -> Columns:
    random = drawn(span.seed, "it_tickets/closed", month)
    pleased, rated = RATED.at(month, span.seed)
    how_many, answers = round(CLOSED.at(month, span.seed)) * span.scale, (rated or 0) * span.scale
    closed = days_of(month, how_many, random)
    is_rated = exactly(answers, how_many, random)
    is_pleased = np.zeros(how_many, dtype=np.bool_)
    is_pleased[is_rated] = exactly(pleased * span.scale, answers, random)
    words = np.where(is_pleased, one_of(PLEASED, how_many, random), one_of(DISPLEASED, how_many, random))
    columns: Columns = {
        "Ticket": numbered("IT", month, how_many),
        "Category": one_of(CATEGORIES, how_many, random),
        "Opened": working_days_after(closed, -random.geometric(0.35, how_many) + 1),
        "Closed": closed,
        "Rating": np.where(is_rated, words, ""),
    }
    return with_rows(columns, SPOILT_ROWS) if month == SPOILT else columns
