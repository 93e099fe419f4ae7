"""The web server around the pages: its own addresses, and what stands before all of them."""

from pathlib import Path
from typing import Final

from starlette.middleware import Middleware
from starlette.routing import Route

from pages.components import tour
from pages.server.api import api
from pages.server.closed import ClosedAddresses
from pages.server.compression import CompressedAssets
from pages.server.headers import SecurityHeaders
from pages.server.health import healthz
from pages.server.origins import KnownOrigins

SHELL: Final = Path(__file__).resolve().parent.parent / "shell.py"
_EVERY_METHOD: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
"""The API refuses the others itself, in words."""

ROUTES: Final = [
    Route("/healthz", healthz),
    tour.ROUTE,
    Route("/api", api, methods=_EVERY_METHOD),
    Route("/api/{name:path}", api, methods=_EVERY_METHOD),
]
MIDDLEWARE: Final = [
    Middleware(SecurityHeaders),
    Middleware(ClosedAddresses),
    Middleware(KnownOrigins),
    Middleware(CompressedAssets),
]
