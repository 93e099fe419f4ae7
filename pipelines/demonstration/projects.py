"""The programme office's return: every project and its parts at the end of each month in which they ran."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.project_list import PROJECTS, Part, Project, Spell
from pipelines.demonstration.promises import GOALS
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

HEADINGS: Final = (
    "Reported at",
    "Reference",
    "Project or part",
    "Part of",
    "Goal",
    "Measure",
    "Plan action",
    "Service",
    "Owner",
    "Began",
    "Business case agreed",
    "Design agreed",
    "Delivery began",
    "Handed over",
    "Original end",
    "Revised end",
    "Revised again",
    "Done (%)",
    "Status",
    "Rating",
    "Reason",
    "Agreed way forward",
    "Benefits expected (£)",
    "Benefits realised (£)",
)
STAGES: Final = (0.08, 0.25, 0.42)
"""Shares of the original time at which the business case and the design are agreed and delivery begins."""
FOLLOWED: Final = 24
"""Months after the handover in which the benefits are still reported."""
STATUS: Final = {"Complete": "Handed over", "Green": "In hand", "Amber": "At risk", "Red": "In trouble"}
WORST: Final = {"Green": 1.04, "Amber": 0.85, "Red": 0.7}
"""What is done, as a share of what its time would ask for."""


@dataclass(frozen=True)
class _Dates:
    """When a project or part began, should end and ended, as month indexes."""

    began: int
    due: int
    finished: int | None


def projects(span: Span) -> dict[str, bytes]:
    """One CSV with a row for each project, part and month of the span in which it was reported."""
    months = span.all_months()
    rows = [row for month in months for reference in PROJECTS for row in _rows(reference, month, span.seed)]
    covered = f"{month_label(months[0])} to {month_label(LAST_MONTH)}"
    return {f"corporate/Projects {covered}.csv": as_csv(Table(HEADINGS, [*rows, *_MESS]), encoding="cp1252")}


_MESS: Final[tuple[Row, ...]] = (
    ["31/10/2026", "PR90", "Car park machines", None, GOALS["TP"], None, None, "Highways", "Head of Highways",
     "01/06/2026", None, None, None, None, "31/03/2027", None, None, 20, "In hand", "Green/Amber", None, None, "60,000",
     0],
    ["31/10/2026", "PR91", "Depot move", None, GOALS["CG"], None, None, "Environment",
     "Assistant Director of Environment", "01/06/2026", None, None, None, None, "tbc", None, None, 5, "In hand",
     "Green", None, None, "1,200,000", 0],
)  # fmt: skip
"""Two ratings in one, no date for the end: each is set aside."""


def _rows(reference: str, month: int, seed: int) -> list[Row]:
    project = PROJECTS[reference]
    whole = _Dates(
        month_of(project.began), month_of(project.ends), month_of(project.finished) if project.finished else None
    )
    if month < whole.began or (whole.finished is not None and month > whole.finished + FOLLOWED):
        return []
    return [
        _project_row(reference, project, whole, month, seed),
        *(
            _part_row(reference, project, part, number, month, seed)
            for number, part in enumerate(project.parts, start=1)
            if month <= (whole.finished or month)
        ),
    ]


def _project_row(reference: str, project: Project, dates: _Dates, month: int, seed: int) -> Row:
    revised: list[str | None] = [
        _written(_end(month_of(later))) for agreed, later in project.revised if month_of(agreed) <= month
    ]
    realised = _realised(project, dates, month, seed)
    return [
        *_who(reference, project, project.title, None, month),
        *_stages(reference, dates, month, seed),
        _written(_end(dates.due)),
        *[*revised, None, None][:2],
        *_told(dates, project.spells, month),
        f"{project.expected:,}" if project.expected else None,
        f"{realised:,}" if project.expected else None,
    ]


def _part_row(reference: str, project: Project, part: Part, number: int, month: int, seed: int) -> Row:
    began, ends = month_of(project.began), month_of(project.ends)
    due = began + max(1, round(part.share * (ends - began)))
    own = f"{reference}.{number}"
    late = (month_of(project.finished) if project.finished else due) if part.is_done else None
    dates = _Dates(began, due, max(due, late - 1) if late is not None else None)
    return [
        *_who(own, project, f"{project.title}: {part.title[0].lower()}{part.title[1:]}", reference, month),
        *_stages(own, dates, month, seed),
        _written(_end(due)),
        None,
        None,
        *_told(dates, part.spells, month),
        None,
        None,
    ]


def _who(reference: str, project: Project, title: str, part_of: str | None, month: int) -> Row:
    service, owner = SERVICES[project.service]
    began = between(month_of(project.began), month_of(project.began)).start
    thread: Row = [GOALS[project.goal], project.measure, project.action if part_of is None else None]
    return [_written(_end(month)), reference, title, part_of, *thread, service, owner, _written(began)]


def _stages(reference: str, dates: _Dates, month: int, seed: int) -> Row:
    """The days on which the stages were reached, as far as they were by the end of a month."""
    random = Random(f"{seed}/projects/{reference}")
    months = [dates.began + round(share * (dates.due - dates.began)) for share in STAGES]
    days = [_end(at) - timedelta(days=random.randint(1, 25)) for at in months]
    if dates.finished is not None:
        days.append(_end(dates.finished) - timedelta(days=random.randint(1, 25)))
    reached: Row = [_written(day) if day <= _end(month) else None for day in days]
    return [*reached, None][:4]


def _told(dates: _Dates, spells: tuple[Spell, ...], month: int) -> Row:
    """Per cent done, status, rating, reason and way forward at the end of a month."""
    if dates.finished is not None and month >= dates.finished:
        return [100, STATUS["Complete"], "Complete", None, None]
    spell = next((each for each in spells if month_of(each.since) <= month <= month_of(each.until)), None)
    rating = spell.rating if spell else "Green"
    gone = min(1.05, (month - dates.began + 1) / (dates.due - dates.began + 1))
    done = min(95, round(gone * WORST[rating] * 20) * 5)
    words: Row = [spell.reason, spell.way_forward] if spell else [None, None]
    return [done, STATUS[rating], rating, *words]


def _realised(project: Project, dates: _Dates, month: int, seed: int) -> int:
    """Pounds: what is there on the day of the handover, and the rest within two years of it."""
    random = Random(f"{seed}/benefits/{project.title}")
    final = project.expected * project.brings * random.uniform(0.98, 1.02)
    if dates.finished is not None and month >= dates.finished:
        share = 0.2 + 0.8 * min(1.0, (month - dates.finished) / FOLLOWED)
    else:
        gone = (month - dates.began) / (dates.due - dates.began)
        share = max(0.0, min(0.3, (gone - 0.6) / 2)) if project.brings < 1 else 0.0
    return int(round(final * share, -3))


def _end(month: int) -> date:
    return between(month, month).end


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
