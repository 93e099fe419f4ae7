"""What would become of a file, of one sheet of it, read by one source."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from pipelines.load import Load, ReturnLoad
from pipelines.problems import Problem, Refused
from pipelines.read.table import Held
from pipelines.read.text import look_over
from pipelines.trial.look import Look
from scorecard.catalogue import Source

Outcome = Literal["load", "quarantine", "refuse"]


@dataclass(frozen=True)
class Tried:
    """One file (of a workbook one sheet) tried by one source, or by none."""

    path: str
    outcome: Outcome
    """load: every row of figures; quarantine: with rows set aside; refuse: none of it."""
    source_id: str | None = None
    format: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    columns: tuple[str, ...] = ()
    """Columns of the contract that the file has; without a contract its headings."""
    rows_found: int = 0
    rows_accepted: int = 0
    rows_set_aside: int = 0
    rows_skipped: int = 0
    problems: Sequence[Problem] = ()
    held: Sequence[Held] = ()
    look: Look | None = None
    """What it is by itself, where no source expects it."""
    accepted: pd.DataFrame | None = field(default=None, repr=False, compare=False)
    """The rows that would be loaded, as checking gives them; only of returns."""


def tried(load: Load, source: Source) -> Tried:
    """What a load that was made on trial says."""
    frame = load.checked.accepted if isinstance(load, ReturnLoad) and load.checked and not load.refused else None
    return Tried(
        path=load.file.path,
        outcome="refuse" if load.refused else "quarantine" if load.held else "load",
        source_id=load.source_id,
        format=source.format,
        sheet=load.sheet,
        encoding=load.encoding or _encoding(load, source),
        delimiter=source.delimiter if source.format == "delimited" else None,
        header_row=load.header_row or None,
        columns=_columns(load, source),
        rows_found=load.rows_found,
        rows_accepted=load.rows_accepted,
        rows_set_aside=len(load.held),
        rows_skipped=load.rows_skipped,
        problems=load.problems,
        held=sorted(load.held, key=lambda held: held.row),
        accepted=frame,
    )


def _encoding(load: Load, source: Source) -> str | None:
    """Of a file refused before it was understood: in which encoding its text can be read."""
    if source.format != "delimited":
        return None
    try:
        return look_over(load.file.location, source).encoding
    except (Refused, OSError):
        return None


def _columns(load: Load, source: Source) -> tuple[str, ...]:
    frame = load.checked.table.frame if isinstance(load, ReturnLoad) and load.checked else None
    if frame is None:
        return tuple(source.columns) if load.rows_found else ()
    return tuple(name for name in source.columns if name in frame.columns)
