"""The council that faults are done to: returns, a workbook and records, a good snapshot, and something new to load."""

import shutil
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from pipelines.progress import Progress
from scorecard.errors import CouncilError
from scorecard.settings import Settings
from tests import small_council, small_repairs

NEW: Final = small_council.GOOD.replace("Littleborough BC,Oct 2026,missed,95", "Littleborough BC,Oct 2026,missed,96")
"""The first file as it is sent again: October is corrected."""
JOBS_LATER: Final = small_repairs.JOBS.replace("/10/2026", "/11/2026").replace("/09/2026", "/10/2026").replace("R", "S")


class Silent(Progress):
    """Says nothing."""

    def say(self, line: str) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Council:
    """A folder with a catalogue, an inbox and a data folder."""

    folder: Path

    @property
    def settings(self) -> Settings:
        """The settings of a run."""
        return Settings(
            self.folder / "metrics.yaml", self.folder / "inbox", self.folder / "data", None, 26, settle_seconds=0
        )

    def write(self) -> "Council":
        """Write the catalogue and the first files."""
        small_council.write_council(self.folder)
        (self.folder / "metrics.yaml").write_text(_both_catalogues(), encoding="utf-8")
        small_council.write_homes(self.folder / "inbox" / "homes.xlsx")
        (self.folder / "inbox" / "repairs Oct 2026.csv").write_text(small_repairs.JOBS, encoding="utf-8")
        return self

    def send_more(self) -> "Council":
        """A corrected return, a new month of records, and a file that will be refused."""
        inbox = self.folder / "inbox"
        (inbox / "returns.csv").write_text(NEW, encoding="utf-8")
        (inbox / "repairs Nov 2026.csv").write_text(JOBS_LATER, encoding="utf-8")
        (inbox / "returns bad.csv").write_text("Place,Month\nLittleborough,Oct 2026\n", encoding="utf-8")
        return self

    def copy(self, folder: Path) -> "Council":
        """The same elsewhere, with the times of its files."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Council(folder)

    def remove(self) -> None:
        """Take it away."""
        shutil.rmtree(self.folder)


def run_once(
    council: Council,
    progress: Progress | None = None,
    wait: float = 0,
    within: AbstractContextManager[None] | None = None,
) -> dict[str, Any]:
    """One run in this process: how it ended, and what it said. Anything but an error of ours is let through.

    The run works within the context given, which sees its errors first, as the command's context does.
    """
    from pipelines.run import run

    try:
        with within or nullcontext():
            outcome = run(council.settings, progress or Silent(), wait=wait)
    except CouncilError as error:
        return {"ended": type(error).__name__, "said": str(error)}
    return {"ended": "published" if outcome.published else "unchanged", "said": outcome.summary}


def _both_catalogues() -> str:
    yaml = YAML(typ="safe")
    both = yaml.load(small_repairs.CATALOGUE)
    _put_in(both, yaml.load(small_council.CATALOGUE))
    text = StringIO()
    yaml.dump(both, text)
    return text.getvalue()


def _put_in(into: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _put_in(into[name], value)
        else:
            into[name] = value
