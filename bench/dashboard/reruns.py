"""What a rerun of each page costs its server, for one visitor who asks again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.dashboard.crowd import Visit
from bench.server import serving
from bench.visitor import visiting

RERUNS: Final = 40
WARMING: Final = 5
PAGES: Final[Mapping[str, Visit]] = {
    "Overview": Visit(""),
    "Exceptions": Visit("exceptions"),
    "Deep dive": Visit("measure"),
    "Board": Visit("board"),
    "The board's month": Visit("cycle"),
    "Council plan": Visit("plan"),
    "My service": Visit("service"),
    "My items": Visit("owner"),
    "Registers": Visit("register"),
    "Themes": Visit("theme"),
    "All measures": Visit("measures"),
    "Scrutiny": Visit("scrutiny"),
    "Peers": Visit("peers"),
    "Data quality": Visit("data_quality"),
    "Definitions": Visit("definitions"),
    "Changes to measures": Visit("changes"),
    "Help": Visit("help"),
    "Accessibility": Visit("accessibility"),
}
"""Every page as it opens; parameters differ from one council to another."""


@dataclass(frozen=True)
class PageCost:
    """CPU seconds of a rerun once seen, and of the first visit after the start; elements sent."""

    cpu: float
    first: float
    elements: int


def cost_of_reruns(script: Path, data: Path, visit: Visit) -> PageCost:
    """Start a server of its own for one page, visit it once, and then many times. Raises BenchFailed."""
    with serving(script, {"SCORECARD_DATA": str(data)}) as server:
        server.wait_until_healthy("/_stcore/health")
        with visiting(server.port, visit.page, visit.query) as visitor:
            before = server.cpu
            elements = visitor.rerun()
            first = server.cpu - before
            for _ in range(WARMING):
                visitor.rerun()
            before = server.cpu
            for _ in range(RERUNS):
                visitor.rerun()
            return PageCost((server.cpu - before) / RERUNS, first, elements)
