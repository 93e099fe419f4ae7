"""Scripts and styles of the pages, compressed once and kept: four megabytes of a first visit become one.

Streamlit leaves them as they are, because Starlette would compress them anew for every visitor. Their names contain
a hash of their content, so what is kept for a name never changes.
"""

import gzip
from typing import Final

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BELOW: Final = "/static/"
ENDINGS: Final = (".js", ".css", ".json", ".svg")
SMALLEST: Final = 500
"""Bytes below which nothing is gained."""
MOST_KEPT: Final = 16 * 2**20
"""Bytes kept; all of Streamlit's scripts and styles take half of it."""


class CompressedAssets:
    """Answers for scripts and styles with gzip, to browsers that take it; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, tuple[Message, bytes]] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _wanted(scope):
            await self.app(scope, receive, send)
            return
        kept = self._kept.get(scope["path"])
        if kept is None:
            answer = _Whole()
            # Without its extensions a server cannot be asked to send a file past us.
            await self.app({**scope, "extensions": {}}, receive, answer.take)
            kept = await self._compressed(scope["path"], answer)
        start, body = kept
        await send({**start, "headers": list(start["headers"])})
        await send({"type": "http.response.body", "body": body})

    async def _compressed(self, path: str, answer: "_Whole") -> tuple[Message, bytes]:
        headers, body = MutableHeaders(scope=answer.start), b"".join(answer.parts)
        # A name that does not exist is answered with the page itself, which must not be kept.
        is_asset = answer.start["status"] == 200 and not headers.get("content-type", "").startswith("text/html")
        if not is_asset or len(body) < SMALLEST or "content-encoding" in headers or not answer.is_complete(len(body)):
            return answer.start, body
        packed = await to_thread.run_sync(gzip.compress, body, 6)
        headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        if "etag" in headers:
            headers["ETag"] = f"W/{headers['etag'].removeprefix('W/')}"
        if self._bytes + len(packed) <= MOST_KEPT and path not in self._kept:
            self._kept[path] = answer.start, packed
            self._bytes += len(packed)
        return answer.start, packed


class _Whole:
    """One answer, caught as far as it came."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.parts: list[bytes] = []
        self.has_ended = False

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.parts.append(message.get("body", b""))
            self.has_ended = not message.get("more_body", False)

    def is_complete(self, length: int) -> bool:
        """Whether all of it came: reading a file stops half-way when the browser that asked for it goes away."""
        stated = Headers(raw=self.start["headers"]).get("content-length")
        return self.has_ended and (stated is None or int(stated) == length)


def _wanted(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    if not (scope["path"].startswith(BELOW) and scope["path"].endswith(ENDINGS)):
        return False
    headers = Headers(scope=scope)
    if "range" in headers or "if-none-match" in headers or "if-modified-since" in headers:
        return False
    takes = [each.strip().lower().replace(" ", "") for each in headers.get("accept-encoding", "").split(",")]
    return any(each == "gzip" or (each.startswith("gzip;") and not each.endswith(("q=0", "q=0.0"))) for each in takes)
