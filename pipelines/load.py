"""One file read by one source: what came of its rows. Files of records have the same facts (records/loads.py)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.check.findings import CheckResult
from pipelines.check.tables import Checked
from pipelines.check.whole import Whole
from pipelines.inbox import InboxFile
from pipelines.problems import Problem
from pipelines.read.table import Held
from pipelines.records.loads import RecordLoad
from scorecard.periods import Period


@dataclass(frozen=True)
class ReturnLoad:
    """A return: checked, or refused with its problem."""

    file: InboxFile
    source_id: str
    checked: Checked | None
    refused: Problem | None
    whole: Whole | None = None
    """What was measured of it as a whole; None where it was refused before."""
    put_right: dict[int, str] = field(default_factory=dict)
    """Rows set aside that were mended and sent back → the file in which they came."""

    @property
    def sheet(self) -> str | None:
        """The sheet of a workbook."""
        return self.checked.table.sheet if self.checked else None

    @property
    def top(self) -> Sequence[tuple[str, ...]]:
        """The rows above the figures, the headings last."""
        return self.checked.table.top if self.checked else ()

    @property
    def answers(self) -> set[int]:
        """Of a download that was sent back: the rows of the first file that stand in it."""
        return self.whole.facts.answers if self.whole else set()

    @property
    def encoding(self) -> str | None:
        """The encoding in which a delimited file could be read."""
        return self.checked.table.encoding if self.checked else None

    @property
    def header_row(self) -> int | None:
        """Where the headings stand."""
        return self.checked.table.header_row if self.checked else None

    @property
    def rows_found(self) -> int:
        """Rows in the file or sheet."""
        return self.checked.table.rows_found if self.checked else 0

    @property
    def rows_accepted(self) -> int:
        """Rows whose figures are used."""
        return len(self.checked.accepted) if self.checked and not self.refused else 0

    @property
    def rows_skipped(self) -> int:
        """Rows that are no figures."""
        return self.checked.skipped if self.checked else 0

    @property
    def held(self) -> Sequence[Held]:
        """Rows set aside."""
        return self.checked.held if self.checked else ()

    @property
    def results(self) -> Sequence[CheckResult]:
        """What was checked."""
        return self.checked.results if self.checked else ()

    @property
    def problems(self) -> list[Problem]:
        """What was found, the reason of a refusal among it."""
        if self.checked:
            return self.checked.problems
        return [self.refused] if self.refused else []

    @property
    def period(self) -> Period | None:
        """From the first period that its rows are about to the last."""
        if not self.checked or not self.rows_accepted or "period_start" not in self.checked.accepted:
            return None
        return Period(min(self.checked.accepted["period_start"]), max(self.checked.accepted["period_end"]))


Load = ReturnLoad | RecordLoad
