"""What is answered and logged when something goes wrong: problem documents for programs, the log for us."""

import logging
from http import HTTPStatus

from starlette.responses import JSONResponse, Response

_log = logging.getLogger("scorecard.pages")


class Refused(Exception):
    """A request that cannot be answered: what is the matter, why, and what to ask instead."""

    def __init__(self, status: HTTPStatus, what: str, *, why: str, fix: str, **headers: str) -> None:
        super().__init__(what)
        self.status, self.what, self.why, self.fix, self.headers = status, what, why, fix, headers


def problem(fault: Refused) -> Response:
    """A problem document as RFC 9457 has it, with `why` and `fix` beside `detail`; it is never kept by caches."""
    said = {
        "type": "about:blank",
        "title": fault.status.phrase,
        "status": fault.status.value,
        "detail": fault.what,
        "why": fault.why,
        "fix": fault.fix,
    }
    headers = {"Cache-Control": "no-store", **fault.headers}
    return JSONResponse(said, fault.status, headers=headers, media_type="application/problem+json")


def log_script_error(fault: Exception) -> None:
    """Pages show visitors no detail, so the detail goes to the log."""
    _log.error("A page stopped.", exc_info=fault)
