"""In which form an answer is wanted, and whether whoever asks has it already."""

import hashlib
from datetime import UTC
from email.utils import format_datetime
from typing import Final

from starlette.requests import Request

from scorecard.snapshot.store import FORM, Snapshot

JSON, CSV, ATOM, CSVW = "json", "csv", "atom", "csv-metadata.json"
MEDIA_TYPES: Final = {
    JSON: "application/json",
    CSV: "text/csv; charset=utf-8",
    ATOM: "application/atom+xml; charset=utf-8",
    CSVW: "application/csvm+json",
}
_ANSWERS: Final = 1
"""Raised when the same question to the same snapshot is answered in other words than before."""


def split(name: str) -> tuple[str, str]:
    """The table and the form that an address names: "observations.csv" is of "observations" and "csv"."""
    table, _, form = name.strip("/").partition(".")
    return table, form


def preferred(accept: str) -> str:
    """CSV where an Accept header names it above JSON, else JSON."""
    weight: dict[str, float] = {}
    for each in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in each.split(";"))
        quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            weight[kind] = float(quality)
        except ValueError:
            weight[kind] = 0.0
    named = weight.get("application/json", weight.get("application/*", weight.get("*/*", 0.0)))
    return CSV if weight.get("text/csv", 0.0) > named else JSON


def headers(snapshot: Snapshot, request: Request, form: str) -> dict[str, str]:
    """ETag, Last-Modified and how long the answer may be kept; the same for everyone, as everyone is the public."""
    asked = "\n".join([snapshot.name, str(FORM), str(_ANSWERS), request.url.path, form, *_parameters(request)])
    return {
        "ETag": f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(snapshot.published_at.astimezone(UTC), usegmt=True),
        "Cache-Control": "public, max-age=60",
        "Vary": "Accept",
        "Content-Type": MEDIA_TYPES[form],
    }


def is_known(request: Request, said: dict[str, str]) -> bool:
    """Whether the answer with these headers is what whoever asks holds already, so that 304 will do."""
    held = request.headers.get("if-none-match")
    if held is not None:
        mine = said["ETag"].removeprefix("W/")
        return held.strip() == "*" or mine in [each.strip().removeprefix("W/") for each in held.split(",")]
    # Held against it as it stands: after a rollback the snapshot served is older than the one that was fetched.
    return request.headers.get("if-modified-since") == said["Last-Modified"]


def _parameters(request: Request) -> list[str]:
    return sorted(f"{name}={value}" for name, value in request.query_params.multi_items())
