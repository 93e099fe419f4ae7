"""Take a workload's files in: python -m bench.ingest --data DIR --out DATABASE [--spec FILE]

DATABASE gets a table for each source, typed, with the sound rows, and `rejects(source, line, check, column, raw)`.
Without --spec, DIR is a workload of our own: python -m bench.ingest --write DIR [--scale N]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a workload, or take one in and say how many rows there are. Returns an exit code."""
    given = _parser().parse_args(arguments)
    if given.write:
        from bench.ingest.workload import write_workload

        print(f"{write_workload(given.write, given.scale):,} rows")
    elif given.spec:
        _take_in_reference(given.data, given.spec, given.out)
    else:
        _take_in_ours(given.data, given.out)
    return 0


def _take_in_reference(data: Path, description: Path, out: Path) -> None:
    from bench.ingest.reference import COVERED, contracts, naming
    from bench.ingest.taking import inbox_file, take_in
    from pipelines.areas import AreaIndex, Place

    areas, sources = AreaIndex(home="home"), contracts(description)
    areas.add(Place("home", "The council", "council"))
    files = {name: inbox_file(data / "events" / f"{name}.csv", name, f"{name} {COVERED}.csv") for name in sources}
    take_in(files, sources, areas, out, {name: naming(source) for name, source in sources.items()})


def _take_in_ours(data: Path, out: Path) -> None:
    from bench.ingest.taking import inbox_file, take_in
    from bench.ingest.workload import COVERED, naming
    from pipelines.areas import index_areas
    from scorecard.catalogue import read_catalogue

    catalogue = read_catalogue(data / "metrics.yaml")
    names = {name: f"{name} {COVERED}.csv" for name in catalogue.sources}
    files = {name: inbox_file(data / "inbox" / path, name, path) for name, path in names.items()}
    take_in(files, catalogue.sources, index_areas(catalogue, {}, None), out, dict.fromkeys(files, naming))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description="See bench/README.md.")
    parser.add_argument("--data", type=Path, help="the workload's folder")
    parser.add_argument("--out", type=Path, help="the DuckDB file to write")
    parser.add_argument("--spec", type=Path, help="the reference workload's description of its sources, in YAML")
    parser.add_argument("--write", type=Path, metavar="DIR", help="write a workload of our own")
    parser.add_argument("--scale", type=float, default=1, metavar="N", help="how many times 1,200,000 rows (1)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
