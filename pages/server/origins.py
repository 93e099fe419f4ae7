"""Which websites' pages may talk to this server: its own, and those that its settings name.

Streamlit checks this too, but for a stranger's origin it asks a service on the internet for the machine's address
first, and the whole server waits meanwhile. So strangers are turned away before it sees them.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket
from streamlit import config

_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "0.0.0.0")


class KnownOrigins:
    """Refuses websockets of other websites, and lets no answer allow them; requests without an origin pass."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or _is_own(origin, headers.get("host", "")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket" and not _is_named(origin):
            refusal = PlainTextResponse("Pages of other websites cannot connect.", 403)
            await WebSocket(scope, receive, send).send_denial_response(refusal)
        else:
            # Decided here: Streamlit takes a request without an origin for one of its own.
            await self.app({**scope, "headers": _without_origin(scope["headers"])}, receive, send)


def _is_own(origin: str, host: str) -> bool:
    """Whether the page came from the address that it is talking to."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower() != ""
    except ValueError:
        return False


def _is_named(origin: str) -> bool:
    """Whether this machine, browser.serverAddress or server.corsAllowedOrigins names the origin's host."""
    if not config.get_option("server.enableCORS"):
        return True
    named = [*_THIS_MACHINE, *map(_host_of, config.get_option("server.corsAllowedOrigins") or ())]
    if config.is_manually_set("browser.serverAddress"):
        named.append(str(config.get_option("browser.serverAddress")).lower())
    host = _host_of(origin)
    return host != "" and host in named


def _host_of(origin: str) -> str:
    try:
        return (urlsplit(origin).hostname or "").lower()
    except ValueError:
        return ""


def _without_origin(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() != b"origin"]
