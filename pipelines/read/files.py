"""Read one file for every source that wants it; what cannot be read comes back as a problem."""

from dataclasses import replace
from pathlib import Path

from pipelines.areas import AreaIndex
from pipelines.inbox import InboxFile
from pipelines.problems import Code, Problem, Refused
from pipelines.read.delimited import read_delimited
from pipelines.read.grid import Grid
from pipelines.read.table import Table, understand
from pipelines.read.workbook import Workbook
from scorecard.catalogue import Severity, Source


class OpenFile:
    """A file opened at most once, however many sources read it."""

    def __init__(self, location: Path) -> None:
        self.location = location
        self._workbook: Workbook | None = None

    def grids(self, source: Source) -> list[Grid]:
        """The cells that a source reads, a grid a sheet. Raises Refused when there are none to be had."""
        if source.format == "delimited":
            return [read_delimited(self.location, source)]
        if self._workbook is None:
            self._workbook = Workbook(self.location)
        return self._workbook.grids(source)


def read_for(
    file: InboxFile, opened: OpenFile, source_id: str, source: Source, areas: AreaIndex | None
) -> list[Table | Problem]:
    """What one source reads in a file: for each sheet its table, or the problem for which it is refused."""
    try:
        grids = opened.grids(source)
    except Refused as refused:
        return [placed(refused.problem, file.path, source_id, None)]
    except OSError as fault:
        problem = Problem(Code.unreadable_file, Severity.refuse, f"It cannot be read: {fault.strerror or fault}.")
        return [placed(problem, file.path, source_id, None)]
    found: list[Table | Problem] = []
    for grid in grids:
        try:
            found.append(understand(grid, source_id, source, file.path, file.sha256, areas))
        except Refused as refused:
            found.append(placed(refused.problem, file.path, source_id, grid.sheet))
    return found


def placed(problem: Problem, path: str, source_id: str, sheet: str | None) -> Problem:
    """The problem with the file it is about; its sentence begins with the place."""
    place = path + (f", sheet '{sheet}'" if sheet else "") + (f", row {problem.row}" if problem.row else "")
    return replace(problem, sentence=f"{place}: {problem.sentence}", source_id=source_id, path=path, sheet=sheet)
