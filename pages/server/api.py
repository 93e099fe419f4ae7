"""/api: the public's figures for other people's programs, read-only. docs/api.md is its manual."""

import logging
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Final

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from pages.server import documents, parameters, representation
from pages.server.faults import Refused, problem
from pages.server.representation import ATOM, CSV, CSVW, JSON
from scorecard.audiences import AUDIENCES
from scorecard.errors import CouncilError
from scorecard.open_data.fields import TABLES
from scorecard.open_data.rows import csv_lines
from scorecard.settings import read_settings
from scorecard.snapshot import open_data
from scorecard.snapshot.open_data import Slice, Wanted
from scorecard.snapshot.store import Snapshot, open_current

PUBLIC: Final = AUDIENCES[0]
"""Whatever the pages' own audience is: what leaves here can be passed on by anybody to anybody."""
AT_ONCE: Final = 10_000
"""Rows of a CSV file that are held in memory at a time."""
_FORMS: Final = ("", JSON, CSV, CSVW)
_READERS: Final[Mapping[str, Callable[[Snapshot, Wanted, Slice], pd.DataFrame]]] = {
    "measures": open_data.measures,
    "observations": open_data.observations,
    "exceptions": open_data.exceptions,
}
_log = logging.getLogger("scorecard.server")


def api(request: Request) -> Response:
    """One answer of the API: 200, 304, or a problem document that says what to ask instead."""
    try:
        return _answered(request)
    except Refused as refused:
        return problem(refused)
    except CouncilError as fault:
        _log.warning("%s: %s", request.url.path, fault)
        return problem(
            Refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "There are no figures to give just now.",
                why="No snapshot can be read.",
                fix="Ask again in some minutes; /healthz says how things stand.",
                **{"Retry-After": "60"},
            )
        )
    except Exception:
        # As on pages: whoever asks gets an answer in words, and the detail goes to the log.
        _log.exception("%s could not be answered", request.url.path)
        return problem(
            Refused(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "This could not be answered.",
                why="The server failed; the fault has been logged.",
                fix="Ask again later, or tell whoever runs this dashboard.",
            )
        )


def _answered(request: Request) -> Response:
    if request.method not in ("GET", "HEAD"):
        raise Refused(
            HTTPStatus.METHOD_NOT_ALLOWED,
            f"{request.method} is not answered here.",
            why="The figures can only be read.",
            fix="Use GET or HEAD.",
            Allow="GET, HEAD",
        )
    table, form = representation.split(request.path_params.get("name", ""))
    if not _is_there(table, form):
        raise Refused(
            HTTPStatus.NOT_FOUND,
            "There is nothing at this address.",
            why=f"There are /api, {', '.join(f'/api/{name}' for name in TABLES)} and /api/exceptions.atom.",
            fix="Start at /api, which describes them.",
        )
    if table and not form:
        form = representation.preferred(request.headers.get("accept", ""))
    form = form or JSON
    wanted, part = parameters.read(request.query_params, "" if form == CSVW else table, form)
    snapshot = open_current(read_settings().data, PUBLIC)
    _check(snapshot, wanted)
    headers = representation.headers(snapshot, request, form)
    if representation.is_known(request, headers):
        return Response(status_code=304, headers={name: headers[name] for name in headers if name != "Content-Type"})
    if not table:
        return Response(documents.index(snapshot), headers=headers)
    if form == CSVW:
        return Response(documents.csv_metadata(snapshot, table), headers=headers)
    if form == ATOM:
        return Response(documents.atom(snapshot, wanted, part), headers=headers)
    return _rows(request, snapshot, table, form, wanted, part, headers)


def _rows(
    request: Request, snapshot: Snapshot, table: str, form: str, wanted: Wanted, part: Slice, headers: dict[str, str]
) -> Response:
    """A page of one table's rows as JSON or CSV, with a link to the next one."""
    total = open_data.how_many(snapshot, table, wanted)
    further = documents.further(request.url.path, wanted, part, total)
    links = [f'<{further}>; rel="next"'] if further else []
    if form == JSON:
        found = _READERS[table](snapshot, wanted, part)
        body = documents.page(snapshot, table, found, part, total, further)
        return Response(body, headers=headers | _linked(links))
    headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    headers |= _linked([*links, f'</api/{table}.{CSVW}>; rel="describedby"; type="application/csvm+json"'])
    if request.method == "HEAD":
        bare = Response(headers=headers)
        del bare.headers["content-length"]  # it is not known without making the file
        return bare
    return StreamingResponse(csv_lines(_pieces(snapshot, table, wanted, part), TABLES[table]), headers=headers)


def _pieces(snapshot: Snapshot, table: str, wanted: Wanted, part: Slice) -> Iterator[pd.DataFrame]:
    for start in range(0, part.limit, AT_ONCE):
        piece = _READERS[table](snapshot, wanted, Slice(min(AT_ONCE, part.limit - start), part.offset + start))
        yield piece
        if len(piece) < AT_ONCE:
            return


def _is_there(table: str, form: str) -> bool:
    if not table:
        return form == ""
    return (table in TABLES and form in _FORMS) or (table, form) == ("exceptions", ATOM)


def _check(snapshot: Snapshot, wanted: Wanted) -> None:
    """Raises Refused (404) for what is not there, and in the same words for what is not public."""
    if wanted.measure_id and not open_data.has_measure(snapshot, wanted.measure_id):
        raise Refused(
            HTTPStatus.NOT_FOUND,
            "There is no such measure among the public figures.",
            why="Its identifier is not one of /api/measures.",
            fix="Take an identifier from /api/measures.",
        )
    if wanted.area_code and not open_data.has_area(snapshot, wanted.area_code):
        raise Refused(
            HTTPStatus.NOT_FOUND,
            "There is no such area among the public figures.",
            why="No public figure has this area's code.",
            fix="Take a code from /api/observations.",
        )


def _linked(links: list[str]) -> dict[str, str]:
    return {"Link": ", ".join(links)} if links else {}
