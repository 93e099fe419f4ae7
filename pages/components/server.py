"""The web server around the pages: /healthz, security headers, and what is loaded before the first visitor."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from scorecard.errors import SettingError
from scorecard.settings import read_settings
from scorecard.snapshot.health import health

SHELL: Final = Path(__file__).resolve().parent.parent / "shell.py"
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    # Streamlit's page has inline scripts and styles, and Vega compiles its expressions.
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self';"
    " form-action 'self'; frame-ancestors 'self'",
}


def healthz(_request: Request) -> Response:
    """200 while there are figures to show, even old ones; 503 when there are none. The body says which."""
    try:
        settings = read_settings()
        state = health(settings.data, settings.stale_hours, settings.audience)
    except SettingError as fault:
        state = {"status": "unavailable", "problem": str(fault)}
    unavailable = state["status"] == "unavailable"
    return JSONResponse(state, 503 if unavailable else 200, headers={"Cache-Control": "no-store"})


class SecurityHeaders:
    """Adds HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[dict[str, object]]:
    """Import what every page needs, or the first visitor would wait for it."""
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()
    yield {}
    gc.unfreeze()  # or nothing of this is ever collected, and DuckDB reports it all as leaked


def log_script_error(fault: Exception) -> None:
    """Pages show visitors no detail, so the detail goes to the log."""
    logging.getLogger("scorecard.pages").error("A page stopped.", exc_info=fault)


ROUTES: Final = [Route("/healthz", healthz)]
MIDDLEWARE: Final = [Middleware(SecurityHeaders)]
