"""Rows that were set aside: which files have them, and the rows of one file as its submitter knows them."""

import json
from dataclasses import dataclass

import pandas as pd

from scorecard.snapshot.quality import OF_SOURCES, Sources, listed
from scorecard.snapshot.store import Snapshot


@dataclass(frozen=True)
class HeldRow:
    """One row as it stood, and why it was set aside."""

    number: int
    """As a spreadsheet or text editor shows it."""
    code: str
    reason: str
    what_to_do: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class HeldSheet:
    """The rows set aside of one file, or of one sheet of it."""

    name: str | None
    """The sheet; None for a file that has none."""
    delimiter: str | None
    top: tuple[tuple[str, ...], ...]
    """The rows above the figures, the headings last, as they stood."""
    rows: tuple[HeldRow, ...]


def files_with_held_rows(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per file with rows set aside that have not come back mended, by source and path. None below officers.

    source_id, source, publisher, path, rows (how many), is_delimited, refused (nothing of the
    file, or of a sheet, is used).
    """
    return snapshot.query(
        f"""
        select l.source_id, coalesce(s.title, l.source_id) as source, s.publisher, l.path, count(*) as rows,
            bool_or(l.delimiter is not null or l.sheet is null) as is_delimited,
            bool_or(l.outcome = 'refused') as refused
        from quarantined_row q join load l using (load_id) left join source s using (source_id)
        where q.put_right_in is null and {OF_SOURCES.format("l.source_id")}
        group by all order by source, l.path
        """,
        [listed(sources)],
    )


def held_rows(snapshot: Snapshot, path: str) -> list[HeldSheet]:
    """The rows of one file that were set aside and have not come back mended, by sheet and row number.

    A row of a wide table may have several reasons: they are joined. Empty for a file that has none.
    """
    found = snapshot.query(
        """
        select l.sheet, any_value(l.delimiter) as delimiter, any_value(l.top) as top, q.source_row,
            first(q.code order by q.code) as code, string_agg(distinct q.sentence, ' ') as sentence,
            any_value(p.fix) as fix, any_value(q.cells) as cells
        from quarantined_row q join load l using (load_id)
        left join (select code, any_value(fix) as fix from problem group by code) p on p.code = q.code
        where l.path = $1 and q.put_right_in is null
        group by l.sheet, q.source_row order by l.sheet, q.source_row
        """,
        [path],
    )
    sheets = []
    for name, rows in found.groupby(found["sheet"].fillna(""), sort=False):
        first = rows.iloc[0]
        top = tuple(tuple(row) for row in json.loads(first["top"] or "[]"))
        delimiter = first["delimiter"] if isinstance(first["delimiter"], str) else None
        sheets.append(HeldSheet(str(name) or None, delimiter, top, tuple(_row(row) for _, row in rows.iterrows())))
    return sheets


def _row(row: pd.Series) -> HeldRow:
    cells = json.loads(row["cells"])
    texts = cells.values() if isinstance(cells, dict) else cells
    fix = row["fix"] if isinstance(row["fix"], str) else ""
    return HeldRow(int(row["source_row"]), str(row["code"]), str(row["sentence"]), fix, tuple(map(str, texts)))
