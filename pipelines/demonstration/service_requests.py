"""Requests about the street, from hedges to pests: one row a request, in the file of the year that closed it."""

from typing import Final

import numpy as np

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.quota import by_quota, marked_by_quota
from pipelines.demonstration.records import (
    Columns,
    RecordFile,
    days_of,
    drawn,
    numbered,
    one_a_year,
    one_of,
    with_rows,
    working_days_after,
)
from pipelines.demonstration.series import Series, month_of, step
from pipelines.demonstration.span import Span
from pipelines.demonstration.wards import WARDS

IN_TIME: Final = Ratio(
    Series("requests", 88.5, 0.6, changes=(step("2024-04", 4.6),)), Series("requests_closed", 346, 14)
)
TYPES: Final = {
    "Grass and hedges": 0.26,
    "Litter bin": 0.2,
    "Tree": 0.15,
    "Pests": 0.14,
    "Graffiti": 0.1,
    "Abandoned vehicle": 0.09,
    "Street sign": 0.06,
}
STANDARDS: Final = {
    "Grass and hedges": 10,
    "Litter bin": 7,
    "Tree": 20,
    "Pests": 5,
    "Graffiti": 5,
    "Abandoned vehicle": 10,
    "Street sign": 15,
}
"""Working days that are promised."""
PLACES: Final = {"": 0.03, **{ward: share * 0.97 for ward, share in WARDS.items()}}
HEADINGS: Final = ("Request", "Type", "Ward", "Reported", "Closed", "Standard (working days)")
SPOILT: Final = month_of("2024-11")
SPOILT_ROWS: Final = (
    dict(zip(HEADINGS, ("SR202411-900001", "Tree", "Market", "04/11/2024", "18/11/2024", "20"), strict=True)),
    dict(zip(HEADINGS, ("SR202411-900002", "Tree", "Oakwell", "04/11/2024", "soon", "20"), strict=True)),
    dict(zip(HEADINGS, ("SR202411-900003", "Litter bin", "Abbey", "11/11/2024", "13/11/2024", ""), strict=True)),
)


def service_requests(span: Span) -> list[RecordFile]:
    """A file for each financial year."""
    return one_a_year(span, "customer/Service requests closed", HEADINGS, lambda month: _month(span, month))


def _month(span: Span, month: int) -> Columns:
    random = drawn(span.seed, "service_requests/closed", month)
    in_time, whole = IN_TIME.at(month, span.seed)
    how_many = (whole or 0) * span.scale
    ward, kind = by_quota(PLACES, how_many, random), one_of(TYPES, how_many, random)
    is_in_time = marked_by_quota(in_time * span.scale, ward, np.ones(how_many), random)
    order = random.permutation(how_many)
    is_in_time, ward = is_in_time[order], ward[order]
    standard = np.select([kind == name for name in STANDARDS], list(STANDARDS.values()))
    took = np.where(is_in_time, random.integers(1, standard + 1), standard + random.geometric(0.25, how_many))
    closed = days_of(month, how_many, random)
    columns: Columns = {
        "Request": numbered("SR", month, how_many),
        "Type": kind,
        "Ward": ward,
        "Reported": working_days_after(closed, -took),
        "Closed": closed,
        "Standard (working days)": standard,
    }
    return with_rows(columns, SPOILT_ROWS) if month == SPOILT else columns
