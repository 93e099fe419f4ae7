"""The command line: python -m pipelines COMMAND. See `python -m pipelines --help`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date

from pipelines.commands.catalogue import check, write_definitions, write_schema
from pipelines.commands.demo import write_demo
from pipelines.commands.explain import explain_measure
from pipelines.commands.load import load_inbox
from pipelines.commands.new import add_measure
from pipelines.commands.outcomes import BUSY, FAILED, NOT_STARTED
from pipelines.commands.snapshots import list_snapshots, roll_back
from scorecard.errors import CatalogueError, CouncilError, RunInProgress, SettingError
from scorecard.period_forms import parse_date
from scorecard.settings import SETTINGS, Settings, read_settings

Command = Callable[[Settings, argparse.Namespace], int]


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

    def add(name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text, parents=[options])
        added.set_defaults(command=command)
        return added

    running = add("run", load_inbox, "Load the inbox and publish a snapshot if anything has changed.")
    running.add_argument("--as-at", type=_day, help="judge lateness as at this day, e.g. 2026-11-20")
    running.add_argument("--force", action="store_true", help="build again even if nothing has changed")
    checking = add("check", check, "Check the catalogue: list every fault in it, and targets that are hardly meant.")
    checking.add_argument("--strict", action="store_true", help="end with 2 when a target is doubtful")
    explaining = add(
        "explain", explain_measure, "Explain one measure: what it is, how it is worked out, from which rows."
    )
    explaining.add_argument("measure", metavar="MEASURE", help="its id in the catalogue, e.g. sickness_days")
    explaining.add_argument("--area", metavar="NAME", help="figures of this area instead of the council: name or code")
    explaining.add_argument(
        "--period", metavar="P", help='judge it again as at this period, step by step, e.g. "Oct 2026"'
    )
    adding = add("new", add_measure, "Ask for a new measure step by step and write it into the catalogue.")
    adding.add_argument("what", choices=["measure"], help="what to add")
    adding.add_argument("--print", action="store_true", dest="only_print", help="show the block and write nothing")
    defining = add("definitions", write_definitions, "Write the definitions of all measures as one page to print.")
    defining.add_argument("--output", metavar="FILE", default="definitions.html", help="default: definitions.html")
    add("snapshots", list_snapshots, "List the snapshots, newest first.")
    rollback = add("rollback", roll_back, "Serve an earlier snapshot: the one named, or the one before.")
    rollback.add_argument("name", nargs="?", help="a name from the list of snapshots")
    add("schema", write_schema, "Write the JSON Schema of the catalogue again, after changing its models.")
    demo = add("demo", write_demo, "Write the files of an invented council into the inbox.")
    demo.add_argument("--seed", type=int, default=2026)
    demo.add_argument("--years", type=int, default=6)
    demo.add_argument("--scale", type=int, default=1, help="how many times over the large logs of records are")
    return parser


if __name__ == "__main__":
    sys.exit(main())
