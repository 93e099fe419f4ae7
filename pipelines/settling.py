"""What has changed in the inbox since the last run, and whether it has been fully written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipelines.inbox import lying_in
from scorecard.errors import SettingError

State = tuple[int, int, int]
"""Size in bytes, time of change in nanoseconds, inode."""
LONGEST_WAIT: Final = 60.0
"""Seconds, or ten times the settling if that is more, that whole files wait for others that are still being written."""


def look_around(inbox: Path, catalogue: Path) -> dict[str, State] | None:
    """The state of every file of the inbox by its path, and of the catalogue; None while the inbox cannot be read."""
    try:
        files, _ = lying_in(inbox)
    except SettingError:
        return None
    seen = {file.path: (file.size, file.modified_ns, file.inode) for file in files}
    try:
        facts = catalogue.stat()
    except OSError:
        return seen
    return seen | {str(catalogue): (facts.st_size, facts.st_mtime_ns, facts.st_ino)}


class Settling:
    """Compares looks at the inbox; moments are seconds of a clock that nobody sets."""

    def __init__(self, settle: float) -> None:
        self.settle = settle
        self._loaded: Mapping[str, State] = {}
        self._seen: Mapping[str, State] = {}
        self._since: dict[str, float] = {}

    def note(self, seen: Mapping[str, State], now: float) -> None:
        """Take in a look at the inbox."""
        for path in self._seen.keys() | seen.keys():
            if self._seen.get(path) != seen.get(path):
                self._since[path] = now
        self._seen = dict(seen)

    def changed(self) -> dict[str, float]:
        """Since when each path that is not as at the last run has been as it is."""
        paths = self._loaded.keys() | self._seen.keys()
        return {path: self._since[path] for path in paths if self._loaded.get(path) != self._seen.get(path)}

    def ready(self, now: float) -> bool:
        """Whether to run: all that changed has stayed the same for the settling time, or some of it for very long."""
        ages = [now - since for since in self.changed().values()]
        patience = max(LONGEST_WAIT, 10 * self.settle)
        return bool(ages) and (min(ages) >= self.settle or max(ages) >= patience)

    def taken(self, now: float) -> None:
        """A run begins: what has settled is in it; what is still changing counts as changed afterwards."""
        taken = dict(self._loaded)
        for path, since in self.changed().items():
            if now - since < self.settle:
                continue
            if path in self._seen:
                taken[path] = self._seen[path]
            else:
                taken.pop(path)
        self._loaded = taken
        self._since = {path: since for path, since in self._since.items() if path in self._seen or path in taken}
