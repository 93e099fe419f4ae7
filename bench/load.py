"""What a run of the pipeline costs, against reading the same files and checking nothing."""

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from bench.cost import Cost, cost_of
from bench.demonstration import PUBLISHED_CODES, Demonstration
from bench.turns import Comparison, Contestant, turn_about

IMPORT_ALONE: Final = "import great_expectations, great_expectations.expectations"


def compare_loads(files: Demonstration, repeats: int) -> Comparison:
    """Measure the floor, importing Great Expectations alone, and the pipeline. Each turn writes to a new place."""
    fresh = _fresh_places(files.folder)

    def floor() -> Cost:
        return cost_of([sys.executable, "-m", "bench.floor", str(files.inbox), str(next(fresh)) + ".duckdb"])

    def importing() -> Cost:
        return cost_of([sys.executable, "-c", IMPORT_ALONE])

    def pipeline() -> Cost:
        return cost_of(files.pipeline(next(fresh)), PUBLISHED_CODES)

    number = sum(path.is_file() for path in files.inbox.rglob("*"))
    return turn_about(
        f"load: one process reads the demonstration council's {number} files",
        [
            Contestant("floor: DuckDB and calamine, no checks", floor),
            Contestant("importing Great Expectations alone", importing),
            Contestant("pipelines run --force", pipeline),
        ],
        repeats,
    )


def _fresh_places(folder: Path) -> Iterator[Path]:
    return (folder / f"load{number}" for number in count())
