"""The errors this project raises on purpose, each written for the person who must act.

    CouncilError
    ├── CatalogueError      metrics.yaml cannot be used as it stands
    ├── SettingError        a setting names something that is not there
    ├── SnapshotError
    │   ├── NoSnapshot      nothing has been published yet
    │   └── SnapshotUnreadable  a published file is damaged or gone
    ├── RunInProgress       another run holds the lock
    └── RunFailed           a run stopped before it could publish

"Exception" is the council's word for a measure that needs attention, so Python errors live here.
This module imports nothing from the project.
"""


class CouncilError(Exception):
    """What happened, why, and what to do next, as three sentences that can be shown to anyone."""

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.fix = fix

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.fix) if part)


class CatalogueError(CouncilError):
    """The catalogue has faults; `faults` lists every one of them, each a printable line."""

    def __init__(self, what: str, *, faults: tuple[str, ...], fix: str = "") -> None:
        super().__init__(what, fix=fix)
        self.faults = faults


class SettingError(CouncilError):
    """A setting (option or environment variable) names something that does not exist."""


class SnapshotError(CouncilError):
    """A snapshot cannot be served."""


class NoSnapshot(SnapshotError):
    """No snapshot has been published in the data folder."""


class SnapshotUnreadable(SnapshotError):
    """A snapshot is there but cannot be read."""


class RunInProgress(CouncilError):
    """Another run is writing; it is named in the message."""


class RunFailed(CouncilError):
    """A run stopped before publishing; the last good snapshot still stands."""
