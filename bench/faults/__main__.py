"""The command line: python -m bench.faults [--only FAULT] [--kills N] [--pairs N] and so on: see --help."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench.faults.clock import MOMENTS, clocks
from bench.faults.damage import damages
from bench.faults.disk import disk_faults, permission_faults
from bench.faults.hostile import LARGE, SMALL, hostile
from bench.faults.kills import Killing, kill_runs, prepare, stop_runs
from bench.faults.pairs import pairs_of_runs
from bench.faults.result import Result, as_table, summary
from bench.faults.warm import warm_up

Faults = Callable[[Killing, argparse.Namespace], Iterable[Result]]
BRIEF: Final = {"kills": 12, "stops": 3, "pairs": 4, "damages": 6, "clocks": 3, "every": 12}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the faults asked for and print what became of each. Returns 1 when anything went wrong."""
    given = _parser().parse_args(arguments)
    if given.brief:
        vars(given).update(BRIEF)
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        warm_up(Path(folder))
        council = prepare(Path(folder, "prepared"))
        for name in given.only or FAULTS:
            for result in FAULTS[name](council, given):
                results.append(result)
                if result.wrong:
                    _say(f"{result.fault}, {result.case}, {result.outcome}: {result.wrong}")
            _say(f"{name} done.")
    if given.json:
        print(json.dumps([asdict(result) for result in results]))
    else:
        print(f"\n{as_table(results)}\n\n{summary(results)}")
    return int(any(result.wrong for result in results))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


FAULTS: dict[str, Faults] = {
    "kills": lambda council, given: kill_runs(council, given.kills, given.seed),
    "stops": lambda council, given: stop_runs(council, given.stops, given.seed),
    "disk": lambda council, given: disk_faults(council, given.every),
    "permissions": lambda council, given: permission_faults(council),
    "pairs": lambda council, given: pairs_of_runs(council, given.pairs, given.seed),
    "damage": lambda council, given: damages(council, given.damages, given.seed),
    "clock": lambda council, given: clocks(council, given.clocks),
    "names": lambda council, given: hostile(council, SMALL),
    "size": lambda council, given: hostile(council, LARGE),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.faults",
        description="Do a small council's runs harm in every way that can be thought of, and see that nothing is lost.",
    )
    parser.add_argument("--only", action="append", choices=list(FAULTS), help="only these; may be given several times")
    parser.add_argument("--kills", type=int, default=200, help="runs to kill (200)")
    parser.add_argument("--stops", type=int, default=20, help="runs to stop (20)")
    parser.add_argument("--pairs", type=int, default=50, help="pairs of runs at once (50)")
    parser.add_argument("--damages", type=int, default=200, help="damaged snapshots (200)")
    parser.add_argument("--every", type=int, default=1, help="fill the disk before every so many changes (1)")
    parser.add_argument("--clocks", type=int, default=len(MOMENTS), help=f"clocks to try ({len(MOMENTS)})")
    parser.add_argument("--brief", action="store_true", help="a few of each, as in the tests")
    parser.add_argument("--json", action="store_true", help="print a list for programs")
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance (1)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
