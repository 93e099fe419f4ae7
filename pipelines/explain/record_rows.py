"""Some records of the latest period, counted and not: read again by the ordinary reader, asked of the engine.

They are shown on the terminal and never stored: their staging file lies in a folder of its own and goes with it.
"""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

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
from scorecard.catalogue import Catalogue, Measure, Records, Source
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
    span = between(window.first, window.last).label
    calculate = records.calculate
    period = f"open at the end of {window.period.label}" if isinstance(calculate, Open) else f"counted for {span}"
    for counted, said in ((True, period), (False, f"not {period}")):
        rows = frame[frame["counted"] == counted]
        among = "" if isinstance(calculate, Open) or counted else " though dated then"
        total = int(rows["alike"].iloc[0]) if len(rows) else 0
        some = f"; {count(min(total, MOST), 'of them', 'of them')}" if total > MOST else ""
        section.lines.append("")
        section.say(f"{count(total, 'record')} of this file {'is' if total == 1 else 'are'} {said}{among}{some}:" if total
                    else f"No record of this file is {said}{among}.")  # fmt: skip
        chosen = rows.sort_values(["place", "met"], ascending=[True, False]).head(MOST).sort_values("source_row")
        last = "why not" if not counted else "meets the condition" if isinstance(calculate, PERCENTAGES) else None
        headings = [*(["sheet"] if any(sheets) else []), "row", *shown, *([last] if last else [])]
        section.table(headings, [_cells(row, shown, sheets, last, records) for row in chosen.to_dict("records")])


def _cells(
    row: dict[str, object], shown: Iterable[str], sheets: Sequence[str | None], last: str | None, records: Records
) -> list[str]:
    cells = [sheets[int(str(row["load_number"]))] or ""] if any(sheets) else []
    cells += [str(row["source_row"]), *(_text(row[name]) for name in shown)]
    if last == "why not":
        cells.append(_why_not(row, records))
    elif last:
        cells.append("yes" if row["met"] else "no")
    return cells


def _why_not(row: dict[str, object], records: Records) -> str:
    if not row["where_met"]:
        return "not among those asked for"
    if isinstance(records.calculate, Open):
        return "not begun, or ended by then"
    if isinstance(records.calculate, Flow):
        return "no start, or ends before it"
    return "lacks a value, or ends too early"


def _text(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "(blank)"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "").lstrip("-").isdigit() else text
