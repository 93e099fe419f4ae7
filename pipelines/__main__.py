"""The command line: python -m pipelines COMMAND. See `python -m pipelines --help`."""

import argparse
import math
import sys
from collections.abc import Callable, Sequence
from datetime import date

from pipelines.commands.catalogue import check, write_definitions, write_schema
from pipelines.commands.demo import write_demo
from pipelines.commands.explain import explain_measure
from pipelines.commands.load import load_inbox
from pipelines.commands.new import add_measure
from pipelines.commands.outcomes import BUSY, FAILED, NOT_STARTED
from pipelines.commands.recall import recall_figures
from pipelines.commands.snapshots import list_snapshots, roll_back
from pipelines.commands.try_files import try_files
from pipelines.commands.watch import watch_inbox
from pipelines.commands.withdraw import withdraw_file
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
    except CouncilError as error:
        # Where standard error carries events only, words for people go with the others.
        stream = sys.stdout if getattr(given, "log", "text") == "json" else sys.stderr
        if isinstance(error, CatalogueError):
            print(*error.faults, sep="\n", file=stream)
        print(error, file=stream)
        return _code_of(error)


def _code_of(error: CouncilError) -> int:
    if isinstance(error, CatalogueError | SettingError):
        return NOT_STARTED
    return BUSY if isinstance(error, RunInProgress) else FAILED


def _load_or_recall(settings: Settings, given: argparse.Namespace) -> int:
    return recall_figures(settings, given) if given.as_known_on else load_inbox(settings, given)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds of zero or more")
    return seconds


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
        "2 not started: the catalogue or a setting is at fault · 3 published, but a file was refused; of try: one "
        "would be refused or loaded in part · 4 another run is at work.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    options = argparse.ArgumentParser(add_help=False)
    for setting in SETTINGS:
        if setting.name not in ("audience", "stale_hours", "settle_seconds"):
            options.add_argument(
                f"--{setting.name}",
                metavar="VALUE",
                help=f"{setting.help} ({setting.variable}; default: {setting.default or 'none'})",
            )

    def add(name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text, parents=[options])
        added.set_defaults(command=command)
        return added

    running = add("run", _load_or_recall, "Load the inbox and publish a snapshot if anything has changed.")
    running.add_argument("--as-at", type=_day, help="judge lateness as at this day, e.g. 2026-11-20")
    running.add_argument("--force", action="store_true", help="build again even if nothing has changed")
    running.add_argument(
        "--wait", type=_seconds, default=0, metavar="SECONDS", help="wait so long for another run (default: 0)"
    )
    running.add_argument(
        "--as-known-on", type=_day, metavar="DATE", help="build the figures as they stood that day; publish nothing"
    )
    running.add_argument("--output", metavar="FOLDER", help="where to (default: as-known-on/DATE below data)")
    watching = add("watch", watch_inbox, "Keep running: load whatever comes into the inbox, and once a day.")
    watching.add_argument(
        "--every", type=_seconds, default=120, metavar="SECONDS",
        help="look at the inbox at least so often, and try again what failed (default: 120)",
    )  # fmt: skip
    for command in (running, watching):
        command.add_argument(
            "--log",
            choices=["text", "json"],
            default="text",
            help="json: events on standard error, words on standard output",
        )
    trying = add("try", try_files, "Check files without loading them: what would become of each, and why.")
    trying.add_argument("files", nargs="+", metavar="FILE", help="a file as a service sends it; packed ones, too")
    trying.add_argument("--source", metavar="ID", help="the source that is to read them; default: by their names")
    trying.add_argument("--json", action="store_true", help="print a list for programs")
    trying.add_argument("--draft", action="store_true", help="draft a source for files that no source expects")
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
    withdrawing = add("withdraw", withdraw_file, "Leave the figures of a file out that is wrong all the same.")
    withdrawing.add_argument("path", metavar="PATH", help="the file's name below the inbox, as a receipt has it")
    withdrawing.add_argument("--reason", metavar="TEXT", default="", help="why; it is kept and shown")
    withdrawing.add_argument("--undo", action="store_true", help="take the withdrawal back")
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
