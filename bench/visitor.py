"""One visitor of a Streamlit server, speaking its websocket protocol in place of a browser."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.cost import BenchFailed
from bench.server import LOOPBACK

LONGEST_RERUN: Final = 60.0
_FINISHED: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Visitor:
    """An open session: asks for reruns of a page and waits for each."""

    def __init__(self, connection: ClientConnection, page: str, query: str = "") -> None:
        self._connection = connection
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        self._request = asked.SerializeToString()
        self.page = page

    def rerun(self) -> int:
        """Run the page once; the number of elements sent. Raises BenchFailed when the page showed a fault."""
        self._connection.send(self._request)
        elements = 0
        for message in self._messages():
            kind = message.WhichOneof("type")
            if kind == "page_not_found":
                raise BenchFailed(f"There is no page '{self.page}'.")
            if kind == "script_finished" and message.script_finished in _FINISHED:
                return elements
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                raise BenchFailed(f"A run of page '{self.page}' ended with status {message.script_finished}.")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                raise BenchFailed(f"Page '{self.page}' shows {message.delta.new_element.exception.type}.")
            elements += kind in ("delta", "ref_hash")
        raise BenchFailed(f"The server closed the session of page '{self.page}'.")

    def _messages(self) -> Iterator[ForwardMsg]:
        deadline = time.monotonic() + LONGEST_RERUN
        while True:
            try:
                frame = self._connection.recv(timeout=max(0.0, deadline - time.monotonic()))
            except TimeoutError as late:
                raise BenchFailed(f"A rerun of page '{self.page}' took over {LONGEST_RERUN:.0f} seconds.") from late
            if isinstance(frame, bytes):
                yield ForwardMsg.FromString(frame)


@contextmanager
def visiting(port: int, page: str, query: str = "") -> Iterator[Visitor]:
    """A session on the server at a loopback port, closed when the block ends."""
    with connect(
        f"ws://{LOOPBACK}:{port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=1 << 28,
        compression=None,
        proxy=None,
        close_timeout=2,
    ) as connection:
        yield Visitor(connection, page, query)
