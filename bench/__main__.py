"""The command line: python -m bench [load|ingest|pages|start] [--repeats N] [--scale N]."""

import argparse
import platform
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Final

from bench.cost import BenchFailed
from bench.demonstration import Demonstration, demonstration
from bench.ingest.compare import compare_ingest
from bench.load import compare_loads
from bench.pages import compare_pages
from bench.start import compare_starts
from bench.table import as_table
from bench.turns import Comparison

BENCHMARKS: Final[dict[str, Callable[[Demonstration, int], Comparison]]] = {
    "load": compare_loads,
    "ingest": compare_ingest,
    "start": compare_starts,
    "pages": compare_pages,
}
MOST_REPEATS: Final = 50
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and print the table. Returns an exit code."""
    given = _parser().parse_args(arguments)
    if not Path("/proc/self/stat").exists():
        print("These benchmarks read Linux's /proc, and there is none here.", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        print(_measured([given.benchmark] if given.benchmark else list(BENCHMARKS), given.repeats, given.scale))
    except BenchFailed as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped: nothing is left running.", file=sys.stderr)
        return INTERRUPTED
    return 0


def _measured(names: Sequence[str], repeats: int, scale: int) -> str:
    with demonstration(scale) as files:
        comparisons = [BENCHMARKS[name](files, repeats) for name in names]
    turns = "1 counted turn" if repeats == 1 else f"{repeats} counted turns"
    machine = f"Python {platform.python_version()}, scale {scale}"
    about = f"{machine}, {turns} each, turn about, after one that is not counted."
    return f"{as_table(comparisons)}\n\n{about}"


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _repeats(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_REPEATS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to {MOST_REPEATS}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure what loading, a rerun of a page and a start cost, against a floor. See bench/README.md.",
    )
    parser.add_argument("benchmark", nargs="?", choices=list(BENCHMARKS), help="only this one (default: all)")
    parser.add_argument(
        "--repeats", type=_repeats, default=3, metavar="N", help=f"counted turns of each, 1 to {MOST_REPEATS} (3)"
    )
    parser.add_argument(
        "--scale", type=int, default=1, metavar="N", help="how many times over the council's large logs are (1)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
