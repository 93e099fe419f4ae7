"""What a rerun of a page costs the server, against a page with nothing but a title."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.cost import ROOT, Cost
from bench.demonstration import Demonstration
from bench.server import Server, empty_page, serving
from bench.turns import Comparison, Contestant, turn_about

if TYPE_CHECKING:
    from bench.visitor import Visitor

RERUNS: Final = 50
PAGES: Final = {"Exceptions page": "exceptions", "Deep dive page": "measure"}


def compare_pages(files: Demonstration, repeats: int) -> Comparison:
    """Measure the pages, each on a server of its own with one visitor who asks for the same page again and again."""
    settings = {"SCORECARD_DATA": str(files.published())}
    with ExitStack() as open_until_done:

        def contestant(name: str, script: Path, page: str) -> Contestant:
            return _visited(name, open_until_done, script, settings, page)

        contestants = [contestant("floor: a page with only a title", empty_page(files.folder), "")]
        contestants += [contestant(name, ROOT / "app.py", page) for name, page in PAGES.items()]
        title = f"pages: one rerun of a page already seen (mean of {RERUNS} in a row), the server's cost"
        return turn_about(title, contestants, repeats)


def _visited(name: str, closing: ExitStack, script: Path, settings: dict[str, str], page: str) -> Contestant:
    from bench.visitor import visiting

    server = closing.enter_context(serving(script, settings))
    server.wait_until_healthy("/_stcore/health")
    visitor = closing.enter_context(visiting(server.port, page))
    return Contestant(name, lambda: _reruns(server, visitor))


def _reruns(server: Server, visitor: "Visitor") -> Cost:
    cpu, began = server.cpu, time.perf_counter()
    for _ in range(RERUNS):
        visitor.rerun()
    wall = time.perf_counter() - began
    return Cost((server.cpu - cpu) / RERUNS, wall / RERUNS, server.peak)
