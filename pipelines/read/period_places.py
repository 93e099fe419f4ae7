"""The period of a whole table, or of its columns: in the file's or sheet's name, in a cell, or in the headings."""

import re
from collections.abc import Collection
from datetime import date
from pathlib import PurePosixPath

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Cell, Grid, as_text
from pipelines.read.headings import Headings
from scorecard.catalogue import Severity, Source
from scorecard.catalogue.layout import PeriodKey
from scorecard.period_forms import parse_period
from scorecard.periods import Period
from scorecard.set_aside import original_of
from scorecard.wording import joined


def period_of_file(source: Source, path: str, sheet: str | None) -> Period | None:
    """The period that the file's or sheet's name says, if it should. Raises Refused when it says none."""
    rule = source.period
    if rule is None or rule.within not in ("file_name", "sheet_name"):
        return None
    name = PurePosixPath(original_of(path)).name if rule.within == "file_name" else sheet or ""
    period = _said(name, rule)
    if period is None:
        where = "file" if rule.within == "file_name" else "sheet"
        raise _unreadable(f"The period should stand in the {where}'s name, and '{name}' does not say one.")
    return period


def period_of_grid(grid: Grid, source: Source, path: str) -> Period | None:
    """The period that a name or one cell says for all rows, if one should. Raises Refused when it says none."""
    rule = source.period
    if rule is None or rule.cell is None:
        return period_of_file(source, path, grid.sheet)
    letters = rule.cell.rstrip("0123456789")
    number, at = int(rule.cell[len(letters) :]), _position(letters)
    row = next((row for row in grid.rows if row.number == number), None)
    cell = row.cells[at] if row is not None and at < len(row.cells) else None
    period = _said(cell, rule)
    if period is None:
        found = f"holds '{as_text(cell)[:60]}'" if as_text(cell) else "is blank"
        raise _unreadable(f"The period should stand in cell {rule.cell}, which {found}.")
    return period


def period_columns(headings: Headings, source: Source, taken: Collection[int | None]) -> dict[int, Period]:
    """Position (from 0) of each column headed with a period → that period, left to right.

    Raises Refused when there is none, and when two columns are headed with the same one.
    """
    rule, found = source.period, dict[int, Period]()
    if rule is None:
        return found
    width = max((len(row.cells) for row in headings.rows), default=0)
    for at in (at for at in range(width) if at not in taken):
        cells = [row.cells[at] for row in reversed(headings.rows) if at < len(row.cells)]
        period = next((period for cell in cells if (period := _said(cell, rule))), None)
        if period is not None and period in found.values():
            sentence = (
                f"Two columns are headed with the same period, {period.label}, so it cannot be told which counts."
            )
            raise Refused(Problem(Code.column_ambiguous, Severity.refuse, sentence))
        if period is not None:
            found[at] = period
    if not found:
        sentence = f"No column is headed with a period of the forms {joined(list(rule.forms))}."
        raise Refused(Problem(Code.column_missing, Severity.refuse, sentence))
    return found


def _said(cell: Cell, rule: PeriodKey) -> Period | None:
    """The period in a cell or name. A date stands for its month, as a spreadsheet keeps "Oct 2026"."""
    texts = [as_text(cell)]
    if isinstance(cell, date):
        texts.append(f"{cell:%B %Y}")
    for text in texts:
        match = re.search(rule.find, text) if rule.find else None
        part = text if not rule.find else (match.group(1) if match.re.groups else match.group(0)) if match else ""
        period = parse_period((part or "").strip(), rule.forms)
        if period is not None:
            return period
    return None


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def _unreadable(sentence: str) -> Refused:
    return Refused(Problem(Code.period_unreadable, Severity.refuse, sentence))
