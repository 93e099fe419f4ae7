"""What a process costs: CPU seconds, seconds on the clock, peak memory. Read from Linux's own accounts."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage
from tempfile import TemporaryFile
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LONGEST_RUN: Final = 600.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class BenchFailed(Exception):
    """What was to be measured did not do its work, so its cost would mean nothing."""


@dataclass(frozen=True)
class Cost:
    """CPU seconds of all threads, seconds on the clock, and the most memory held at once in MiB."""

    cpu: float
    wall: float
    peak: float


def clean_environment(given: Mapping[str, str]) -> dict[str, str]:
    """This environment without anybody's settings of the dashboard or of Streamlit, and with those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCORECARD_", "STREAMLIT_"))}
    return {**kept, "GX_ANALYTICS_ENABLED": "false", **given}


def cost_of(command: Sequence[str], good_codes: tuple[int, ...] = (0,)) -> Cost:
    """Run a command to its end and say what it cost, with every process it waited for.

    Raises BenchFailed when it ends with another code or runs for too long.
    """
    with TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=clean_environment({}), stdin=subprocess.DEVNULL,
            stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        code, usage = _wait_for(process)
        wall = time.perf_counter() - began
        if code not in good_codes:
            said.seek(0)
            raise BenchFailed(f"{' '.join(command)} ended with code {code}:\n{said.read().decode(errors='replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def _wait_for(process: "subprocess.Popen[bytes]") -> tuple[int, struct_rusage]:
    overdue = threading.Timer(LONGEST_RUN, kill, [process])
    try:
        overdue.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage
    finally:
        overdue.cancel()
        if process.returncode is None:
            kill(process)
            process.wait()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process that has not been waited for yet."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def cpu_so_far(pid: int) -> float:
    """CPU seconds that a running process has used: all its threads, also those that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak_so_far(pid: int) -> float:
    """The most memory that a running process has held at once, in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise BenchFailed(f"Process {pid} has ended.")
