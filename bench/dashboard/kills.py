"""The server killed in the middle of serving: how soon it serves again, as its service manager starts it anew."""

import asyncio
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.cost import ROOT, kill
from bench.dashboard.crowd import Visit, gather
from bench.server import serving

SESSIONS: Final = 20
_BUSY: Final = 4.0
"""Seconds for which the crowd is served before the kill."""


def times_to_serve_again(data: Path, visits: Sequence[Visit], kills: int) -> list[float]:
    """Seconds from each kill -9 under 20 sessions to the first healthy answer of the server started in its place."""
    settings, waits = {"SCORECARD_DATA": str(data)}, []
    for at in range(kills):
        with serving(ROOT / "app.py", settings) as server:
            server.wait_until_healthy("/healthz")
            crowd = threading.Thread(
                target=lambda port=server.port, seed=at: asyncio.run(
                    gather([port], visits, SESSIONS, 2 * _BUSY, (0.2, 1.0), seed)
                )
            )
            crowd.start()
            time.sleep(_BUSY)
            kill(server.process)
            server.process.wait()
            began = time.perf_counter()
        with serving(ROOT / "app.py", settings) as again:
            again.wait_until_healthy("/healthz")
            waits.append(time.perf_counter() - began)
        crowd.join()
    return waits
