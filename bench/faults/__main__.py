"""python -m bench.faults: see --help."""

import argparse
import tempfile
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    from bench.faults.kills import kill_runs, prepare
    from bench.faults.disk import disk_faults
    from bench.faults.result import as_table, summary

    results = []
    from bench.faults.warm import warm_up
    with tempfile.TemporaryDirectory(dir="/tmp/f") as folder:
        warm_up(Path(folder))
        if not given.only or given.only == "kills":
            results += kill_runs(Path(folder), given.kills, print)
        if not given.only or given.only == "disk":
            killing = prepare(Path(folder) / "disk")
            for r in disk_faults(killing, print):
                if r.wrong: print(r)
                results.append(r)
    print(as_table(results))
    print(summary(results))
    return 0


raise SystemExit(main())
