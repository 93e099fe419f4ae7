"""Registers from small hand-made files, through the real pipeline: the small council with sources of items."""

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from ruamel.yaml import YAML

from scorecard.settings import Settings
from scorecard.snapshot.folder import current
from tests.small_council import CATALOGUE, load, write_council

Row = Sequence[object]
AUDIT_HEADINGS = {
    "ref": "text", "title": "text", "owner": "text", "service": "text", "opened": "date", "due": "date",
    "revised": "date", "status": "text", "closed": "date", "signed": "date",
}  # fmt: skip


@dataclass(frozen=True)
class Declared:
    """A register and the columns (id and heading are one) of its own source. Files are called "<name> <months>.csv"."""

    columns: Mapping[str, str]
    """Column → text, date or number."""
    means: Mapping[str, Any]
    """The register's own `columns`."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else is said of it."""
    key: Sequence[str] = ("ref",)

    def source(self, name: str) -> dict[str, Any]:
        """As the catalogue has its source."""
        return {
            "title": name.title(), "publisher": "Audit", "holds": "records", "files": [f"{name} *.csv"],
            "format": "delimited", "key": list(self.key),
            "columns": {
                each: {"header": each, "type": kind} | ({"required": True} if each in self.key else {})
                for each, kind in self.columns.items()
            },
            "period": {"within": "file_name", "find": f"{name} (.+)[.]csv", "forms": ["month_range", "month"]},
        }  # fmt: skip

    def register(self, name: str) -> dict[str, Any]:
        """As the catalogue has it."""
        return {
            "title": name.title(), "item": "item", "items": "items", "question": "What is late?", "source": name,
            "service": "place", "agenda": "audit", "columns": dict(self.means), **self.more,
        }  # fmt: skip


AUDIT = Declared(
    AUDIT_HEADINGS,
    {
        "title": "title", "owner": "owner", "service": "service", "opened": "opened", "due": "due",
        "revised": ["revised"], "status": "status", "closed": "closed", "signed_off": "signed",
    },
    {
        "item": "recommendation", "items": "recommendations",
        "statuses": {"On track": "on_course", "Done": "closed", "Dropped": "withdrawn", "Late": "overdue"},
    },
)  # fmt: skip
"""Recommendations that count as done once they are signed off."""


def council(
    folder: Path, declared: Mapping[str, Declared], files: Mapping[str, str], **more: Mapping[str, Any]
) -> Settings:
    """A small council with these registers and files, the files changed in the order given; `more` is merged in."""
    settings = write_council(folder, {name: text.encode() for name, text in files.items()})
    catalogue = YAML(typ="safe").load(CATALOGUE)
    catalogue["sources"] |= {name: each.source(name) for name, each in declared.items()}
    catalogue["registers"] = {name: each.register(name) for name, each in declared.items()}
    for part, entries in more.items():
        catalogue[part] = {**catalogue.get(part, {}), **entries}
    settings.catalogue.write_text(json.dumps(catalogue, default=str), encoding="utf-8")
    moment = time.time() - 86_400
    for at, name in enumerate(files):
        os.utime(settings.inbox / name, (moment + at, moment + at))
    return settings


def csv(headings: Iterable[str], rows: Iterable[Row]) -> str:
    """Rows as a file; None is a blank cell, and a cell with a comma is quoted."""
    return "\n".join([",".join(headings), *(",".join(map(_cell, row)) for row in rows), ""])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f'"{text}"' if "," in text else text


def audit(*rows: Mapping[str, object]) -> str:
    """A file of recommendations; what a row does not name is as in one that is in hand."""
    usual = {"title": "Check the ledger", "owner": "Director of Place", "service": "place", "opened": date(2026, 1, 5)}
    return csv(AUDIT_HEADINGS, ([{**usual, **row}.get(name) for name in AUDIT_HEADINGS] for row in rows))


def loaded(settings: Settings, question: str) -> list[tuple[Any, ...]]:
    """The rows of a question to the snapshot that a run of the pipeline makes of the files."""
    load(settings)
    return ask(settings, question)


def ask(settings: Settings, question: str) -> list[tuple[Any, ...]]:
    """The rows of a question to the snapshot being served."""
    with duckdb.connect(str(current(settings.data).resolve()), read_only=True) as connection:
        return connection.execute(question).fetchall()


def problems(settings: Settings) -> dict[str, list[str]]:
    """Code → sentences of the problems of the snapshot being served."""
    found: dict[str, list[str]] = {}
    for code, sentence in ask(settings, "select code, sentence from problem order by problem_id"):
        found.setdefault(code, []).append(sentence)
    return found
