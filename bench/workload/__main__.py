"""The command line: python -m bench.workload xmr|all --input FILE --out FILE."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one part of the workload. Returns an exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.workload", description="See bench/README.md.")
    parser.add_argument("part", choices=("xmr", "all"), help="the charts alone, or every judgement")
    parser.add_argument("--input", type=Path, required=True, metavar="FILE", help="the workload's DuckDB file")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help="xmr: the DuckDB file to write; all: a data folder"
    )
    given = parser.parse_args(arguments)
    # Threads would wait for one another over matrices this small, and their waiting is CPU time too.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Each part imports no more than it needs: what is imported is part of what a run costs.
    if given.part == "xmr":
        from bench.workload.charts import store_charts

        store_charts(given.input, given.out)
    else:
        from bench.workload.judgements import store_judgements

        store_judgements(given.input, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
