"""What is dropped in the inbox to do harm: names, links, pipes, devices, thousands of files, and far too large ones."""

import os
import resource
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench.faults.council import Council, run_once
from bench.faults.forked import Forked, in_child
from bench.faults.kills import Killing
from bench.faults.result import Result
from bench.faults.state import archive_faults, served

GOOD = "Place,Month,Code,Count,Out of\nLittleborough,Jul 2026,missed,50,100000\n"
NAMES = (
    "returns\nnew line.csv", "returns\r\x1b[2J\x07.csv",
    'returns "quoted" \'twice\'.csv', "returns 'x'; drop table a;--.csv",
    "returns ..\u2215..\u2215etc\u2215passwd.csv", "returns " + "é" * 120 + ".csv", "returns [ab]*?.csv",
    "returns \u202egnp.csv", "returns %s {0} $HOME `id`.csv", "returns \\..\\..\\x.csv", "returns\u2028line.csv",
    "returns \U0001f4a9.csv",
    "returns \ud800.csv".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"), "returns \udcff.csv",
    "-returns --data=x.csv", "returns <img src=x onerror=alert(1)>.csv", " returns.csv ", "returns=cmd|'x'!A1.csv",
)  # fmt: skip
MEGABYTE = 1 << 20


def names(inbox: Path) -> None:
    """Names with all that a file system allows."""
    for number, name in enumerate(NAMES):
        (inbox / name).write_text(GOOD.replace("50", str(50 + number)), encoding="utf-8")


def long_name(inbox: Path) -> None:
    """The longest name there can be, and the deepest folder."""
    (inbox / ("returns" + "x" * 244 + ".csv")).write_text(GOOD, encoding="utf-8")
    deep = inbox
    for _ in range(12):
        deep = deep / ("d" * 200)
        deep.mkdir()
    (deep / "returns deep.csv").write_text(GOOD, encoding="utf-8")


def no_files(inbox: Path) -> None:
    """A folder, a pipe, a socket and a device, each named as a file."""
    (inbox / "returns folder.csv").mkdir()
    os.mkfifo(inbox / "returns pipe.csv")
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(inbox)  # the path of a socket must be short
    listening.bind("returns socket.csv")
    os.chdir(here)
    if os.geteuid() == 0:
        os.mknod(inbox / "returns zero.csv", 0o666 | 0o020000, os.makedev(1, 5))


def links(inbox: Path) -> None:
    """Links out of the inbox, to nothing, and around in a circle."""
    secret = inbox.parent / "secret.csv"
    secret.write_text(GOOD.replace("50", "66666"), encoding="utf-8")
    (inbox / "returns link.csv").symlink_to(secret)
    (inbox / "returns nowhere.csv").symlink_to("/nowhere/at/all")
    (inbox / "around").symlink_to(inbox)
    (inbox / "out").symlink_to("/etc")


def thousands(inbox: Path) -> None:
    """Ten thousand small files, every tenth of them expected."""
    for number in range(10_000):
        name = f"returns {number}.csv" if number % 10 == 0 else f"stray {number}.txt"
        (inbox / name).write_text(GOOD.replace("50", str(number)), encoding="utf-8")


def long_line(inbox: Path) -> None:
    """A hundred megabytes in one line."""
    (inbox / "returns line.csv").write_bytes(b"Place,Month,Code,Count,Out of\n" + b"x" * (100 * MEGABYTE) + b"\n")


def many_columns(inbox: Path) -> None:
    """Twenty thousand columns."""
    heads = "Place,Month,Code,Count,Out of," + ",".join(f"c{number}" for number in range(20_000))
    (inbox / "returns wide.csv").write_text(f"{heads}\nLittleborough,Jul 2026,missed,50,100000{',' * 20_000}\n")


def many_rows(inbox: Path) -> None:
    """Five million rows, a good 200 megabytes."""
    row = b"Littleborough,Jul 2026,missed,50,100000\n"
    with (inbox / "returns long.csv").open("wb") as file:
        file.write(b"Place,Month,Code,Count,Out of\n")
        for _ in range(500):
            file.write(row * 10_000)


def sparse(inbox: Path) -> None:
    """A gigabyte of nothing."""
    with (inbox / "returns empty.csv").open("wb") as file:
        file.truncate(1 << 30)


SMALL: dict[str, Callable[[Path], None]] = {
    "hostile names": names, "the longest names": long_name, "no files": no_files, "links": links,
}  # fmt: skip
LARGE: dict[str, Callable[[Path], None]] = {
    "10,000 files": thousands, "a line of 100 MB": long_line, "20,000 columns": many_columns,
    "5,000,000 rows": many_rows, "1 GB of NUL": sparse,
}  # fmt: skip


def hostile(killing: Killing, cases: dict[str, Callable[[Path], None]], megabytes: int = 1000) -> Iterator[Result]:
    """Each case once; the pass mark is so many megabytes of memory, and an end within two minutes (ten if large)."""
    for name, make in cases.items():
        trial = killing.council.copy(killing.folder / "hostile")
        make(trial.settings.inbox)
        outside = _tree(trial)
        run = Forked(partial(_measured, trial))
        run.longest = 600 if cases is LARGE else 120
        ended = run.end()
        said = ended.answer or {"ended": "hung" if ended.hung else "died", "said": "", "megabytes": 0}
        fault = "F9" if cases is LARGE else "A5"
        result = Result(fault, name, f"{said['ended']}")
        result.outcome += f", {ended.seconds:.0f} s, {said.get('megabytes', 0):.0f} MB" if cases is LARGE else ""
        if said["ended"] not in ("published", "unchanged", "RunFailed"):
            result.wrong.append(f"{said['ended']}: {said['said'][-500:]}")
        if said.get("megabytes", 0) > megabytes:
            result.wrong.append(f"{said['megabytes']:.0f} MB of memory")
        if _tree(trial) != outside:
            result.wrong.append(f"written outside the data folder: {sorted(_tree(trial) ^ outside)}")
        if name == "links" and in_child(partial(_secret_was_read, trial)):
            result.wrong.append("a link was followed")
        if in_child(partial(served, trial))["name"] is None:
            result.wrong.append("nothing is served")
        result.wrong += archive_faults(trial.settings.data)
        trial.remove()
        yield result


def _measured(council: Council) -> dict[str, Any]:
    said = run_once(council)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {**said, "megabytes": max(own, children) / 1024}


def _tree(council: Council) -> set[tuple[str, int]]:
    """Everything beside the data folder."""
    data = str(council.settings.data)
    return {
        (str(path), path.lstat().st_mtime_ns)
        for path in council.folder.rglob("*")
        if not str(path).startswith(data) and path != council.settings.inbox
    }


def _secret_was_read(council: Council) -> bool:
    from scorecard.snapshot.store import open_current

    found = open_current(council.settings.data).query("select count(*) as n from observation where value > 60000")
    return bool(found.at[0, "n"])
