"""Lists that pages show, as tables to take away: exceptions, measures as they stand, and a measure among its peers."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from scorecard.exports.export import Column, Export
from scorecard.exports.of_frame import export_of
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.snapshot import attention, measures
from scorecard.snapshot.compared import Line
from scorecard.snapshot.peers import comparison
from scorecard.snapshot.store import Snapshot

_MISSING: Final = "Empty is missing or withheld, never zero."
_NAMED: Final = (
    Column("measure_id", "Measure id", "string", "Its id in the catalogue."),
    Column("title", "Measure", "string", "The measure."),
)
_ANSWERED_FOR: Final = (
    Column("theme", "Theme", "string", "Its theme."),
    Column("service", "Service", "string", "The service that gives the figures."),
    Column("owner", "Owner", "string", "The post that answers for it."),
)
_MARKED: Final = "Shorthand of official statistics, such as c, p, r, x or z."
_SHORTHAND: Final = Column("marker", "Shorthand", "string", _MARKED)
_EXCEPTION: Final = (
    *_NAMED,
    Column("place", "Ward or part", "string", "The ward or part it concerns; empty for the council as a whole."),
    *_ANSWERED_FOR,
    Column("severity", "Concern", "string", "high, medium or low."),
    Column("state", "State", "string", "new, continuing, improving, relapsed, resolved or accepted."),
    Column("since", "Since", "date", "First day of the first period concerned."),
    Column("rule", "Rule", "string", "The exception rule that was met."),
    Column("sentence", "Why", "string", "What was found, in a sentence."),
    Column("question", "Question", "string", "What to ask."),
)
_MEASURE: Final = (
    *_NAMED,
    *_ANSWERED_FOR,
    Column("period", "Latest period", "string", "The period of the figure."),
    Column("value", "Figure", "number", f"The council's latest figure, in the unit of its row. {_MISSING}"),
    Column("unit", "Unit", "string", "The unit of the figure and the target."),
    _SHORTHAND,
    Column("target_low", "Target", "number", "The target; of a band its lower end."),
    Column("target_high", "Target, upper end", "number", "The target; of a band its upper end."),
    Column("status", "Against target", "string", "How the figure stands against its target, in words."),
)
_LINE: Final = (
    Column("measure", "Measure", "string", "The measure."),
    Column("area", "Area", "string", "The area."),
    Column("unit", "Unit", "string", "The unit of the figure."),
    Column("period", "Period", "string", "The period, as it was put together."),
    Column("period_start", "First day", "date", "First day of the period."),
    Column("period_end", "Last day", "date", "Last day of the period."),
    Column("value", "Figure", "number", f"The figure, in the unit of its row. {_MISSING}", None, is_figure=True),
    _SHORTHAND,
    Column("before", "A year before", "number", "The same period a year before, where it can be compared."),
)


def exceptions_export(snapshot: Snapshot) -> Export:
    """One row per exception of any state, good news too, in the order of the list."""
    return export_of(
        snapshot, "exceptions", "Exceptions", "What the exception rules found.", _EXCEPTION,
        attention.every(snapshot), key=(),
    )  # fmt: skip


def measures_export(snapshot: Snapshot, chosen: Sequence[str]) -> Export:
    """One row per measure of `chosen`, in their order, with the council's latest figure."""
    held = measures.latest(snapshot).set_index("measure_id", drop=False).loc[list(chosen)]
    held["status"] = [STATUS_WORDS[Status(one)] for one in held["status"]]
    return export_of(
        snapshot, "measures", "Measures as they stand", "The latest figure of each measure.", _MEASURE, held,
        marker="marker", key=("measure_id",),
    )  # fmt: skip


def peers_export(snapshot: Snapshot, measure_id: str) -> Export:
    """One row per council, home first, then by name. Raises KeyError where nothing can be compared."""
    measure, compared = measures.definition(snapshot, measure_id), comparison(snapshot, measure_id)
    if compared is None:
        raise KeyError(measure_id)
    figure = f"Figure ({measure['unit']})"
    columns = (
        Column("area_code", "Area code", "string", "The council's code."),
        Column("name", "Council", "string", "The council."),
        Column("value", figure, "number", f"Its figure. {_MISSING}", int(measure["decimals"]), is_figure=True),
        _SHORTHAND,
    )
    return export_of(
        snapshot, f"{measure_id}_peers", f"{measure['title']}: councils like ours", str(measure["definition"]),
        columns, compared.figures, marker="marker", key=("area_code",),
        facts=(("Unit", str(measure["unit"])), ("Period", compared.period), ("Group", compared.group)),
    )  # fmt: skip


def comparison_export(snapshot: Snapshot, lines: Sequence[Line]) -> Export:
    """One row per measure, area and period of a comparison; lines that were refused are left out."""
    frames = [
        line.figures.assign(measure=line.title, area=line.area, unit=line.unit)
        for line in lines
        if not line.refused and len(line.figures)
    ]
    held = pd.concat(frames) if frames else pd.DataFrame(columns=[column.name for column in _LINE])
    return export_of(
        snapshot, "comparison", "Measures compared", "Figures through time, beside one another.", _LINE, held,
        marker="marker", key=("measure", "area", "period_start", "period_end"),
        facts=tuple(dict.fromkeys((line.title, f"each {line.frequency} is {line.way}") for line in lines if line.way)),
    )  # fmt: skip
