"""What a request asks for, checked: nothing from an address goes further than this."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Final

from starlette.datastructures import QueryParams

from pages.server.faults import Refused
from scorecard.snapshot.open_data import Slice, Wanted

ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "": (),
    "measures": ("measure", "limit", "offset"),
    "observations": ("measure", "area", "from", "to", "limit", "offset"),
    "exceptions": ("measure", "area", "from", "to", "limit", "offset"),
}
MOST: Final[Mapping[str, int]] = {"json": 10_000, "csv": 100_000, "atom": 1_000}
"""Rows of one answer at most."""
USUAL: Final[Mapping[str, int]] = {"json": 1_000, "csv": 100_000, "atom": 100}
"""Rows of one answer where the request does not say: people open CSV files, and take them to be whole."""
_FURTHEST: Final = 1_000_000_000
_LONGEST: Final = 200


def read(query: QueryParams, table: str, form: str) -> tuple[Wanted, Slice]:
    """The rows that a request asks for. Raises Refused (400) for a parameter that is unknown, repeated or nonsense."""
    allowed = ALLOWED[table]
    for name in query:
        if name not in allowed:
            raise _wrong(
                f"There is no parameter '{_short(name)}' here.",
                why=f"Those there are: {', '.join(allowed) or 'none'}.",
                fix="Leave it out.",
            )
    told: dict[str, str] = {}
    for name, value in query.multi_items():
        if name in told:
            raise _wrong(f"'{name}' is given twice.", why="One answer is for one of each.", fix="Ask once for each.")
        if len(value) > _LONGEST or not value.isprintable():
            raise _wrong(f"'{name}' cannot be used.", why="It is too long, or has characters that do not print.",
                         fix="Take identifiers from /api/measures or /api/observations.")  # fmt: skip
        told[name] = value
    wanted = Wanted(told.get("measure", ""), told.get("area", ""), _day(told, "from"), _day(told, "to"))
    if wanted.first and wanted.last and wanted.first > wanted.last:
        raise _wrong("'from' lies after 'to'.", why="No period lies between them.", fix="Change them round.")
    limit = _whole(told, "limit", USUAL.get(form, 0), 1, MOST.get(form, 1))
    return wanted, Slice(limit, _whole(told, "offset", 0, 0, _FURTHEST))


def _day(told: Mapping[str, str], name: str) -> str:
    if name not in told:
        return ""
    try:
        return date.fromisoformat(told[name]).isoformat()
    except ValueError:
        raise _wrong(
            f"'{name}' is '{_short(told[name])}', which is no day.",
            why="Days are written as in 2026-04-01.",
            fix=f"Write {name}=2026-04-01, or leave it out for every period.",
        ) from None


def _whole(told: Mapping[str, str], name: str, otherwise: int, least: int, most: int) -> int:
    text = told.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most):
        raise _wrong(
            f"'{name}' is '{_short(text)}'.",
            why=f"It must be a whole number from {least} to {most}.",
            fix="Ask for several answers, each with its own offset, where one cannot hold every row.",
        )
    return int(text)


def _wrong(what: str, *, why: str, fix: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, what, why=why, fix=fix)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
