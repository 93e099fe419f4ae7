"""A snapshot judged again from what it holds: its figures and the catalogue they were made with."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.before import Before, read_before
from pipelines.judging import Areas, Figures, Judgements, judge_all
from scorecard.catalogue import Catalogue
from scorecard.judge.data import Loaded

LATEST_LOADS = """
    select source_id, title, rows_found, rows_set_aside from load join source using (source_id)
    join source_file using (sha256, path)
    where load.outcome = 'loaded' and rows_found > 0 order by modified_at, load_id
"""


@dataclass(frozen=True)
class Held:
    """All that judging needs of a snapshot."""

    catalogue: Catalogue
    figures: Figures
    areas: Areas
    as_at: date
    before: Before


def held_in(path: Path) -> Held:
    """Read a snapshot. Raises duckdb.Error when it cannot be read or is of an older form."""
    with duckdb.connect(str(path), read_only=True) as connection:
        row = connection.execute("select area_code, as_at, catalogue from council").fetchone()
        assert row is not None, "a snapshot has one council"
        home, as_at, text = row
        catalogue = Catalogue.model_validate_json(text)
        places = connection.execute(
            "select area_code, name, within, peer_rank from area order by peer_rank, area_code"
        ).fetchall()
        sources = dict(connection.execute("select load_id, title from load join source using (source_id)").fetchall())
        loads = connection.execute(LATEST_LOADS).fetchall()
        figures = Figures(
            _frame(connection, "observation"), _frame(connection, "breakdown"), sources,
            {source: Loaded(title, found, aside) for source, title, found, aside in loads},
        )  # fmt: skip
        before = read_before(connection)
    areas = Areas(
        home,
        [code for code, _, within, _ in places if within == home],
        [code for code, _, _, rank in places if rank is not None],
        {code: name for code, name, _, _ in places},
        {code: float(area.population) for code, area in catalogue.areas.listed.items() if area.population},
    )
    return Held(catalogue, figures, areas, as_at, before)


def judged_again(path: Path) -> Judgements:
    """The judgements of a snapshot made again. Restatements are left out: they need the snapshot before it."""
    held = held_in(path)
    return judge_all(held.catalogue, held.figures, held.areas, held.as_at, held.before)


def _frame(connection: duckdb.DuckDBPyConnection, table: str) -> pd.DataFrame:
    frame = connection.execute(f"from {table}").df()
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].dt.date
    return frame
