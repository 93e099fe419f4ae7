"""The served snapshot damaged on the disk: what visitors see, what the health check says, what the next run does."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.faults.council import Council, run_once
from bench.faults.forked import in_child
from bench.faults.kills import Killing
from bench.faults.result import Result
from bench.faults.state import TELLING, said_by, served
from scorecard.snapshot.folder import current, listing

Damage = Callable[[Path, random.Random], None]


def flip(file: Path, chance: random.Random) -> None:
    """Sixteen bytes in one place."""
    content = bytearray(file.read_bytes())
    at = chance.randrange(len(content) - 16)
    content[at : at + 16] = bytes(each ^ 0xFF for each in content[at : at + 16])
    file.write_bytes(content)


def truncate(file: Path, chance: random.Random) -> None:
    """Cut short anywhere."""
    os.truncate(file, chance.randrange(file.stat().st_size))


def zero_page(file: Path, chance: random.Random) -> None:
    """One page of zeros."""
    content = file.read_bytes()
    pages = [at for at in range(0, len(content), 4096) if any(content[at : at + 4096])]
    with file.open("rb+") as handle:
        handle.seek(chance.choice(pages))
        handle.write(bytes(4096))


def delete(file: Path, chance: random.Random) -> None:
    """Gone."""
    file.unlink()


def older(file: Path, chance: random.Random) -> None:
    """An older snapshot under its name."""
    (before,) = [each.path for each in listing(file.parent.parent) if not each.is_current]
    shutil.copyfile(before, file)


def stale_log(file: Path, chance: random.Random) -> None:
    """A write-ahead log of another file beside it."""
    import duckdb

    other = file.parent / "other.duckdb"
    connection = duckdb.connect(str(other))
    connection.execute("pragma disable_checkpoint_on_shutdown")
    connection.execute("create table theme as select range as a from range(1000)")
    shutil.copyfile(f"{other}.wal", f"{file}.wal")
    connection.close()
    for left in file.parent.glob("other.duckdb*"):
        left.unlink()


DAMAGES: dict[str, tuple[Damage, int]] = {
    "16 bytes flipped": (flip, 10), "cut short": (truncate, 4), "a page of zeros": (zero_page, 3),
    "deleted": (delete, 1), "an older one in its place": (older, 1), "a stale .wal beside it": (stale_log, 1),
}  # fmt: skip
"""Each with how many of twenty trials it gets."""


def damages(killing: Killing, trials: int, seed: int = 1) -> Iterator[Result]:
    """So many damages to a folder with two good snapshots."""
    chance = random.Random(seed)
    base = killing.council.copy(killing.folder / "to damage")
    in_child(lambda: run_once(base))
    for name, (damage, share) in DAMAGES.items():
        for number in range(max(share * trials // 20, 1)):
            yield _damage_once(killing, base.copy(killing.folder / f"damage {number}"), name, damage, chance.random())
    base.remove()


def _damage_once(killing: Killing, trial: Council, name: str, damage: Damage, seed: float) -> Result:
    result = Result("F6", name)
    file = current(trial.settings.data)
    if file.exists():
        file.chmod(0o644)
    in_child(lambda: damage(file, random.Random(seed)))
    seen = in_child(lambda: _visited(trial))
    states = {digest: state for state, digest in killing.expected.items()}
    state = states.get(seen["digest"], "other figures")
    result.outcome = f"visitors see: {state}, {seen['status']}"
    if state == "other figures":
        result.wrong.append(f"visitors see {seen}")
    elif (state, seen["status"]) not in (("after", "ok"), ("before", "stale")):
        result.wrong.append(f"no alarm: {seen}")
    again = in_child(lambda: run_once(trial))
    result.outcome += f"; next run: {again['ended']}"
    found = in_child(lambda: served(trial))
    if again["ended"] not in ("published", "unchanged") or found["digest"] != killing.expected["after"]:
        result.wrong.append(f"after the next run, {again}: {found}")
    trial.remove()
    return result


def _visited(council: Council) -> dict[str, Any]:
    """What the pages of a freshly started dashboard show."""
    from scorecard.errors import SnapshotError
    from scorecard.snapshot.health import health
    from scorecard.snapshot.store import open_current

    try:
        digest = said_by(open_current(council.settings.data))["digest"]
    except SnapshotError as error:
        digest = str(error)
    return {
        "digest": digest,
        "status": health(council.settings.data, 10**6, "officers")["status"],
        "asked": len(TELLING),
    }
