"""Since when and until when each version of each file counted, as the ledger tells it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

import pandas as pd

from pipelines.ledger import Event


@dataclass
class Version:
    """One row of the table file_version; moments are UTC."""

    path: str
    source_id: str
    sha256: str
    bytes: int | None
    modified_at: datetime | None
    seen_at: datetime | None
    known_from: datetime
    known_to: datetime | None = None
    ended_by: str | None = None
    reason: str | None = None

    def end(self, at: datetime, by: str, reason: str | None = None) -> None:
        """Its figures were published until then."""
        self.known_to, self.ended_by, self.reason = at, by, reason


def versions(events: Iterable[Event]) -> list[Version]:
    """Every version of every file that was ever accepted, in the order in which they were."""
    found: list[Version] = []
    standing: dict[tuple[str, str], Version] = {}
    seen: dict[tuple[str, str], datetime] = {}
    withdrawn: dict[tuple[str, str], str | None] = {}
    for event in events:
        version = (event.path, event.sha256)
        if event.event == "seen":
            seen.setdefault(version, event.at)
        elif event.event == "withdrawn":
            withdrawn[version] = event.reason
        elif event.event == "reinstated":
            withdrawn.pop(version, None)
        elif event.event == "accepted" and event.source_id:
            before = standing.get((event.path, event.source_id))
            if before:
                _end(before, event.at, withdrawn)
            now = Version(
                event.path, event.source_id, event.sha256, event.bytes, event.modified_at, seen.get(version), event.at
            )
            standing[event.path, event.source_id] = now
            found.append(now)
        elif event.event == "published":
            # A withdrawal is felt when the next run has published without the version.
            for key, each in list(standing.items()):
                if (each.path, each.sha256) in withdrawn:
                    _end(standing.pop(key), event.at, withdrawn)
    return found


def _end(version: Version, at: datetime, withdrawn: dict[tuple[str, str], str | None]) -> None:
    key = (version.path, version.sha256)
    if key in withdrawn:
        version.end(at, "withdrawn", withdrawn[key])
    else:
        version.end(at, "replaced")


def version_table(events: Iterable[Event]) -> pd.DataFrame:
    """The table file_version: one row per version of a file and source."""
    rows = [{name: _naive(value) for name, value in asdict(each).items()} for each in versions(events)]
    frame = pd.DataFrame(rows, columns=[field.name for field in fields(Version)])
    moments = {name: pd.to_datetime(frame[name]) for name in ("modified_at", "seen_at", "known_from", "known_to")}
    return frame.assign(**moments).astype({"bytes": "Int64"})


def _naive(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
