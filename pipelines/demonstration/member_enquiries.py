"""Enquiries that councillors and MPs pass on for residents: a log of those answered in each financial year."""

from functools import partial
from typing import Final

import numpy as np

from pipelines.demonstration.figures import Ratio
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
    working_days_after,
)
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, covered
from pipelines.demonstration.wards import WARDS

HOLIDAYS: Final = (4.0, 2.0, 6.0, -4.0, 0.0, 5.0, 3.0, -22.0, 4.0, 8.0, 5.0, -11.0)
ON_TIME: Final = Ratio(
    Series("member_enquiries", 89.5, 0.8, changes=(drift("2021-04", 0.2, "2022-12"),)),
    Series("member_enquiry_volume", 130, 6, HOLIDAYS),
)
DIRECTORATES: Final = {
    "Chief Executive's Office": 0.05, "Resources": 0.14, "Place": 0.58, "Adults": 0.11, "Children": 0.12,
}  # fmt: skip
NO_WARD: Final = 0.04
RENAMED: Final = 2023
"""The financial year from which the heading is "Asked by" and no longer "Source"."""


def member_enquiries(span: Span) -> list[RecordFile]:
    """A log for each financial year."""
    return [_year(span, year) for year in span.financial_years]


def _year(span: Span, year: int) -> RecordFile:
    asked_by = "Asked by" if year >= RENAMED else "Source"
    headings = ("Reference", asked_by, "Directorate", "Ward", "Received", "Answered")
    name = f"democratic/Member enquiries {covered(year)}.csv"
    return RecordFile(name, headings, in_months(span.months(year), partial(_month, span, asked_by)))


def _month(span: Span, asked_by: str, month: int) -> Columns:
    random = drawn(span.seed, "member_enquiries/answered", month)
    done, answered = ON_TIME.at(month, span.seed)
    whole = (answered or 0) * span.scale
    prompt = exactly(done * span.scale, whole, random)
    days = np.where(prompt, np.minimum(random.integers(1, 14, whole), 10), random.integers(11, 30, whole))
    closed = days_of(month, whole, random)
    columns: Columns = {
        "Reference": numbered("ME", month, whole),
        asked_by: one_of({"Councillor": 0.72, "Member of Parliament": 0.28}, whole, random),
        "Directorate": one_of(DIRECTORATES, whole, random),
        "Ward": one_of({**WARDS, "": NO_WARD}, whole, random),
        "Received": working_days_after(closed, -days),
        "Answered": closed,
    }
    return with_rows(columns, _BAD.get(month, ()))


_BAD: Final = {
    month_of("2024-12"): (
        {"Reference": "ME202412-900001", "Asked by": "Councillor", "Directorate": "Place", "Ward": "Oakwell",
         "Received": "29/11/2024", "Answered": "phoned back"},
    ),
    month_of("2025-10"): (
        {"Reference": "ME202510-900001", "Asked by": "Councillor", "Directorate": "Place", "Ward": "Dunmoor",
         "Received": "02/10/2025", "Answered": "09/10/2025"},
        {"Reference": "ME202510-900002", "Asked by": "Mayor", "Directorate": "Resources", "Ward": "Priory",
         "Received": "06/10/2025", "Answered": "14/10/2025"},
    ),
}  # fmt: skip
