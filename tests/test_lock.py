"""One writer at a time, across processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.lock import only_writer
from scorecard.errors import RunInProgress

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
