"""The command line: python -m bench.judgement [--series N] [--seed S] [--family WORDS]."""

import argparse
import sys
import time
from collections.abc import Sequence
from typing import Final

from bench.judgement.families import FAMILIES
from bench.judgement.report import report
from bench.judgement.results import measure

SERIES: Final = 10_000
FEWEST: Final = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and print the tables. Returns an exit code: 0 also where an aim was not reached."""
    given = _parser().parse_args(arguments)
    families = [each for each in FAMILIES if given.family.casefold() in each.title.casefold()]
    if not families:
        print(f"No family has '{given.family}' in its title. There are:", file=sys.stderr)
        print(*(f"  {each.title}" for each in FAMILIES), sep="\n", file=sys.stderr)
        return 2
    print(report(measure(families, given.series, given.seed, followed=not given.family)))
    print(f"\nSeed {given.seed}, {time.process_time():.0f} s of CPU.")
    return 0


def _series(text: str) -> int:
    if not text.isdecimal() or int(text) < FEWEST:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of at least {FEWEST}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.judgement",
        description="How often healthy measures are flagged, and what is seen of changed ones. See bench/README.md.",
    )
    parser.add_argument(
        "--series", type=_series, default=SERIES, metavar="N", help=f"healthy series of each family ({SERIES})"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="for other random numbers (1)")
    parser.add_argument("--family", default="", metavar="WORDS", help="only families with these words in their title")
    return parser


if __name__ == "__main__":
    sys.exit(main())
