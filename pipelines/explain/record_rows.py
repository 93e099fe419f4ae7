"""Some records of the latest period, counted and not: read again by the ordinary reader, asked of the engine.

They are shown on the terminal and never stored: their staging file lies in a folder of its own and goes with it.
"""

import tempfile
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from pipelines.areas import AreaIndex
from pipelines.explain.layout import Section
from pipelines.explain.record_question import sample_of_records
from pipelines.inbox import InboxFile
from pipelines.records.compile import CALENDAR
from pipelines.records.engine import DuckDB
from pipelines.records.loads import RecordLoad
from pipelines.records.reading import take_in_records
from pipelines.records.rollup import Window, windows_of
from pipelines.records.staging import Staging
from scorecard.catalogue import Calculation, Catalogue, Measure, Records, Source
from scorecard.catalogue.records import PERCENTAGES, Flow, Open
from scorecard.expression import columns_of, parse
from scorecard.periods import between, month_index
from scorecard.wording import count
from scorecard.working_days import calendar

MOST: Final = 5


def record_rows(
    section: Section, catalogue: Catalogue, measure: Measure, file: InboxFile, index: AreaIndex, areas: Sequence[str]
) -> None:
    """Add up to MOST records that are counted for the latest period of a file, and up to MOST that are not.

    `areas` are the codes of those whose records count. Raises RunFailed when the engine cannot answer.
    """
    assert measure.records is not None
    source_id, source = measure.records.source, catalogue.sources[measure.records.source]
    with tempfile.TemporaryDirectory() as folder, Staging(Path(folder)) as staging:
        loads = take_in_records(source_id, source, [file], index, staging)
        window = _latest_window(section, measure, loads)
        if window is None:
            return
        engine = DuckDB(staging.connection)
        days, working = calendar()
        engine.put(CALENDAR, pa.table({"calendar_day": days, "calendar_working": working}))
        shown = _shown(source, measure.records)
        query = sample_of_records(source, staging.table(source_id), measure.records, areas, window, shown, MOST)
        frame = engine.arrow(query).to_pandas()
    _tell(section, measure.records, window, frame, shown, [load.sheet for load in loads])


def _latest_window(section: Section, measure: Measure, loads: Sequence[RecordLoad]) -> Window | None:
    """The latest period that lies wholly in the file; else all its months; None, saying why, when it cannot be read."""
    periods = [load.period for load in loads if load.period and not load.refused]
    spans = (range(month_index(each.start), month_index(each.end) + 1) for each in periods)
    covered = sorted({month for span in spans for month in span})
    if not covered:
        section.list(problem.sentence for load in loads for problem in load.problems)
        return None
    windows = windows_of(measure, covered)
    if windows:
        return windows[-1]
    section.say("This file alone does not cover a whole period of the measure, so all of its months are looked at.")
    return Window(between(covered[0], covered[-1]), covered[0], covered[-1])


def _shown(source: Source, records: Records) -> list[str]:
    """The columns that name a record and those that the measure reads: no more of anybody's case than that."""
    written = [
        text
        for name, text in records.calculate.model_dump().items()
        if isinstance(text, str) and name not in {"kind", "count"}
    ]
    written += [records.where] if records.where else []
    read = set().union(*(columns_of(parse(text)) for text in written))
    return [name for name in source.columns if name in {*source.key, *read, *records.by}]


def _tell(
    section: Section, records: Records, window: Window, frame: pd.DataFrame, shown: Sequence[str],
    sheets: Sequence[str | None],
) -> None:  # fmt: skip
    calculate, several = records.calculate, any(sheets)
    for counted in (True, False):
        rows = frame[frame["counted"] == counted]
        section.lines.append("")
        section.say(_how_many(calculate, window, int(rows["alike"].iloc[0]) if len(rows) else 0, counted=counted))
        last = "why not" if not counted else "meets it" if isinstance(calculate, PERCENTAGES) else None
        headings = [*(["sheet"] if several else []), "row", *shown, *([last] if last else [])]
        chosen = rows.sort_values(["place", "met"], ascending=[True, False]).head(MOST).sort_values("source_row")
        cells = []
        for row in chosen.to_dict("records"):
            place = [sheets[int(row["load_number"])] or ""] if several else []
            verdict = [_why_not(row, records) if not counted else "yes" if row["met"] else "no"] if last else []
            cells.append([*place, str(row["source_row"]), *(_text(row[name]) for name in shown), *verdict])
        section.table(headings, cells)


def _how_many(calculate: Calculation, window: Window, total: int, *, counted: bool) -> str:
    is_open = isinstance(calculate, Open)
    said = f"open at the end of {window.period.label}" if is_open else f"counted for {_span(window)}"
    if not counted:
        said = f"not {said}" if is_open else f"not {said} though dated then"
    if not total:
        return f"No record of this file is {said}."
    some = f"; {MOST} of them" if total > MOST else ""
    return f"{count(total, 'record')} of this file {'is' if total == 1 else 'are'} {said}{some}:"


def _span(window: Window) -> str:
    whole = between(window.first, window.last)
    return window.period.label if whole == window.period else f"{window.period.label} ({whole.label})"


def _why_not(row: Mapping[Hashable, Any], records: Records) -> str:
    if not row["where_met"]:
        return "not among those asked for"
    if isinstance(records.calculate, Open):
        return "not begun, or ended by then"
    if isinstance(records.calculate, Flow):
        return "no start, or ends before it"
    return "lacks a value, or ends too early"


def _text(value: Any) -> str:
    if pd.isna(value):
        return "(blank)"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else str(value)
