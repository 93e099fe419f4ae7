"""Stopping when asked, in real processes."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STOPS = """
import sys, time, hashlib
from pipelines import stopping
stopping.PATIENCE = 0.5
try:
    with stopping.stops_when_asked():
        try:
            print("at work", flush=True)
            {work}
        finally:
            print("put away", flush=True)
except stopping.Stopped as stop:
    print("stopped by", stop, flush=True)
"""
IN_PYTHON = "time.sleep(600)"
IN_A_QUERY = "import duckdb; duckdb.sql('select count(*) from range(10000000000000) where range % 7 = 3').fetchall()"
IN_A_LIBRARY = "hashlib.pbkdf2_hmac('sha256', b'', b'', 2**31 - 1)"


def stopped(work: str, number: signal.Signals, after: float = 0) -> tuple[int, list[str]]:
    """Exit code and lines of a process that is asked to stop while at work, so many seconds `after` it says so."""
    code = STOPS.replace("{work}", work)
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "at work\n"
    time.sleep(after)
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said.splitlines()


@pytest.mark.parametrize(
    ("work", "number"), [(IN_PYTHON, signal.SIGTERM), (IN_PYTHON, signal.SIGINT), (IN_A_QUERY, signal.SIGTERM)]
)
def test_a_stopped_run_puts_away_and_says_by_what_it_was_stopped(work: str, number: signal.Signals) -> None:
    """Whatever is open is closed on the way out; a query that is interrupted makes no error of it."""
    assert stopped(work, number) == (0, ["put away", f"stopped by {number.name}"])


def test_library_code_that_does_not_come_back_is_ended_with_the_process() -> None:
    """A signal cannot interrupt it: after the time for putting away, the process ends as it stands, as failed."""
    assert stopped(IN_A_LIBRARY, signal.SIGTERM, after=1) == (1, [])  # by then it is in the library for certain


def test_what_was_taken_for_a_fault_of_a_file_stops_at_the_next_step() -> None:
    """Where code goes on after any error, the run must not publish what the stop has spoilt."""
    swallowed = """
            from pipelines.progress import Progress
            try:
                time.sleep(600)
            except BaseException:
                pass
            Progress().step("publish")
            print("published", flush=True)"""
    assert stopped(swallowed, signal.SIGTERM) == (0, ["put away", "stopped by SIGTERM"])


def test_afterwards_signals_do_what_they_did_before() -> None:
    """Outside of it Ctrl-C is Python's own again."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    from pipelines.stopping import stops_when_asked

    with stops_when_asked():
        assert signal.getsignal(signal.SIGINT) != before[0]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
