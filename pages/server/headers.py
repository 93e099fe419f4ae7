"""What every answer carries, errors too: headers that keep a browser from doing more than the pages need."""

import logging
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Streamlit's page has inline scripts and styles, and Vega compiles its expressions.
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self';"
    " form-action 'self'; frame-ancestors 'self'",
}
_STARTS: Final = ("http.response.start", "websocket.http.response.start")
_log = logging.getLogger("scorecard.server")


class SecurityHeaders:
    """Adds HEADERS to every answer, and answers plainly where whatever lies below has failed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] in _STARTS:
                started = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # Starlette would answer for it further out, where no header is added any more.
            if started or scope["type"] != "http":
                raise
            _log.exception("%s could not be answered", scope["path"])
            failed = PlainTextResponse("The server failed. The fault has been logged.", 500)
            await failed(scope, receive, send_with_headers)
