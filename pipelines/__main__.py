"""The command line: python -m pipelines run | check | snapshots | rollback | schema | demo."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pipelines.lock import only_writer
from pipelines.progress import Progress
from pipelines.run import run
from scorecard.catalogue import Severity, examine, json_schema
from scorecard.catalogue.schema import SCHEMA_FILE
from scorecard.errors import CatalogueError, CouncilError, NoSnapshot, RunInProgress, SettingError
from scorecard.periods import parse_date
from scorecard.settings import SETTINGS, Settings, read_settings
from scorecard.snapshot.folder import folder_of, listing, switch
from scorecard.wording import count

DONE: Final = 0
FAILED: Final = 1
NOT_STARTED: Final = 2
SOME_REFUSED: Final = 3
BUSY: Final = 4
MOST_TOLD: Final = 20
TOLD: Final = {Severity.refuse: "Refused", Severity.quarantine: "Set aside", Severity.note: "Note"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: see `python -m pipelines --help`."""
    given = _parser().parse_args(arguments)
    try:
        settings = read_settings({setting.name: getattr(given, setting.name, None) for setting in SETTINGS})
        return int(given.command(settings, given))
    except CatalogueError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return _complain(error, NOT_STARTED)
    except SettingError as error:
        return _complain(error, NOT_STARTED)
    except RunInProgress as error:
        return _complain(error, BUSY)
    except CouncilError as error:
        return _complain(error, FAILED)


def _complain(error: CouncilError, code: int) -> int:
    print(error, file=sys.stderr)
    return code


def _run(settings: Settings, given: argparse.Namespace) -> int:
    outcome = run(settings, Progress(), given.as_at, force=given.force)
    for problem in outcome.problems[:MOST_TOLD]:
        print(f"{TOLD[problem.severity]}: {problem.sentence} {problem.fix}")
    if len(outcome.problems) > MOST_TOLD:
        print(f"... and {len(outcome.problems) - MOST_TOLD:,} more: see the Data quality page.")
    print(outcome.summary)
    return SOME_REFUSED if outcome.refused else DONE


def _check(settings: Settings, given: argparse.Namespace) -> int:
    catalogue, faults = examine(settings.catalogue)
    if catalogue is None or faults:
        print(*faults, sep="\n")
        print(f"{settings.catalogue.name}: {count(len(faults), 'fault')}.")
        return NOT_STARTED
    print(
        f"{settings.catalogue.name} is sound: {count(len(catalogue.measures), 'measure')}, "
        f"{count(len(catalogue.sources), 'source')}, {count(len(catalogue.themes), 'theme')}."
    )
    return DONE


def _snapshots(settings: Settings, given: argparse.Namespace) -> int:
    found = listing(settings.data)
    if not found:
        raise NoSnapshot(f"There are no snapshots in {folder_of(settings.data)}.", fix="Run: python -m pipelines run")
    for snapshot in found:
        mark = "  <- served now" if snapshot.is_current else ""
        print(f"{snapshot.name}  {snapshot.path.stat().st_size / 1e6:6.1f} MB{mark}")
    return DONE


def _rollback(settings: Settings, given: argparse.Namespace) -> int:
    with only_writer(settings.data):
        found = listing(settings.data)
        served = next((at for at, snapshot in enumerate(found) if snapshot.is_current), -1)
        earlier = found[served + 1 :]
        wanted = [snapshot for snapshot in found if snapshot.name == given.name] if given.name else earlier[:1]
        if not wanted:
            what = f"There is no snapshot '{given.name}'." if given.name else "There is no earlier snapshot."
            why = f"There are: {', '.join(snapshot.name for snapshot in found)}." if found else ""
            raise SettingError(what, why=why, fix="List them with: python -m pipelines snapshots")
        switch(folder_of(settings.data), wanted[0].path.name)
    print(f"Snapshot {wanted[0].name} is served from now on. It stays until a run finds something new.")
    return DONE


def _schema(settings: Settings, given: argparse.Namespace) -> int:
    SCHEMA_FILE.write_text(json_schema(), encoding="utf-8")
    print(f"Wrote {SCHEMA_FILE.name}: editors complete metrics.yaml from it.")
    return DONE


def _demo(settings: Settings, given: argparse.Namespace) -> int:
    from pipelines.demonstration import write_demonstration

    with tempfile.TemporaryDirectory() as folder:
        names = {path.relative_to(folder) for path in write_demonstration(Path(folder), years=given.years)}
    held = {path.relative_to(settings.inbox) for path in settings.inbox.rglob("*") if path.is_file()}
    if held and not held & names:
        raise SettingError(
            f"{settings.inbox} holds files of its own, so the demonstration's were not put among them.",
            fix="Name another folder with --inbox, and another --data to keep its figures apart.",
        )
    written = write_demonstration(settings.inbox, seed=given.seed, years=given.years)
    print(f"The demonstration council's {count(len(written), 'file')} are in {_shown(settings.inbox)}.")
    return DONE


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _day(text: str) -> date:
    day = parse_date(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write it as 2026-11-20 or 20/11/2026")
    return day


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipelines",
        description="Load the files that services send, judge the measures, and publish a snapshot for the pages.",
        epilog="Exit codes: 0 done (also when nothing had changed) · 1 failed, the last snapshot stands · "
        "2 not started: the catalogue or a setting is at fault · 3 published, but a file was refused · "
        "4 another run is at work.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    options = argparse.ArgumentParser(add_help=False)
    for setting in SETTINGS:
        if setting.name != "stale_hours":
            options.add_argument(
                f"--{setting.name}",
                metavar="VALUE",
                help=f"{setting.help} ({setting.variable}; default: {setting.default or 'none'})",
            )

    def add(name: str, command: object, help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text, parents=[options])
        added.set_defaults(command=command)
        return added

    running = add("run", _run, "Load the inbox and publish a snapshot if anything has changed.")
    running.add_argument("--as-at", type=_day, help="judge lateness as at this day, e.g. 2026-11-20")
    running.add_argument("--force", action="store_true", help="build again even if nothing has changed")
    add("check", _check, "Check the catalogue and list every fault in it.")
    add("snapshots", _snapshots, "List the snapshots, newest first.")
    rollback = add("rollback", _rollback, "Serve an earlier snapshot: the one named, or the one before.")
    rollback.add_argument("name", nargs="?", help="a name from the list of snapshots")
    add("schema", _schema, "Write the JSON Schema of the catalogue again, after changing its models.")
    demo = add("demo", _demo, "Write the files of an invented council into the inbox.")
    demo.add_argument("--seed", type=int, default=2026)
    demo.add_argument("--years", type=int, default=6)
    return parser


if __name__ == "__main__":
    sys.exit(main())
