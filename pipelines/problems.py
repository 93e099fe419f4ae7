"""What is wrong with a file, in the words of the person who must mend it."""

from dataclasses import dataclass

from pipelines.problem_codes import Code
from pipelines.problem_words import WORDINGS
from scorecard.catalogue import Severity

__all__ = ["Code", "Problem", "Refused"]


@dataclass(frozen=True)
class Problem:
    """One problem, ready to be shown: where it is, what and why in a sentence, and what to do."""

    code: Code
    severity: Severity
    sentence: str
    source_id: str | None = None
    path: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    rows: int = 0

    @property
    def fix(self) -> str:
        """What to do next."""
        return WORDINGS[self.code].fix


class Refused(Exception):
    """A file (or one of its sheets) cannot be used. Carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem
