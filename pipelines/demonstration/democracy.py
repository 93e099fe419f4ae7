"""Scrutiny, petitions and consultations: one sheet of quarters, saved by an office suite that writes ODS."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Cell, Row, Table, as_ods
from pipelines.demonstration.series import Series, month_of, spike
from pipelines.demonstration.span import Span, quarter_label

HEADINGS: Final = (
    "Quarter",
    "Scrutiny recommendations due an answer",
    "Answered in two months",
    "Petitions received",
    "Consultations closed, 12 months",
    "Results told in 12 weeks, 12 months",
    "Consultation responses",
)
ANSWERED: Final = Ratio(Series("scrutiny_answered", 96), Series("scrutiny_due", 13, 2))
PETITIONS: Final = Count(Series("petitions", 5, 1.4))
TOLD_BACK: Final = Ratio(Series("told_back", 95.5, 1.0), Series("consultations", 24, 1))
RESPONSES: Final = Count(Series("responses", 1_840, 210, changes=(spike("2023-12", 4_950),)))
COUNTED_UNTIL: Final = month_of("2025-03")


def democracy(span: Span) -> dict[str, bytes]:
    """One file; responses are no longer counted since April 2025 and their cells stay blank."""
    titles = ("Democratic Services and Communications", "Figures by quarter")
    notes = ("Notes", "Responses to consultations are no longer counted since April 2025.")
    rows = [_row(ends, span.seed) for ends in span.all_quarters()]
    sheet = Table(HEADINGS, rows, titles, notes)
    return {"democratic/Scrutiny, petitions and consultations.ods": as_ods({"Quarters": sheet})}


def _row(ends: int, seed: int) -> Row:
    answered, due = ANSWERED.at(ends, seed)
    told, closed = TOLD_BACK.at(ends, seed)
    responses: Cell = RESPONSES.at(ends, seed)[0] if ends <= COUNTED_UNTIL else None
    return [quarter_label(ends), due, answered, PETITIONS.at(ends, seed)[0], closed, told, responses]
