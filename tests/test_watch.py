"""The watch, in a process of its own, on a real inbox. In place of a run a command writes down what it saw."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_council import write_council

ROOT = Path(__file__).resolve().parent.parent
WATCH = """
import sys
from pathlib import Path
from pipelines.logs import EventLog
from pipelines.watch import Watch
from scorecard.settings import Settings

folder = Path(sys.argv[1])
settings = Settings(folder / "metrics.yaml", folder / "inbox", folder / "data", None, 26, settle_seconds=1)
run = [sys.executable, str(folder / "run.py"), str(folder)]
Watch(settings, float(sys.argv[2]), run, lambda line: print(line, flush=True), EventLog(settings.data)).keep()
"""
RUN = """
import sys, time
from pathlib import Path
folder = Path(sys.argv[1])
seen = ",".join(f"{path.name}:{path.stat().st_size}" for path in sorted((folder / "inbox").iterdir()))
with (folder / "runs.txt").open("a") as file:
    file.write(seen + "\\n")
while (folder / "hang").exists():
    time.sleep(0.05)
sys.exit(int((folder / "code").read_text()))
"""


class Watched:
    """A folder that is watched."""

    def __init__(self, folder: Path, every: float) -> None:
        self.folder, self.inbox = folder, folder / "inbox"
        self.said = (folder / "said.txt").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-c", WATCH, str(folder), str(every)], cwd=ROOT, stdout=self.said, stderr=self.said
        )

    def runs(self) -> list[str]:
        """What each run saw in the inbox."""
        place = self.folder / "runs.txt"
        return place.read_text().splitlines() if place.exists() else []

    def words(self) -> str:
        """What the watch has said."""
        return (self.folder / "said.txt").read_text()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for it; a test that waits in vain fails with what the watch has said."""
        end = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < end and self.process.poll() is None, f"{self.runs()}\n{self.words()}"
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


Start = Callable[[float], Watched]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a watch that looks at least every so many seconds, over an inbox with one file."""
    started: list[Watched] = []

    def begin(every: float) -> Watched:
        write_council(tmp_path, {"returns.csv": "one"})
        (tmp_path / "data").mkdir()
        (tmp_path / "run.py").write_text(RUN)
        (tmp_path / "code").write_text("0")
        started.append(Watched(tmp_path, every))
        return started[0]

    yield begin
    for watched in started:
        watched.process.kill()
        watched.process.wait()
        watched.said.close()


def test_a_drop_is_picked_up_once_it_is_fully_written(start: Start) -> None:
    """The watch runs at once; while a file grows there is no run, and then one that sees the whole of it."""
    watched = start(600)
    watched.until(lambda: watched.runs() == ["returns.csv:3"])
    with (watched.inbox / "slow.csv").open("wb", buffering=0) as slow:
        for _ in range(15):
            slow.write(b"x" * 100)
            time.sleep(0.2)
    watched.until(lambda: len(watched.runs()) > 1)
    assert watched.runs()[1:] == ["returns.csv:3,slow.csv:1500"]
    (watched.inbox / "slow.csv").unlink()
    watched.until(lambda: watched.runs()[2:] == ["returns.csv:3"])
    assert watched.stop() == 0
    assert (watched.folder / "data" / "log" / "events.jsonl").read_text().count("watch_st") == 2


def test_a_failed_run_is_told_and_tried_again(start: Start) -> None:
    """At the next interval, and as soon as the catalogue changes; a file refused is no failure."""
    watched = start(2)
    (watched.folder / "code").write_text("1")
    watched.until(lambda: len(watched.runs()) >= 3)
    assert "The run failed (exit code 1); the last good snapshot is served." in watched.words()
    (watched.folder / "code").write_text("3")
    watched.until(lambda: len(watched.runs()) >= 4)
    runs = len(watched.runs()) + 1  # one may have begun with the old code
    time.sleep(3)
    assert len(watched.runs()) <= runs
    (watched.folder / "metrics.yaml").write_text("council: {}")
    watched.until(lambda: len(watched.runs()) > runs - 1)
    assert watched.stop(signal.SIGINT) == 0


def test_a_run_at_work_is_ended_when_the_watch_is_stopped(start: Start) -> None:
    """SIGTERM goes on to the run, and nothing is left running."""
    watched = start(600)
    (watched.folder / "hang").touch()
    (watched.inbox / "new.csv").write_text("two")
    watched.until(lambda: "new.csv:3" in " ".join(watched.runs()) or len(watched.runs()) == 1)
    assert watched.stop() == 0
    found = subprocess.run(["pgrep", "-f", str(watched.folder / "run.py")], capture_output=True, text=True, check=False)
    assert found.stdout == ""


def test_an_inbox_that_goes_and_comes_back_is_told(start: Start) -> None:
    """A network folder that is not there is no reason to end, nor to run as if all files had gone."""
    watched = start(1)
    watched.until(lambda: len(watched.runs()) == 1)
    os.rename(watched.inbox, watched.folder / "away")
    watched.until(lambda: "inbox is not there." in watched.words())
    time.sleep(2.5)
    assert len(watched.runs()) == 1
    os.rename(watched.folder / "away", watched.inbox)
    watched.until(lambda: "inbox is there again." in watched.words())
    (watched.inbox / "new.csv").write_text("two")
    watched.until(lambda: watched.runs()[-1] == "new.csv:3,returns.csv:3")
