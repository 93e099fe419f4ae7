"""A frame that a question to the snapshot answered, as a table to take away."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scorecard.exports.export import Cell, Column, Export
from scorecard.snapshot import measures
from scorecard.snapshot.store import Snapshot


def export_of(
    snapshot: Snapshot, name: str, title: str, what: str, columns: tuple[Column, ...], frame: pd.DataFrame, *,
    marker: str | None = None, key: tuple[str, ...], facts: tuple[tuple[str, str], ...] = (),
    sources: tuple[str, ...] = (),
) -> Export:  # fmt: skip
    """The rows of a frame under these columns, with the council's name and its notice; missing cells are None."""
    home = measures.council(snapshot)
    notice = (("Please note", str(home["notice"])),) if home["notice"] else ()
    return Export(
        name=name, title=title, what=what, council=str(home["name"]), snapshot=snapshot.name,
        published_at=snapshot.published_at, columns=columns,
        rows=tuple(_row(one, columns) for one in frame.to_dict("records")),
        facts=(*notice, *facts), marker=marker, key=key, sources=sources,
    )  # fmt: skip


def _row(one: Mapping[Any, Any], columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    return tuple(_cell(one[column.name], column.kind) for column in columns)


def _cell(value: Any, kind: str) -> Cell:
    if value is None or pd.isna(value) or value == "":
        return None
    if kind == "date":
        return pd.Timestamp(value).date()
    return float(value) if kind == "number" else int(value) if kind == "integer" else str(value)
