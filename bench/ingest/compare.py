"""What taking in 1.2 million records costs, against reading them unchecked and against what people usually write."""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final

import duckdb

from bench.cost import BenchFailed, Cost, cost_of
from bench.demonstration import Demonstration
from bench.ingest.workload import SERVICES, faults_of
from bench.load import IMPORT_ALONE
from bench.turns import Comparison, Contestant, turn_about

TAKING: Final = "records taken in and set aside"


def compare_ingest(files: Demonstration, repeats: int) -> Comparison:
    """Measure the floor, the usual way and ours. Raises BenchFailed when a fault that was put in is not found."""
    folder, numbers = files.folder / "ingest", count()
    cost_of([sys.executable, "-m", "bench.ingest", "--write", str(folder), "--scale", str(files.scale)])

    def fresh() -> Path:
        return files.folder / f"ingest{next(numbers)}.duckdb"

    def floor() -> Cost:
        return _cost("bench.ingest.floor", str(folder / "inbox"), str(fresh()))

    def importing() -> Cost:
        return cost_of([sys.executable, "-c", IMPORT_ALONE])

    def usual() -> Cost:
        return _held_to_the_truth(folder, fresh(), lambda out: _cost("bench.ingest.usual", str(folder), str(out)))

    def ours() -> Cost:
        arguments = ["bench.ingest", "--data", str(folder), "--out"]
        return _held_to_the_truth(folder, fresh(), lambda out: _cost(*arguments, str(out)))

    def whole() -> Cost:
        given = ["--catalogue", str(folder / "metrics.yaml"), "--inbox", str(folder / "inbox")]
        return _cost("pipelines", "run", "--force", *given, "--data", str(fresh().with_suffix("")))

    rows = int(len(SERVICES) * 100_000 * files.scale)
    contestants = [
        Contestant("floor: DuckDB, no checks", floor),
        Contestant("importing Great Expectations alone", importing),
        Contestant(f"ours: {TAKING}", ours),
        Contestant("ours: pipelines run --force, to the snapshot", whole),
    ]
    if files.scale == 1:  # it holds whole files, so ten times the rows are too much for most machines
        contestants.append(Contestant(f"pandas and Great Expectations: {TAKING}", usual))
    return turn_about(
        f"ingest: {len(SERVICES)} files of records, {rows:,} rows, 1 in 100 at fault", contestants, repeats
    )


def _cost(module: str, *arguments: str) -> Cost:
    return cost_of([sys.executable, "-m", module, *arguments])


def _held_to_the_truth(folder: Path, out: Path, turn: Callable[[Path], Cost]) -> Cost:
    cost, wanted = turn(out), faults_of(folder)
    with duckdb.connect(str(out), read_only=True) as connection:
        found = {
            (source, line, code, column, raw or "")
            for source, line, code, column, raw in connection.execute("select * from rejects").fetchall()
        }
    out.unlink()
    if found != wanted:
        odd = sorted(found ^ wanted)[:3]
        raise BenchFailed(f"{len(wanted):,} rows are at fault and {len(found):,} were set aside; not alike: {odd}")
    return cost
