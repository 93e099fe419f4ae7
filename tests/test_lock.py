"""One writer at a time, across processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.lock import only_writer
from scorecard.errors import RunInProgress, SettingError

ROOT = Path(__file__).resolve().parent.parent
HOLD = """
import sys, time
from pathlib import Path
from pipelines.lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_says_who_holds_the_lock_and_leaves(tmp_path: Path) -> None:
    """The message names the process; after it is killed, even hard, the lock is free without hand work."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None and holder.stdout.readline().strip() == "held"
        with pytest.raises(RunInProgress, match=f"process {holder.pid} on"), only_writer(tmp_path):
            pass
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with only_writer(tmp_path):
        assert f"process {os.getpid()}" in (tmp_path / "run.lock").read_text()


def held_by_another(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock for a minute."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline().strip() == "held"
    return holder


def test_waiting_ends_when_the_holder_does_and_says_for_whom_it_waited(tmp_path: Path) -> None:
    """The lock of a killed holder is free at once; the one who waits says so once, naming the holder."""
    holder = held_by_another(tmp_path)
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        os.kill(holder.pid, signal.SIGKILL)

    with only_writer(tmp_path, wait=60, say=say):
        pass
    assert holder.wait() == -signal.SIGKILL
    assert len(said) == 1
    assert f"waiting up to 60 seconds for process {holder.pid} on" in said[0]


def test_waiting_in_vain_names_the_holder(tmp_path: Path) -> None:
    """After the time given it leaves as one that did not wait, and tells how long it did."""
    holder = held_by_another(tmp_path)
    try:
        named = rf"still, 0.3 seconds later, by process {holder.pid} on"
        with pytest.raises(RunInProgress, match=named), only_writer(tmp_path, wait=0.3):
            pass
    finally:
        holder.kill()
        holder.wait()


def test_a_folder_that_cannot_be_locked_is_told(tmp_path: Path) -> None:
    """A file where the data folder should be: the message names it and the option to name another."""
    (tmp_path / "data").write_text("no folder")
    told = r"data cannot be written: .*--data or SCORECARD_DATA"
    with pytest.raises(SettingError, match=told), only_writer(tmp_path / "data"):
        pass
