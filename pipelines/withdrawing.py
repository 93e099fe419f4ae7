"""Withdrawing a file that passed every check and is wrong all the same: the next run leaves its figures out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import Archive, Changing, Unreadable
from pipelines.earlier import catch_up, last_published, read_earlier
from pipelines.inbox import printable
from pipelines.ledger import Event, Ledger
from pipelines.lock import only_writer
from scorecard.errors import SettingError
from scorecard.nearest import did_you_mean
from scorecard.settings import Settings


@dataclass(frozen=True)
class Withdrawal:
    """What was withdrawn, or reinstated."""

    path: str
    """Below the inbox."""
    sha256: tuple[str, ...]
    before: tuple[Event, ...] = ()
    """The versions accepted before it, whose figures stand again."""
    elsewhere: tuple[str, ...] = ()
    """Other files in use with the same bytes."""


def withdraw(settings: Settings, given: str, reason: str, who: str) -> Withdrawal:
    """Withdraw the version of a file that is in use; where none is, the one in the inbox.

    Raises SettingError when there is neither, or no reason is given.
    """
    if not reason.strip():
        raise SettingError("A withdrawal needs a reason.", fix='Give it with --reason "...": it is kept and shown.')
    with only_writer(settings.data):
        archive, ledger = Archive(settings.data), _whole_ledger(settings)
        path = _below_inbox(given, settings)
        in_use = _in_use(settings, ledger)
        chosen = sorted({sha for (name, _), sha in in_use.items() if name == path})
        events: list[Event] = []
        if not chosen:
            seen = _from_inbox(settings, archive, path, {name for name, _ in in_use})
            chosen, events = [seen.sha256], [seen]
        now, known = datetime.now(UTC), ledger.seen()
        for sha256 in chosen:
            was = known.get((path, sha256))
            size, changed = (was.bytes, was.modified_at) if was else (None, None)
            events.append(Event("withdrawn", now, path, sha256, size, changed, reason=reason.strip(), who=who))
        ledger.add(events)
        standing = {sha for (name, _), sha in ledger.in_use().items() if name == path}
        before = {event.sha256: event for event in ledger.events if event.event == "accepted" and event.path == path}
        others = sorted({name for (name, _), sha in in_use.items() if sha in chosen and name != path})
    return Withdrawal(path, tuple(chosen), tuple(before[sha] for sha in sorted(standing)), tuple(others))


def reinstate(settings: Settings, given: str, reason: str, who: str) -> Withdrawal:
    """Take the withdrawal of a file back. Raises SettingError when no version of it is withdrawn."""
    with only_writer(settings.data):
        ledger, path = _whole_ledger(settings), _below_inbox(given, settings)
        gone = [event for (name, _), event in ledger.withdrawn().items() if name == path]
        if not gone:
            raise SettingError(
                f"No version of {path} is withdrawn.{did_you_mean(path, [name for name, _ in ledger.withdrawn()])}"
            )
        last = max(gone, key=lambda event: event.at)
        ledger.add(
            [
                Event(
                    "reinstated",
                    datetime.now(UTC),
                    path,
                    last.sha256,
                    last.bytes,
                    reason=reason.strip() or None,
                    who=who,
                )
            ]
        )
    return Withdrawal(path, (last.sha256,))


def _whole_ledger(settings: Settings) -> Ledger:
    ledger = Ledger(settings.data)
    ledger.repair()
    catch_up(ledger, last_published(settings.data, ledger, read_earlier(settings.data)))
    return ledger


def _in_use(settings: Settings, ledger: Ledger) -> dict[tuple[str, str], str]:
    served, gone = read_earlier(settings.data).published, ledger.withdrawn()
    loads = served.loads if served else ()
    return ledger.in_use() | {(path, source): sha for path, source, sha in loads if (path, sha) not in gone}


def _below_inbox(given: str, settings: Settings) -> str:
    """The name below the inbox; a path to the file itself is understood too."""
    place = Path(given).expanduser().absolute()
    return printable(place.relative_to(settings.inbox).as_posix() if place.is_relative_to(settings.inbox) else given)


def _from_inbox(settings: Settings, archive: Archive, path: str, known: set[str]) -> Event:
    location = settings.inbox / path
    if not location.is_file():
        raise SettingError(
            f"No file '{path}' is in use or in the inbox.{did_you_mean(path, known)}",
            fix="Give its name below the inbox, as the receipt on the Measure page has it.",
        )
    archive.sweep()
    try:
        kept = archive.keep(location, path)
    except (Changing, Unreadable) as fault:
        raise SettingError(f"'{path}' cannot be read: {fault}.", fix="Try again when it is whole.") from fault
    return Event("seen", datetime.now(UTC), path, kept.sha256, kept.size, kept.modified_at)
