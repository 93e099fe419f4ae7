"""How soon a server answers, and what that costs, against Streamlit with an empty page."""

import time
from pathlib import Path

from bench.cost import ROOT, BenchFailed, Cost
from bench.demonstration import Demonstration
from bench.server import empty_page, is_json, serving
from bench.turns import Comparison, Contestant, turn_about


def compare_starts(files: Demonstration, repeats: int) -> Comparison:
    """Measure from the start of the process to the first 200 of its health address."""
    settings = {"SCORECARD_DATA": str(files.published())}
    empty = empty_page(files.folder)
    return turn_about(
        "start: from starting the process to its first healthy answer, files in the machine's cache",
        [
            Contestant("floor: an empty page's /_stcore/health", lambda: _started(empty, settings, "/_stcore/health")),
            Contestant("app.py's /healthz", lambda: _started(ROOT / "app.py", settings, "/healthz")),
        ],
        repeats,
    )


def _started(script: Path, settings: dict[str, str], address: str) -> Cost:
    with serving(script, settings) as server:
        body = server.wait_until_healthy(address)
        wall = time.perf_counter() - server.started
        cost = Cost(server.cpu, wall, server.peak)
    if address == "/healthz" and not is_json(body):
        raise BenchFailed("/healthz did not answer in JSON.")
    return cost
