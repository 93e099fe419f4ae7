"""Many visitors at once, each thinking for a moment between reruns, as in a meeting where everybody looks."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from bench.dashboard.editions import editions_in
from bench.server import LOOPBACK

LONGEST_RERUN: Final = 60.0
_ENDED: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass(frozen=True)
class Visit:
    """A page to ask for: its name in the address, and its parameters."""

    page: str
    query: str = ""

    def request(self) -> bytes:
        """The message that asks for it."""
        asked = BackMsg()
        asked.rerun_script.page_name = self.page
        asked.rerun_script.query_string = self.query
        return bytes(asked.SerializeToString())


@dataclass
class Crowd:
    """What the visitors of one crowd met with: seconds of each rerun and of each first visit, and every failure."""

    waits: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    sightings: list[tuple[float, frozenset[int]]] = field(default_factory=list)
    """When each rerun began, on the monotonic clock, and the editions it showed; only of those that showed any."""

    def percentile(self, share: float) -> float:
        """The wait that `share` of the reruns did not exceed, in seconds."""
        return sorted(self.waits)[min(int(len(self.waits) * share), len(self.waits) - 1)] if self.waits else 0.0


async def gather(
    ports: Sequence[int],
    visits: Sequence[Visit],
    sessions: int,
    seconds: float,
    think: tuple[float, float],
    seed: int = 1,
) -> Crowd:
    """`sessions` visitors, shared out over the servers at `ports`, ask for pages at random for so many seconds."""
    crowd = Crowd()
    end = time.monotonic() + seconds + think[1]
    await asyncio.gather(
        *(
            _visitor(crowd, ports[number % len(ports)], visits, end, think, random.Random(f"{seed} {number}"))
            for number in range(sessions)
        )
    )
    return crowd


async def _visitor(
    crowd: Crowd, port: int, visits: Sequence[Visit], end: float, think: tuple[float, float], dice: random.Random
) -> None:
    await asyncio.sleep(dice.uniform(0, think[1]))
    try:
        async with connect(
            f"ws://{LOOPBACK}:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=1 << 28,
            compression=None, proxy=None, close_timeout=2, open_timeout=30,
        ) as connection:  # fmt: skip
            is_first = True
            while time.monotonic() < end:
                began = time.perf_counter()
                async with asyncio.timeout(LONGEST_RERUN):
                    await _rerun(connection, dice.choice(visits), crowd)
                (crowd.first if is_first else crowd.waits).append(time.perf_counter() - began)
                is_first = False
                await asyncio.sleep(dice.uniform(*think))
    except (OSError, WebSocketException, TimeoutError) as fault:
        crowd.failures.append(type(fault).__name__)


async def _rerun(connection: ClientConnection, visit: Visit, crowd: Crowd) -> None:
    began, editions = time.monotonic(), frozenset[int]()
    await connection.send(visit.request())
    while True:
        frame = await connection.recv()
        content = frame if isinstance(frame, bytes) else frame.encode()
        editions |= editions_in(content)
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            crowd.failures.append(f"{visit.page}: {message.delta.new_element.exception.type}")
        elif kind == "page_not_found":
            crowd.failures.append(f"there is no page {visit.page}")
        elif kind == "script_finished" and message.script_finished in _ENDED:
            crowd.sightings += [(began, editions)] if editions else []
            return
