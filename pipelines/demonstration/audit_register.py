"""The register of audit recommendations: who asked for what, when it was due at first, and whether it is done."""

from datetime import date
from typing import Final

from pipelines.demonstration.audit_dates import Recommendation, overdue
from pipelines.demonstration.audit_details import Details, details
from pipelines.demonstration.audit_titles import AREAS
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.span import KNOWN_TO, LAST_MONTH, Span, month_label
from scorecard.periods import between

__all__ = ["audit_register", "overdue"]

HEADINGS: Final = (
    "Reference",
    "Made by",
    "Audit",
    "Assurance opinion",
    "Recommendation",
    "Directorate",
    "Service",
    "Owner",
    "Priority",
    "Agreed",
    "Original due date",
    "Times re-dated",
    "Re-dated a second time on",
    "Second due date",
    "Third due date",
    "Fourth due date",
    "Current due date",
    "% done",
    "Status",
    "Update",
    "Agreed next step",
    "Evidence",
    "Implemented",
    "Signed off by Internal Audit",
    "Measure",
)
_MOST_DATES: Final = 4


def audit_register(span: Span) -> dict[str, bytes]:
    """One workbook with every recommendation that was open at some time of the span, or fell due in it."""
    first = between(span.all_months()[0], span.all_months()[0]).start
    rows = [
        _row(each, told)
        for each, told in details(span.seed)
        if each.agreed <= KNOWN_TO and (each.signed_off is None or max(each.signed_off, each.due) >= first)
    ]
    covered = f"{month_label(span.all_months()[0])} to {month_label(LAST_MONTH)}"
    titles = ("Internal Audit and Risk", "Register of agreed recommendations")
    notes = ("Notes", "A recommendation stays late from its original due date, whatever date was agreed since.")
    table = Table(HEADINGS, [*rows, *map(_mess, _MESS)], titles, notes)
    return {f"audit/Audit recommendations {covered}.xlsx": as_workbook({"Register": table})}


_MESS: Final[tuple[dict[str, str | int | date], ...]] = (
    {"Reference": "IA-90001", "Audit": "Payroll 2024/25", "Directorate": "Resources", "Priority": "Medium",
     "Agreed": date(2025, 1, 13), "Original due date": "end of Q3", "Times re-dated": 0,
     "Current due date": date(2025, 12, 31)},
    {"Reference": "IA-90002", "Audit": "Licensing 2024/25", "Directorate": "Place", "Priority": "Hihg",
     "Agreed": date(2025, 3, 3), "Original due date": date(2025, 9, 30), "Times re-dated": 0,
     "Current due date": date(2025, 9, 30)},
    {"Audit": "Elections 2025/26", "Directorate": "Chief Executive's Office", "Priority": "Low",
     "Agreed": date(2025, 6, 2), "Original due date": date(2025, 11, 28), "Times re-dated": 0,
     "Current due date": date(2025, 11, 28), "Signed off by Internal Audit": date(2025, 11, 21)},
)  # fmt: skip
"""Words for a date, a misspelt priority, no reference: each is set aside."""
_MESS_SAYS: Final = {"Made by": "Internal audit", "Recommendation": "Bring the procedure up to date",
                     "Status": "On course"}  # fmt: skip


def _mess(cells: dict[str, str | int | date]) -> Row:
    return [(_MESS_SAYS | cells).get(heading) for heading in HEADINGS]


def _row(each: Recommendation, told: Details) -> Row:
    dates = each.dates
    later = [dates[place] if place < len(dates) else None for place in range(1, _MOST_DATES)]
    return [
        each.reference,
        told.made_by,
        told.audit,
        told.opinion,
        told.title,
        AREAS[each.area].directorate,
        told.service,
        told.owner,
        each.priority,
        each.agreed,
        each.due,
        each.times_redated,
        each.redated_twice,
        *later,
        dates[-1],
        told.done,
        told.status,
        told.update,
        told.next_step,
        told.evidence,
        told.implemented,
        told.signed_off,
        AREAS[each.area].measure,
    ]
