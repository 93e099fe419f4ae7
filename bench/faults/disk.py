"""Disks that are full, read-only or out of inodes, and folders that may not be written. Mounting them needs root."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench.faults.changes import ChangingRun, Disturb
from bench.faults.council import Council, run_once
from bench.faults.forked import in_child
from bench.faults.kills import Killing
from bench.faults.result import Result
from bench.faults.state import archive_faults, left_over, served

MEGABYTE: Final = 1_000_000
SIZE: Final = 64
"""Megabytes of the disk."""
FREE: Final = (0, MEGABYTE, 10 * MEGABYTE)
"""Bytes left free on a full disk."""
FILLER: Final = "filler"
NOBODY: Final = 65534


def can_mount() -> bool:
    """Whether this process may mount a disk."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A disk of its own at `place`, gone afterwards."""
    place.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, free: int) -> None:
    """Leave so many bytes free."""
    with (place / FILLER).open("wb", buffering=0) as filler:
        facts = os.statvfs(place)
        left = facts.f_bavail * facts.f_frsize - free
        try:
            while left > 0:
                left -= filler.write(b"\0" * min(left, MEGABYTE))
        except OSError:
            return


def full_disk(killing: Killing, free: int, change: int) -> Result:
    """The disk fills up before one change of a run; then there is space again."""
    case = f"{free // MEGABYTE} MB free from: {killing.changes[change - 1]}"

    def fills(place: Path) -> Disturb:
        return lambda number: fill(place, free) if number == change else None

    def mend(place: Path) -> None:
        (place / FILLER).unlink()

    return _on_small_disk(killing, Result("F3", case), fills, mend)


def read_only(killing: Killing) -> Result:
    """The disk is read-only."""
    return _remounted(killing, Result("F3", "read-only disk"), lambda place: "ro", "rw")


def no_inodes(killing: Killing) -> Result:
    """The disk can hold no more files, however small."""

    def none_left(place: Path) -> str:
        facts = os.statvfs(place)
        return f"nr_inodes={facts.f_files - facts.f_ffree}"

    return _remounted(killing, Result("F3", "no inodes left"), none_left, "nr_inodes=100000")


def _remounted(killing: Killing, result: Result, how: Callable[[Path], str], mended: str) -> Result:
    def remount(place: Path, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)

    def starts(place: Path) -> None:
        remount(place, how(place))

    return _on_small_disk(killing, result, starts, lambda place: remount(place, mended))


def _on_small_disk(
    killing: Killing, result: Result, disturbance: Callable[[Path], Disturb | None], mend: Callable[[Path], None]
) -> Result:
    with small_disk(killing.folder / "disk") as place:
        trial = killing.council.copy(place / "council")
        disturb = disturbance(place)
        run = ChangingRun(trial, disturb)
        said = run.process.end().answer or {"ended": "killed", "said": ""}
        result.outcome = said["ended"]
        _judge(killing, result, trial, said)
        mend(place)
        again = in_child(lambda: run_once(trial))
        if again["ended"] not in ("published", "unchanged"):
            result.wrong.append(f"with space again: {again}")
        if _digest(trial) != killing.expected["after"]:
            result.wrong.append("with space again: other figures")
        result.wrong += [f"left over: {left}" for left in left_over(trial.settings.data)]
    (killing.folder / "disk").rmdir()
    return result


def _judge(killing: Killing, result: Result, trial: Council, said: dict[str, Any]) -> None:
    if said["ended"] not in ("published", "RunFailed", "SettingError"):
        result.wrong.append(f"ended by {said['ended']}: {said['said'][-700:]}")
    elif said["ended"] != "published" and not any(word in said["said"] for word in ("space", "Read-only")):
        result.wrong.append(f"space is not named: {said['said']}")
    wanted = ("after",) if said["ended"] == "published" else ("before", "after")
    if _digest(trial) not in [killing.expected[state] for state in wanted]:
        result.wrong.append("the good state is gone")
    result.wrong += archive_faults(trial.settings.data)


