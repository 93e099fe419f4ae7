"""The demonstration council's files, and the snapshot made of them, in a folder that goes when the run ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.cost import cost_of

PUBLISHED_CODES: Final = (0, 3)
"""3: published, but a file was refused. The demonstration holds one such file on purpose."""


@dataclass(frozen=True)
class Demonstration:
    """A temporary folder with the council's inbox in it."""

    folder: Path
    scale: int = 1
    """How many times over the large logs of records are."""

    @property
    def inbox(self) -> Path:
        """Where the council's files lie."""
        return self.folder / "inbox"

    def pipeline(self, data: Path) -> list[str]:
        """The command that loads the inbox and publishes into `data`."""
        return [
            sys.executable, "-m", "pipelines", "run", "--force", "--inbox", str(self.inbox), "--data", str(data),
        ]  # fmt: skip

    def published(self) -> Path:
        """The data folder with a snapshot to serve; the first call makes it."""
        data = self.folder / "published"
        if not data.exists():
            cost_of(self.pipeline(data), PUBLISHED_CODES)
        return data


@contextmanager
def demonstration(scale: int) -> Iterator[Demonstration]:
    """The demonstration council's files, written once, and removed at the end whatever happens.

    `scale` is how many times over the large logs of records are.
    """
    with TemporaryDirectory(prefix="scorecard-bench-", ignore_cleanup_errors=True) as folder:
        found = Demonstration(Path(folder), scale)
        cost_of([sys.executable, "-m", "pipelines", "demo", "--inbox", str(found.inbox), "--scale", str(scale)])
        yield found
