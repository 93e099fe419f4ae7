"""A snapshot judged again from what it holds: its figures and the catalogue they were made with."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.before import Before, read_before
from pipelines.exception_rows import exception_tables
from pipelines.judging import Areas, Figures, Judgements, judge_all
from scorecard.catalogue import Catalogue
from scorecard.judge.data import Loaded
from scorecard.judge.exceptions import ExceptionList, Memory, exceptions
from scorecard.judge.exceptions.ranking import rank
from scorecard.judge.finding import Finding
from scorecard.periods import Period
from scorecard.snapshot.store import READ_ONLY

LATEST_LOADS: Final = """
    select source_id, title, rows_found, rows_set_aside from load join source using (source_id)
    join source_file using (sha256, path)
    where load.outcome = 'loaded' and rows_found > 0 order by modified_at, load_id
"""
RESTATED: Final = "from finding where judgement = 'data' and status = 'restated' order by measure_id, area_code"
Series = tuple[str, str]


@dataclass(frozen=True)
class Held:
    """All that judging needs of a snapshot."""

    catalogue: Catalogue
    figures: Figures
    areas: Areas
    as_at: date
    before: Before
    restated: pd.DataFrame
    """Rows of the table finding that cannot be found again: they compare with the snapshot before this one."""


def held_in(path: Path) -> Held:
    """Read a snapshot. Raises duckdb.Error or pydantic.ValidationError when it is unreadable or of an older form."""
    with duckdb.connect(str(path), read_only=True, config=dict(READ_ONLY)) as connection:
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
            _frame(connection, "from observation"), _frame(connection, "from breakdown"), sources,
            {source: Loaded(title, found, aside) for source, title, found, aside in loads},
        )  # fmt: skip
        before = read_before(connection)
        restated = _frame(connection, RESTATED)
    areas = Areas(
        home,
        [code for code, _, within, _ in places if within == home],
        [code for code, _, _, rank in places if rank is not None],
        {code: name for code, name, _, _ in places},
        {code: float(area.population) for code, area in catalogue.areas.listed.items() if area.population},
    )
    return Held(catalogue, figures, areas, as_at, before, restated)


def judged_again(path: Path) -> Judgements:
    """The judgements of a snapshot made again.

    Restatements are taken over as they were found: they compare with the snapshot before it. A forecast stands as it
    was first said, as in a run. Raises as `held_in` does.
    """
    return judged_from(held_in(path))


def judged_from(held: Held) -> Judgements:
    """The same for what was read of a snapshot, or for a part of it (`of_one`, `until`)."""
    made = judge_all(held.catalogue, held.figures, held.areas, held.as_at, held.before)
    restated = held.restated[held.restated["measure_id"].isin(list(held.catalogue.measures))]
    if restated.empty:
        return made
    findings = pd.concat([made.tables["finding"], restated], ignore_index=True)
    listed = _listed_again(held, made.listed, findings, set(restated["measure_id"]))
    return Judgements({**made.tables, "finding": findings, **exception_tables(listed)}, listed)


def of_one(held: Held, measure_id: str) -> Held:
    """What it takes to judge one measure as in a run: itself, and all measures whose parts are tested together."""
    observations, breakdown = held.figures.observations, held.figures.breakdown
    of_parts = observations[observations["area_code"].isin(list(held.areas.parts))]["measure_id"]
    wanted = {measure_id, *of_parts, *breakdown["measure_id"]}
    kept = {name: each for name, each in held.catalogue.measures.items() if name in wanted}
    figures = replace(held.figures, observations=observations[observations["measure_id"].isin(list(kept))])
    return replace(held, catalogue=held.catalogue.model_copy(update={"measures": kept}), figures=figures)


def until(held: Held, measure_id: str, period: Period, as_at: date) -> Held:
    """What would have been held when `period` was the latest of a measure, as far as the snapshot tells.

    Figures are as they are known now, those of peers, wards and breakdowns up to the same day. What became of the
    files' rows then is not known and left out; so is what was restated. Memory and forecasts are those of earlier runs.
    """
    figures, before = held.figures, held.before
    forecasts = tuple(
        replace(each, outturn=None) for each in before.forecasts if not each.back_cast and each.made_from < period.end
    )
    memory = Memory(tuple(each for each in before.memory.rows if each.period_end <= period.end))
    return replace(
        held,
        figures=replace(
            figures, observations=_until(figures.observations, measure_id, period),
            breakdown=_until(figures.breakdown, measure_id, period), loaded={},
        ),
        as_at=as_at,
        before=Before(memory=memory, forecasts=forecasts),
        restated=held.restated.iloc[0:0],
    )  # fmt: skip


def findings_in(table: pd.DataFrame, measure_id: str) -> tuple[dict[Series, list[Finding]], dict[Series, Period]]:
    """The findings of one measure out of rows of the table finding, and the period each series was judged as at."""
    found: dict[Series, list[Finding]] = {}
    periods: dict[Series, Period] = {}
    rows = table[table["measure_id"] == measure_id] if len(table) else table
    for row in rows.to_dict("records"):
        series = str(row["measure_id"]), str(row["area_code"])
        found.setdefault(series, []).append(
            Finding(
                row["judgement"],
                row["status"],
                row["sentence"],
                None if pd.isna(row["adverse"]) else bool(row["adverse"]),
                float(row["strength"]),
                json.loads(row["evidence"]),
            )
        )
        periods[series] = Period(row["period_start"], row["period_end"])
    return found, periods


def _listed_again(held: Held, listed: ExceptionList, findings: pd.DataFrame, measures: set[str]) -> ExceptionList:
    """The exceptions with those of some measures, which have findings more than were known, listed again."""
    found: dict[Series, Sequence[Finding]] = {}
    periods: dict[Series, Period] = {}
    for measure_id in measures:
        some, their = findings_in(findings, measure_id)
        found |= some
        periods |= their
    again = exceptions(
        held.catalogue, found, held.before.memory, held.as_at, home=held.areas.home, periods=periods,
        names=held.areas.names, people=held.areas.people,
    )  # fmt: skip
    return replace(
        listed,
        entries=tuple(sorted(_both(listed.entries, again.entries, measures), key=rank)),
        memory=Memory(
            tuple(
                sorted(
                    _both(listed.memory.rows, again.memory.rows, measures),
                    key=lambda each: (each.place, each.concern, each.period_end),
                )
            )
        ),
    )


def _both(known: Sequence[Any], again: Sequence[Any], measures: set[str]) -> list[Any]:
    """Of the measures those of `again`, of all others those that are known."""
    others = [each for each in known if each.place.measure_id not in measures]
    return others + [each for each in again if each.place.measure_id in measures]


def _until(frame: pd.DataFrame, measure_id: str, period: Period) -> pd.DataFrame:
    """The rows up to a period: of the measure itself by the order of its panel, of others by their last day."""
    starts, ends = frame["period_start"], frame["period_end"]
    own = (starts < period.start) | ((starts == period.start) & (ends <= period.end))
    return frame[own.where(frame["measure_id"] == measure_id, ends <= period.end)]


def _frame(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    frame = connection.execute(query).df()
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].dt.date
    return frame
