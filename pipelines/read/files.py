"""Read one file for every source that wants it; what cannot be read comes back as a problem."""

from dataclasses import replace

from pipelines.areas import AreaIndex
from pipelines.inbox import InboxFile
from pipelines.problems import Code, Problem, Refused
from pipelines.read.opening import OpenFile
from pipelines.read.rows import whole_grid
from pipelines.read.table import Table, understand
from scorecard.catalogue import Severity, Source

__all__ = ["OpenFile", "placed", "read_for"]


def read_for(
    file: InboxFile, opened: OpenFile, source_id: str, source: Source, areas: AreaIndex | None
) -> list[Table | Problem]:
    """What one source reads in a file: for each sheet its table, or the problem for which it is refused."""
    found: list[Table | Problem] = []
    sheet: str | None = None
    try:
        for rows in opened.rows(source):
            sheet = rows.sheet
            try:
                table = understand(whole_grid(rows), source_id, source, file.path, file.sha256, areas)
                table.notes = [placed(note, file.path, source_id, sheet) for note in table.notes]
                found.append(table)
            except Refused as refused:
                found.append(placed(refused.problem, file.path, source_id, sheet))
    except Refused as refused:
        return [placed(refused.problem, file.path, source_id, None)]
    except OSError as fault:
        problem = Problem(Code.unreadable_file, Severity.refuse, f"It cannot be read: {fault.strerror or fault}.")
        return [*found, placed(problem, file.path, source_id, sheet)]
    return found


def placed(problem: Problem, path: str, source_id: str, sheet: str | None) -> Problem:
    """The problem with the file it is about; its sentence begins with the place."""
    place = path + (f", sheet '{sheet}'" if sheet else "") + (f", row {problem.row}" if problem.row else "")
    return replace(problem, sentence=f"{place}: {problem.sentence}", source_id=source_id, path=path, sheet=sheet)
