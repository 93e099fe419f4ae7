"""One visitor's browser sends what it likes; the other visitors' pages stay as they were."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from bench.cost import ROOT
from bench.server import LOOPBACK, Server, serving
from bench.visitor import Visitor, visiting
from tests.small_snapshot import publish

MANY = 40
"""Sessions that one address opens at once."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard with the small snapshot."""
    data = tmp_path_factory.mktemp("rough")
    publish(data)
    with serving(ROOT / "app.py", {"SCORECARD_DATA": str(data)}) as one:
        one.wait_until_healthy("/healthz")
        yield one


@pytest.fixture(scope="module")
def other(server: Server) -> Iterator[Visitor]:
    """Somebody who is reading the exceptions meanwhile."""
    with visiting(server.port, "exceptions") as one:
        yield one


def sent(server: Server, *frames: bytes | str) -> None:
    """Send frames as a session of one's own; that the server hangs up on it is its good right."""
    with connect(
        f"ws://{LOOPBACK}:{server.port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=1 << 28,
        compression=None, proxy=None, close_timeout=2,
    ) as connection, suppress(ConnectionClosed, TimeoutError):  # fmt: skip
        for frame in frames:
            connection.send(frame)
        connection.recv(timeout=2)


def asking(kind: str) -> bytes:
    """A message that asks for something without words."""
    message = BackMsg()
    setattr(message, kind, True)
    return bytes(message.SerializeToString())


def swollen() -> bytes:
    """A rerun with two megabytes of state of a widget that is not there."""
    message = BackMsg()
    message.rerun_script.page_name = "exceptions"
    state = message.rerun_script.widget_states.widgets.add()
    state.id, state.string_value = "filter_search", "x" * 2_000_000
    return bytes(message.SerializeToString())


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param((asking("clear_cache"),) * 20, id="empties Streamlit's caches"),
        pytest.param((asking("stop_script"),) * 20, id="stops what does not run"),
        pytest.param((b"\xff\x00garbage", b"", b"\x08" * 1000), id="sends garbage"),
        pytest.param(("text where bytes belong",), id="sends text"),
        pytest.param((swollen(),), id="swells its state"),
    ],
)
def test_what_one_visitor_sends_changes_nothing_for_another(
    server: Server, other: Visitor, frames: tuple[bytes | str, ...]
) -> None:
    """The other's page has as many elements after it as before, and none is a fault."""
    before = other.rerun()
    sent(server, *frames)
    assert other.rerun() == before
    assert server.process.poll() is None


def test_many_sessions_at_once_leave_the_others_their_pages(server: Server, other: Visitor) -> None:
    """Forty sessions from one address come and go; the other's page is as before."""
    before = other.rerun()
    held = [visiting(server.port, "theme") for _ in range(MANY)]
    visitors = [one.__enter__() for one in held]
    for visitor in visitors[:5]:
        assert visitor.rerun() > 5
    for one in held:
        one.__exit__(None, None, None)
    assert other.rerun() == before
