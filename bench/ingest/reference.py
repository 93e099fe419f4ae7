"""A reference workload's own description (sources.yml) put as contracts: twelve sources, thirteen checks each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from scorecard.catalogue import Source

COVERED = "Apr 2015 to Mar 2025"


def contracts(description: Path) -> dict[str, Source]:
    """Source id → contract, in the order of the description."""
    said: dict[str, Any] = YAML(typ="safe").load(description)
    return {one["name"]: _contract(one, said) for one in said["sources"]}


def _contract(one: dict[str, Any], said: dict[str, Any]) -> Source:
    key, number, date_forms = one["key"], one["number"], [one["date_format"]]

    def among(heading: str, values: list[str]) -> dict[str, Any]:
        return {"header": heading, "required": True, "allowed": values}

    def text(heading: str) -> dict[str, Any]:
        return {"header": heading}

    day = {"type": "date", "date_forms": date_forms}
    columns = {
        key["column"]: {"header": key["column"], "required": True, "pattern": f"{key['prefix']}[0-9]{{7}}"},
        one["opened"]: {
            "header": one["opened"], "required": True, **day,
            "earliest": said["opened_min"], "latest": said["opened_max"],
        },
        one["closed"]: {"header": one["closed"], **day, "not_before": one["opened"]},
        one["area"]: among(one["area"], said["areas"]),
        one["category"]["column"]: among(one["category"]["column"], one["category"]["values"]),
        number["column"]: {
            "header": number["column"], "required": True, "minimum": number["min"], "maximum": number["max"],
            "type": "integer" if number["kind"] == "int" else "number",
        },
        one["status"]["column"]: among(one["status"]["column"], one["status"]["values"]),
        **{name: text(name) for name in one["text"]},
    }  # fmt: skip
    return Source.model_validate(
        {
            "title": one["name"], "publisher": one["directorate"], "holds": "records", "format": "delimited",
            "files": [f"{one['name']} *.csv"], "columns": columns, "key": [key["column"]],
            "repeated_key": "keep_first",
            "period": {"within": "file_name", "find": f"{one['name']} (.*)[.]csv", "forms": ["month_range"]},
        }
    )  # fmt: skip


def naming(source: Source) -> Callable[[str, str | None], tuple[str, str]]:
    """Problem code and heading → the name of the check in the description, and its column."""
    named = _names(source)
    return lambda code, heading: named[code, heading]


def _names(source: Source) -> dict[tuple[str, str | None], tuple[str, str]]:
    key, opened, closed, area, category, number, status = list(source.columns)[:7]
    named = {
        "key_null": ("cell_missing", key), "key_pattern": ("wrong_pattern", key),
        "opened_parse": ("not_a_date", opened), "opened_range": ("out_of_range", opened),
        "closed_parse": ("not_a_date", closed), "closed_order": ("date_order", closed),
        "area_set": ("not_allowed", area), "category_set": ("not_allowed", category),
        "number_parse": ("not_a_number", number), "number_range": ("out_of_range", number),
        "status_set": ("not_allowed", status),
    }  # fmt: skip
    found: dict[tuple[str, str | None], tuple[str, str]] = {
        (code, column): (check, column) for check, (code, column) in named.items()
    }
    blank = {opened: "opened_parse", area: "area_set", category: "category_set", number: "number_parse"}
    found |= {("cell_missing", column): (check, column) for column, check in {**blank, status: "status_set"}.items()}
    return {**found, ("duplicate_key", None): ("key_unique", key)}
