"""/healthz: whether there are figures to show, and how old they are."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from scorecard.errors import SettingError
from scorecard.settings import read_settings
from scorecard.snapshot.health import health


def healthz(_request: Request) -> Response:
    """200 while there are figures to show, even old ones; 503 when there are none. The body says which."""
    try:
        settings = read_settings()
        state = health(settings.data, settings.stale_hours, settings.audience)
    except SettingError as fault:
        state = {"status": "unavailable", "problem": str(fault)}
    unavailable = state["status"] == "unavailable"
    return JSONResponse(state, 503 if unavailable else 200, headers={"Cache-Control": "no-store"})
