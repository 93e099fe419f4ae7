"""What a data folder holds, as a visitor and an auditor would read it: figures, archive, what lies about."""

import hashlib
import json
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench.faults.council import Council
from scorecard.errors import SnapshotError

if TYPE_CHECKING:
    from scorecard.snapshot.store import Snapshot

SHA256: Final = re.compile(r"[0-9a-f]{64}")
TELLING: Final = (
    "select measure_id, area_code, period_start, period_end, numerator, denominator, value, marker from observation",
    "select measure_id, area_code, part, rule, state, periods, since, severity, sentence from exception",
    "select path, source_id, sha256, outcome, rows_found, rows_accepted, rows_set_aside, rows_skipped from load",
    "select code, severity, path, source_row, rows from problem",
    "select measure_id, area_code, dimension, category, period_start, value from breakdown",
)
"""What must be the same whether a run was disturbed or not; moments and ids of runs differ."""


def served(council: Council) -> dict[str, Any]:
    """What the snapshot says that `current` names, or why it cannot be read."""
    from scorecard.snapshot.folder import current
    from scorecard.snapshot.store import open_snapshot

    try:
        return said_by(open_snapshot(current(council.settings.data)))
    except SnapshotError as error:
        return {"name": None, "digest": None, "figures": 0, "said": str(error)}


def said_by(snapshot: "Snapshot") -> dict[str, Any]:
    """A snapshot's name, a digest of what it says, how many figures it has, and how many of them stand twice."""
    said = [sorted(snapshot.query(question).astype(str).values.tolist()) for question in TELLING]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    doubles = len(said[0]) - len({tuple(row[:4]) for row in said[0]})
    return {"name": snapshot.name, "digest": digest, "figures": len(said[0]), "doubles": doubles}


def archive_faults(data: Path) -> list[str]:
    """Files of the archive that are not what their name says."""
    faults = []
    for path in sorted((data / "archive").rglob("*")):
        named = SHA256.match(path.name)
        if path.is_file() and named and not path.name.endswith(".partial"):
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            faults += [] if found == named.group() else [f"{path.name} holds {found}"]
    return faults


def left_over(data: Path) -> list[str]:
    """What a killed run leaves half-built, and the next one should have swept away."""
    signs = (".building", "staging-", ".partial", ".new", ".tmp", ".wal", ".spill")
    return [str(path.relative_to(data)) for path in sorted(data.rglob("*")) if any(s in path.name for s in signs)]


def inbox_state(council: Council) -> list[tuple[str, int, str]]:
    """Name, time of change and hash of every file of the inbox."""
    return [
        (path.name, path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(council.settings.inbox.iterdir())
    ]


def torn_lines(data: Path) -> list[str]:
    """Lines of the logs that are no JSON: a run killed while writing may leave one."""
    torn = []
    for path in [*data.glob("*.jsonl"), *data.glob("*/*.jsonl")]:
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                json.loads(line)
            except ValueError:
                torn.append(f"{path.name} line {number}")
    return torn


def poll(council: Council, stop: Path) -> dict[str, Any]:
    """Read the served figures again and again until the file `stop` is there: what was seen, and what went wrong."""
    from scorecard.errors import NoSnapshot
    from scorecard.snapshot.health import health
    from scorecard.snapshot.store import open_current

    reads, faults, seen = 0, [], set()
    while not os.path.exists(stop):
        try:
            snapshot = open_current(council.settings.data)
            frame = snapshot.query("select count(*), sum(value) from observation")
            seen.add(" ".join(str(value) for value in frame.iloc[0]))
            if health(council.settings.data, 26, "officers")["status"] == "unavailable":
                faults.append("unavailable")
            reads += 1
        except NoSnapshot:
            seen.add("none yet")
        except Exception as fault:
            faults.append(repr(fault)[:300])
        time.sleep(0.02)
    return {"reads": reads, "faults": faults[:5], "seen": sorted(seen)}