def _digest(council: Council) -> str | None:
    found: str | None = in_child(lambda: served(council))["digest"]
    return found


def limited_files(killing: Killing) -> Result:
    """No file may grow beyond a megabyte, as under a quota."""
    import resource

    result = Result("F3", "no file above 1 MB")
    trial = killing.council.copy(killing.folder / "limited")

    def limited() -> dict[str, Any]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (MEGABYTE, MEGABYTE))
        return run_once(trial)

    said = in_child(limited)
    result.outcome = said["ended"]
    if said["ended"] != "RunFailed" or _digest(trial) != killing.expected["before"]:
        result.wrong.append(str(said))
    if in_child(lambda: run_once(trial))["ended"] != "published" or _digest(trial) != killing.expected["after"]:
        result.wrong.append("the next run does not mend it")
    trial.remove()
    return result


def _of_nobody(killing: Killing) -> Council:
    """The council as the property of a user without rights."""
    trial = killing.council.copy(killing.folder / "forbidden")
    for path in [killing.folder, *killing.folder.parents][:3]:
        path.chmod(0o755)
    for path in [trial.folder, *trial.folder.rglob("*")]:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return trial


def not_permitted(killing: Killing, after: str, name: str, mode: int, endings: tuple[str, ...]) -> Result:
    """A file or folder of the council may not be read or written by the user who runs; then it may.

    `after` is the digest of what an undisturbed run of that user comes to.
    """
    result = Result("F11", f"{name} is {stat.filemode(mode)[1:]}")
    trial = _of_nobody(killing)
    place = trial.folder / name
    before = stat.S_IMODE(place.stat().st_mode)
    place.chmod(mode)
    said = in_child(lambda: _as_nobody(trial))
    result.outcome = said["ended"]
    if said["ended"] not in endings:
        result.wrong.append(f"{said['ended']}: {said['said'][-700:]}")
    elif said["ended"] not in ("published", "unchanged") and place.name not in said["said"]:
        result.wrong.append(f"the path is not named: {said['said']}")
    if said["ended"] != "published" and _digest(trial) not in (killing.expected["before"], after):
        result.wrong.append("the good state is gone")
    place.chmod(before)
    again = in_child(lambda: _as_nobody(trial))
    if _digest(trial) != after:
        result.wrong.append(f"with permission again: other figures; {again}")
    trial.remove()
    return result


def _as_nobody(council: Council) -> dict[str, Any]:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    return run_once(council)


def disk_faults(killing: Killing, every: int) -> Iterator[Result]:
    """All of them, or none where disks may not be mounted; the disk fills before every so many changes."""
    if not can_mount():
        yield Result("F3", "all", "left out: mounting a disk needs root")
        return
    for number, change in enumerate(range(1, len(killing.changes) + 1, every)):
        for free in FREE if every == 1 else (FREE[number % len(FREE)],):
            yield full_disk(killing, free, change)
    yield read_only(killing)
    yield no_inodes(killing)
    yield limited_files(killing)


def permission_faults(killing: Killing) -> Iterator[Result]:
    """What the user who runs may not read or write; needs root to be another user."""
    if os.geteuid() != 0:
        yield Result("F11", "all", "left out: being another user needs root")
        return
    trial = _of_nobody(killing)
    in_child(lambda: _as_nobody(trial))
    after = _digest(trial) or ""  # a workbook is refused where this user may not start Python
    trial.remove()
    yield not_permitted(killing, after, "data", 0o555, ("SettingError", "RunFailed"))
    yield not_permitted(killing, after, "data/snapshots", 0o555, ("RunFailed",))
    yield not_permitted(killing, after, "data/archive", 0o555, ("RunFailed",))
    yield not_permitted(killing, after, "data/runs.jsonl", 0o444, ("RunFailed",))
    yield not_permitted(killing, after, "inbox/returns.csv", 0o000, ("published",))
    yield not_permitted(killing, after, "inbox", 0o000, ("SettingError", "RunFailed"))
    yield not_permitted(killing, after, "metrics.yaml", 0o000, ("CatalogueError", "SettingError"))
