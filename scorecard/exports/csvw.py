"""What a CSV file holds, as the W3C's CSV on the Web has it: its columns, their kinds, and how its rows are read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

LANGUAGE: Final = "en-GB"
MEDIA_TYPE: Final = "application/csvm+json"
ENDING: Final = "-metadata.json"
_DATATYPES: Final[dict[str, Any]] = {
    "string": "string",
    "number": "number",
    "integer": "integer",
    "boolean": {"base": "boolean", "format": "true|false"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "datetime": {"base": "datetime", "format": "yyyy-MM-dd'T'HH:mm:ss'Z'"},
}


class Described(Protocol):
    """A column that can say what it holds."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class File:
    """One CSV file: where it lies, what it is, and how many rows stand above its row of names."""

    url: str
    title: str
    description: str
    publisher: str
    issued: str
    rows_above: int = 0
    key: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def metadata(file: File, columns: Sequence[Described]) -> bytes:
    """The metadata document of a file whose row of names are the columns' names."""
    said: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}],
        "url": file.url,
        "dc:title": file.title,
        "dc:description": file.description,
        "dc:publisher": file.publisher,
        "dc:issued": file.issued,
        "dc:language": LANGUAGE,
        "dc:license": list(file.licences),
        "dc:source": list(file.sources),
        "rdfs:comment": list(file.notes),
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminators": ["\r\n"],
            "commentPrefix": None,
            "skipBlankRows": False,
            "skipRows": file.rows_above,
            "header": True,
            "headerRowCount": 1,
        },
        "tableSchema": {"columns": [_column(column) for column in columns]},
    }
    if file.key:
        said["tableSchema"]["primaryKey"] = list(file.key)
    return json.dumps(
        {name: value for name, value in said.items() if value != []}, ensure_ascii=False, indent=2
    ).encode()


def _column(column: Described) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.words,
        "datatype": _DATATYPES[column.kind],
        "null": "",
    }
