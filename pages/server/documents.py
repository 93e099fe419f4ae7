"""The documents that the API answers with, as bytes."""

import json
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd
from streamlit import config

from pages.server import parameters
from scorecard.exports import csvw
from scorecard.open_data import feed, rows
from scorecard.open_data.fields import EXCEPTIONS, SOURCES, TABLES
from scorecard.snapshot import open_data
from scorecard.snapshot.measures import council
from scorecard.snapshot.open_data import Slice, Wanted
from scorecard.snapshot.store import Snapshot

_TITLES: Final = {
    "measures": "What is measured",
    "observations": "Figures of every measure, area and period",
    "exceptions": "What needs attention, and what has got better",
}
_KEYS: Final = {
    "measures": ("measure_id",),
    "observations": ("measure_id", "area_code", "period_start", "period_end"),
    "exceptions": ("measure_id", "area_code", "part", "rule"),
}
_REUSE: Final = "Name the publisher of each source with its figures, and keep to the source's licence."


def index(snapshot: Snapshot) -> bytes:
    """What /api offers: its tables with their parameters and fields, the feed, and the sources with their licences."""
    tables = [
        {
            "name": name,
            "title": _TITLES[name],
            "json": f"/api/{name}.json",
            "csv": f"/api/{name}.csv",
            "csv_metadata": f"/api/{name}.csv{csvw.ENDING}",
            "parameters": list(parameters.ALLOWED[name]),
            "fields": [{"name": each.name, "kind": each.kind, "says": each.words} for each in fields],
        }
        for name, fields in TABLES.items()
    ]
    return _json(
        {
            **_stamp(snapshot),
            "audience": snapshot.audience,
            "rows_at_most": dict(parameters.MOST),
            "reuse": _REUSE,
            "tables": tables,
            "feed": "/api/exceptions.atom",
            "health": "/healthz",
            "sources": rows.objects(open_data.sources(snapshot), SOURCES),
        }
    )


def page(snapshot: Snapshot, table: str, found: pd.DataFrame, part: Slice, total: int, further: str | None) -> bytes:
    """One page of rows, with how many there are and where the next page lies."""
    said = {"count": len(found), "total": total, "limit": part.limit, "offset": part.offset, "next": further}
    return _json({**_stamp(snapshot), **said, table: rows.objects(found, TABLES[table])})


def csv_metadata(snapshot: Snapshot, table: str) -> bytes:
    """The CSVW metadata of a table's CSV file."""
    home, named = council(snapshot), open_data.sources(snapshot)
    file = csvw.File(
        url=f"{table}.csv",
        title=f"{home['name']}: {_TITLES[table][:1].lower()}{_TITLES[table][1:]}",
        description=_REUSE if not home["notice"] else f"{home['notice']} {_REUSE}",
        publisher=str(home["name"]),
        issued=_moment(snapshot),
        key=_KEYS[table],
        licences=tuple(dict.fromkeys(each for each in named["licence"] if each)),
        sources=tuple(dict.fromkeys(f"{one.title} ({one.publisher})" for one in named.itertuples())),
    )
    return csvw.metadata(file, TABLES[table])


def atom(snapshot: Snapshot, wanted: Wanted, part: Slice) -> bytes:
    """The exceptions that need attention as a feed."""
    home = council(snapshot)
    listed = open_data.exceptions(snapshot, replace(wanted, to_act_on=True), part)
    host = str(config.get_option("browser.serverAddress"))
    about = feed.About(
        council=str(home["name"]),
        area_code=str(home["area_code"]),
        published_at=snapshot.published_at,
        notice=home["notice"],
        host=host,
        # Never from the Host header, which whoever asks can write: the feed may be kept for others.
        site=f"https://{host}" if config.is_manually_set("browser.serverAddress") else "",
    )
    return feed.feed(rows.objects(listed, EXCEPTIONS), about)


def further(path: str, wanted: Wanted, part: Slice, total: int) -> str | None:
    """The address of the next page, or None."""
    offset = part.offset + part.limit
    if offset >= total:
        return None
    asked = {"measure": wanted.measure_id, "area": wanted.area_code, "from": wanted.first, "to": wanted.last}
    told: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode({**told, 'limit': part.limit, 'offset': offset})}"


def _stamp(snapshot: Snapshot) -> dict[str, Any]:
    home = council(snapshot)
    return {
        "council": {"area_code": home["area_code"], "name": home["name"]},
        "notice": home["notice"],
        "as_at": home["as_at"].date().isoformat(),
        "snapshot": snapshot.name,
        "published_at": _moment(snapshot),
    }


def _moment(snapshot: Snapshot) -> str:
    return snapshot.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
