"""The ledger: what became of each version of each file, one line of JSON an event, only ever added to."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from scorecard.snapshot.originals import FOLDER

NAME: Final = "ledger.jsonl"
Kind = Literal["seen", "accepted", "refused", "withdrawn", "reinstated", "published"]
KINDS: Final = frozenset({"seen", "accepted", "refused", "withdrawn", "reinstated", "published"})


@dataclass(frozen=True)
class Event:
    """One event. Of `published` the file is the catalogue; it closes the events of its run."""

    event: Kind
    at: datetime
    """In UTC."""
    path: str
    """Name below the inbox."""
    sha256: str
    bytes: int | None = None
    modified_at: datetime | None = None
    source_id: str | None = None
    reason: str | None = None
    who: str | None = None
    run_id: str | None = None

    def line(self) -> str:
        """The event as it is written; what is not known is left out."""
        told = {name: _text(value) for name, value in asdict(self).items() if value is not None}
        return json.dumps(told, ensure_ascii=True) + "\n"


class Ledger:
    """The events of a data folder, in the order in which they were written. Read whole, as it is small.

    A line that cannot be read is passed over: the last may be torn when a run was killed in writing it.
    """

    def __init__(self, data: Path) -> None:
        self.place = data / FOLDER / NAME
        lines = self.place.read_bytes().split(b"\n") if self.place.exists() else []
        self.events: list[Event] = [event for event in map(_event, lines) if event is not None]

    def repair(self) -> None:
        """Cut off a last line that was not written to its end. Only for who holds the lock."""
        if not self.place.exists():
            return
        with self.place.open("rb+") as file:
            text = file.read()
            if text and not text.endswith(b"\n"):
                whole = text.rfind(b"\n") + 1
                if _event(text[whole:]) is None:
                    file.truncate(whole)
                else:
                    file.write(b"\n")
                os.fsync(file.fileno())

    def add(self, events: Iterable[Event]) -> None:
        """Write events at the end, all or none but for a power cut, and make sure of them."""
        new = list(events)
        if not new:
            return
        self.place.parent.mkdir(parents=True, exist_ok=True)
        with self.place.open("ab") as file:
            file.write("".join(event.line() for event in new).encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        self.events += new

    def published(self) -> dict[str, Event]:
        """The event of each run that published, by run id."""
        return {event.run_id: event for event in self.events if event.event == "published" and event.run_id}

    def seen(self) -> dict[tuple[str, str], Event]:
        """(path, sha256) → when a version was first seen, with its date of change as it was seen last."""
        found: dict[tuple[str, str], Event] = {}
        for event in self.events:
            if event.event == "seen":
                first = found.setdefault((event.path, event.sha256), event)
                found[event.path, event.sha256] = replace(event, at=first.at)
        return found

    def withdrawn(self) -> dict[tuple[str, str], Event]:
        """(path, sha256) → when and why a version was withdrawn, of those that still are."""
        found: dict[tuple[str, str], Event] = {}
        for event in self.events:
            if event.event == "withdrawn":
                found[event.path, event.sha256] = event
            elif event.event == "reinstated":
                found.pop((event.path, event.sha256), None)
        return found

    def in_use(self) -> dict[tuple[str, str], str]:
        """(path, source) → sha256 of the version accepted last of those that are not withdrawn."""
        gone = self.withdrawn()
        return {
            (event.path, event.source_id): event.sha256
            for event in self.events
            if event.event == "accepted" and event.source_id and (event.path, event.sha256) not in gone
        }

    def accepted(self) -> dict[tuple[str, str], list[str]]:
        """(path, source) → sha256 of each version ever accepted and not withdrawn, in the order in which they were."""
        gone, found = self.withdrawn(), dict[tuple[str, str], dict[str, None]]()
        for event in self.events:
            if event.event == "accepted" and event.source_id and (event.path, event.sha256) not in gone:
                found.setdefault((event.path, event.source_id), {})[event.sha256] = None
        return {key: list(versions) for key, versions in found.items()}

    def standing(self) -> dict[tuple[str, str], str]:
        """(path, source) → sha256 of the version whose figures the last run has published."""
        found: dict[tuple[str, str], str] = {}
        gone: set[tuple[str, str]] = set()
        for event in self.events:
            if event.event == "accepted" and event.source_id:
                found[event.path, event.source_id] = event.sha256
            elif event.event == "withdrawn":
                gone.add((event.path, event.sha256))
            elif event.event == "reinstated":
                gone.discard((event.path, event.sha256))
            elif event.event == "published" and gone:
                found = {key: sha for key, sha in found.items() if (key[0], sha) not in gone}
        return found

    def until(self, moment: datetime) -> "Ledger":
        """The ledger as it stood when the last run before `moment` had published; never to be written to."""
        last = max(
            (at for at, each in enumerate(self.events) if each.event == "published" and each.at < moment), default=-1
        )
        then = Ledger.__new__(Ledger)
        then.place, then.events = self.place, self.events[: last + 1]
        return then


def accepted_anew(ledger: Ledger, loads: Sequence[tuple[str, str, str]], at: datetime) -> list[Event]:
    """An event for each (path, source, sha256) in use that was not when the last run published."""
    standing = ledger.standing()
    seen = ledger.seen()
    events = []
    for path, source_id, sha256 in loads:
        if standing.get((path, source_id)) != sha256:
            standing[path, source_id] = sha256
            was = seen.get((path, sha256))
            facts = (was.bytes, was.modified_at) if was else (None, None)
            events.append(Event("accepted", at, path, sha256, *facts, source_id))
    return events


def refused_anew(ledger: Ledger, refusals: Iterable[tuple[str, str | None, str, str]], at: datetime) -> list[Event]:
    """An event for each (path, source, sha256, code of the problem) that is refused and was not already."""
    known = {(each.path, each.source_id, each.sha256, each.reason) for each in ledger.events if each.event == "refused"}
    seen, events = ledger.seen(), []
    for path, source_id, sha256, code in dict.fromkeys(refusals):
        if (path, source_id, sha256, code) not in known:
            was = seen.get((path, sha256))
            facts = (was.bytes, was.modified_at) if was else (None, None)
            events.append(Event("refused", at, path, sha256, *facts, source_id, reason=code))
    return events


def _text(value: object) -> object:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


def _event(line: bytes) -> Event | None:
    try:
        told: dict[str, Any] = json.loads(line)
        for name in ("at", "modified_at"):
            if name in told:
                told[name] = datetime.fromisoformat(told[name])
        return Event(**told) if told["event"] in KINDS else None
    except (ValueError, TypeError, KeyError):
        return None
