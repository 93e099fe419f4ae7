"""A Streamlit server of our own to measure: started on a free loopback port, and stopped whatever happens."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.cost import ROOT, BenchFailed, clean_environment, cpu_so_far, kill, peak_so_far

LOOPBACK: Final = "127.0.0.1"
LONGEST_START: Final = 60.0
POLL_EVERY: Final = 0.01
PLAIN_PAGE: Final = """import altair as alt
import pandas as pd
import streamlit as st

st.title('A chart')
figures = pd.DataFrame({'month': range(60), 'value': [n % 7 for n in range(60)]})
st.altair_chart(alt.Chart(figures).mark_line().encode(x='month', y='value'))
"""
EMPTY_PAGE: Final = "import streamlit as st\n\nst.title('Nothing')\n"


@dataclass(frozen=True)
class Server:
    """A running server."""

    pid: int
    port: int
    started: float
    process: "subprocess.Popen[bytes]"

    @property
    def cpu(self) -> float:
        """CPU seconds used so far."""
        return cpu_so_far(self.pid)

    @property
    def peak(self) -> float:
        """The most memory held so far, in MiB."""
        return peak_so_far(self.pid)

    def wait_until_healthy(self, path: str) -> bytes:
        """Ask until the answer is 200 and return its body. Raises BenchFailed when it never comes."""
        while time.perf_counter() - self.started < LONGEST_START:
            if self.process.poll() is not None:
                raise BenchFailed(f"The server ended with code {self.process.returncode}.")
            status, body = self._ask(path)
            if status == 200:
                return body
            time.sleep(POLL_EVERY)
        raise BenchFailed(f"{path} was not healthy within {LONGEST_START:.0f} seconds.")

    def _ask(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()


@contextmanager
def serving(script: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """Serve a script with the project's own Streamlit configuration until the block ends."""
    port = _free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", str(script),
        f"--server.port={port}", f"--server.address={LOOPBACK}", "--server.headless=true",
    ]  # fmt: skip
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=clean_environment(settings), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield Server(process.pid, port, started, process)
    finally:
        kill(process)
        process.wait()


def empty_page(folder: Path) -> Path:
    """A script that shows a title and nothing else."""
    script = folder / "empty.py"
    script.write_text(EMPTY_PAGE, encoding="utf-8")
    return script


def plain_page(folder: Path) -> Path:
    """A script as people usually write it, that shows a title and a chart."""
    script = folder / "plain.py"
    script.write_text(PLAIN_PAGE, encoding="utf-8")
    return script


def is_json(body: bytes) -> bool:
    """Whether an answer is a JSON object."""
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])
