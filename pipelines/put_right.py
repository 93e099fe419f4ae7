"""Rows set aside that were mended and sent back: they are no longer told as a problem of the file they came from."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.load import Load
from pipelines.problems import Problem
from scorecard.catalogue import Severity
from scorecard.set_aside import originals_of
from scorecard.wording import count


def settle(loads: Sequence[Load]) -> None:
    """Mark the rows set aside of each load that stand again in the download which was sent back.

    It counts when the same source reads it, in the same sheet, and it was changed after the file itself. A row that
    still has a fault is told where it stands now, and not twice.
    """
    returned = [load for load in loads if not load.refused and load.answers and originals_of(load.file.path)]
    for load in loads:
        mended = {
            row: back.file.path
            for back in sorted(returned, key=lambda each: each.file.modified_at)
            if load.file.path in originals_of(back.file.path)
            and (load.source_id, load.sheet) == (back.source_id, back.sheet)
            and load.file.modified_at < back.file.modified_at
            for row in back.answers
        }
        load.put_right.update({held.row: mended[held.row] for held in load.held if held.row in mended})
        if load.put_right and not load.refused:
            load.problems[:] = [_told(problem, load) for problem in load.problems]


def _told(problem: Problem, load: Load) -> Problem:
    """The problem as it stands now that some or all of its rows were sent back."""
    if problem.severity is not Severity.quarantine:
        return problem
    rows = [held.row for held in load.held if held.code is problem.code]
    mended = [row for row in rows if row in load.put_right]
    if not mended:
        return problem
    names = " and ".join(dict.fromkeys(load.put_right[row] for row in mended))
    if len(mended) == len(rows):
        sentence = f"{problem.sentence} That was put right in {names}."
        return replace(problem, severity=Severity.note, sentence=sentence)
    left = len(rows) - len(mended)
    said = f"{count(len(mended), 'row')} with this fault came back in {names}, and {left:,} did not."
    return replace(problem, sentence=f"{problem.sentence} {said}", rows=min(problem.rows, left))
