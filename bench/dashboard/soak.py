"""Visitors for a long time while snapshots are published: memory, failures, and whether a page ever shows two."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.cost import ROOT, clean_environment
from bench.dashboard.crowd import Crowd, Visit, gather
from bench.dashboard.editions import Editions
from bench.server import Server, serving

SESSIONS: Final = 20
THINK: Final = (1.0, 3.0)
EVERY_SECONDS: Final = 20.0
LOAD_EVERY: Final = 15
"""Publications between two loads of all files."""
SETTLED: Final = 1 / 6
"""Part of the time after which memory should not grow any more: five minutes of thirty."""


@dataclass
class Soaked:
    """What came of it: MiB by second, what the crowd met with, and how many snapshots were published."""

    crowd: Crowd
    memory: list[tuple[float, float]] = field(default_factory=list)
    publications: int = 0
    mixed: int = 0
    late: int = 0

    @property
    def growth(self) -> float:
        """MiB by which the last part of the time held more than the moment at which it should have settled."""
        last = self.memory[-1][0]
        settled = [held for at, held in self.memory if at >= last * SETTLED]
        return sum(settled[-5:]) / len(settled[-5:]) - sum(settled[:5]) / len(settled[:5])


def soak(data: Path, visits: Sequence[Visit], seconds: float) -> Soaked:
    """Serve `data`, which must hold the demonstration and its files, to a crowd while editions of it are published."""
    editions, done = Editions(data), threading.Event()
    settings = {"SCORECARD_DATA": str(data)}
    editions.publish_next()
    with serving(ROOT / "app.py", settings) as server:
        server.wait_until_healthy("/healthz")
        soaked = Soaked(Crowd())
        watching = [
            threading.Thread(target=_publish, args=(editions, settings, done)),
            threading.Thread(target=_weigh, args=(server, soaked, done)),
        ]
        for thread in watching:
            thread.start()
        try:
            soaked.crowd = asyncio.run(gather([server.port], visits, SESSIONS, seconds, THINK))
        finally:
            done.set()
            for thread in watching:
                thread.join()
    soaked.publications = editions.number
    soaked.mixed = sum(len(shown) > 1 for _, shown in soaked.crowd.sightings)
    soaked.late = sum(_is_late(began, max(shown), editions) for began, shown in soaked.crowd.sightings)
    return soaked


def _is_late(began: float, shown: int, editions: Editions) -> bool:
    """Whether a rerun showed an edition although the next one had been there for a second when it began."""
    following = editions.published.get(shown + 1)
    return following is not None and began > following + 1


def _publish(editions: Editions, settings: dict[str, str], done: threading.Event) -> None:
    while not done.wait(EVERY_SECONDS):
        if editions.number % LOAD_EVERY == LOAD_EVERY - 1:
            subprocess.run(
                [sys.executable, "-m", "pipelines", "run", "--force"], cwd=ROOT, check=False,
                env=clean_environment({**settings, "SCORECARD_SETTLE_SECONDS": "0"}), stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        editions.publish_next()


def _weigh(server: Server, soaked: Soaked, done: threading.Event) -> None:
    seconds = 0.0
    while not done.wait(5.0):
        seconds += 5.0
        pages = int(Path(f"/proc/{server.pid}/statm").read_text(encoding="ascii").split()[1])
        soaked.memory.append((seconds, pages * 4096 / 2**20))
