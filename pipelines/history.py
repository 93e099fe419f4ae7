"""Since when each figure has been published as it is, and what was published in its place before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from scorecard.catalogue import Catalogue

KEY: Final = ["measure_id", "area_code", "period_start", "period_end"]
COLUMNS: Final = [
    *KEY, "period", "old_value", "new_value", "old_numerator", "new_numerator", "old_denominator", "new_denominator",
    "old_marker", "new_marker", "known_from", "known_to", "old_sha256", "new_sha256", "old_path", "new_path", "why",
]  # fmt: skip
Versions = Mapping[str, frozenset[tuple[str, str]]]
"""Source → (path, sha256) of the versions whose figures it gives."""

_FIGURES: Final = "measure_id, area_code, period_start, period_end, period"
_BEFORE: Final = f"""
    create temp table before as
    select {_FIGURES}, value, numerator, denominator, marker, records, sha256, {{known_from}} as known_from, path,
        source_id
    from past.observation left join (select load_id, path, source_id from past.load) using (load_id)
"""
_THEN: Final = f"""
    create temp table before as
    select *, null::varchar as source_id, null::bigint as records from (
        select {_FIGURES}, value, numerator, denominator, marker, sha256, known_from, null::varchar as path
        from past.observation where known_from <= $at
        union all
        select {_FIGURES}, old_value, old_numerator, old_denominator, old_marker, old_sha256, known_from, old_path
        from past.restatement where known_from <= $at and known_to > $at)
    qualify row_number() over (partition by {", ".join(KEY)} order by known_from desc) = 1
"""
_NOW: Final = """
    create temp table now as
    select row, measure_id, area_code, period_start::date as period_start, period_end::date as period_end,
        value::double as value, numerator::decimal(28, 9) as numerator, denominator::decimal(28, 9) as denominator,
        marker::varchar as marker, sha256, path
    from incoming
"""
_SAME: Final = """
    coalesce(abs(b.value - n.value) <= 1e-9 * greatest(1, abs(b.value)), b.value is null and n.value is null)
    and b.numerator is not distinct from n.numerator and b.denominator is not distinct from n.denominator
    and b.marker is not distinct from n.marker
"""
_STANDING: Final = f"select row, known_from from now n join before b using ({', '.join(KEY)}) where {_SAME}"
_SUPERSEDED: Final = f"""
    select {", ".join(f"b.{name}" for name in KEY)}, b.period, b.value as old_value, n.value as new_value,
        b.numerator as old_numerator, n.numerator as new_numerator, b.denominator as old_denominator,
        n.denominator as new_denominator, b.marker as old_marker, n.marker as new_marker, b.known_from,
        b.sha256 as old_sha256, n.sha256 as new_sha256, b.path as old_path, n.path as new_path, b.source_id, b.records
    from before b left join now n using ({", ".join(KEY)})
    where n.row is null or not ({_SAME})
    order by all
"""
_RESTATED: Final = f"select {', '.join(COLUMNS)} from past.restatement"


@dataclass(frozen=True)
class Change:
    """What is known of why figures may differ from those published before."""

    catalogue: Catalogue
    versions: Versions = field(default_factory=dict)
    """In use now."""
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    """(path, sha256)."""


def follow(
    base: Path | None, observations: pd.DataFrame, paths: Mapping[int, str], now: datetime, change: Change
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The observations with `known_from` (UTC), and every figure ever superseded, in the columns of `restatement`.

    `base` is the snapshot published before, if there is one; `paths` names the file of each load. A figure is the same
    when value, numerator, denominator and marker are; confidence limits are not followed. Raises duckdb.Error when the
    snapshot cannot be read.
    """
    moment = _naive(now)
    if base is None:
        return observations.assign(known_from=moment), pd.DataFrame(columns=COLUMNS)
    with _opened(base) as connection:
        is_followed = _is_followed(connection)
        since = "known_from" if is_followed else f"timestamp '{_published(connection)}'"
        connection.execute(_BEFORE.format(known_from=since))
        standing, superseded = _compared(connection, observations, paths)
        earlier = connection.execute(_RESTATED).df() if is_followed else None
        definitions = dict(connection.execute("select measure_id, definition_sha256 from past.measure").fetchall())
        loads = connection.execute("select source_id, path, sha256 from past.load where outcome = 'loaded'").fetchall()
    versions = versions_of(loads)
    superseded["known_to"] = moment
    superseded["why"] = [
        _why(source, measure, path, sha, of_many, definitions, versions, change)
        for source, measure, path, sha, of_many in zip(
            superseded["source_id"], superseded["measure_id"], superseded["old_path"], superseded["old_sha256"],
            superseded["records"].notna(), strict=True,
        )
    ]  # fmt: skip
    frames = [frame for frame in (earlier, superseded[COLUMNS]) if frame is not None and len(frame)]
    restated = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)
    return _since(observations, standing, moment), restated


def recall(
    base: Path, observations: pd.DataFrame, paths: Mapping[int, str], at: datetime
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The same for figures built again as they were known at a moment; and how many of those published then differ.

    `base` is a snapshot published since. Raises duckdb.Error when it cannot be read or does not follow its figures.
    """
    moment = _naive(at)
    with _opened(base) as connection:
        connection.execute(_THEN, {"at": moment})
        standing, differing = _compared(connection, observations, paths)
        earlier = connection.execute(f"{_RESTATED} where known_to <= $at", {"at": moment}).df()
    return _since(observations, standing, moment), earlier, len(differing)


@contextmanager
def _opened(base: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        quoted = str(base).replace("'", "''")
        connection.execute(f"attach '{quoted}' as past (read_only)")
        yield connection


def _compared(
    connection: duckdb.DuckDBPyConnection, observations: pd.DataFrame, paths: Mapping[int, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Which rows are as they were, and since when; and those that are not."""
    connection.register("incoming", _typed(observations, paths))
    connection.execute(_NOW)
    return connection.execute(_STANDING).df(), connection.execute(_SUPERSEDED).df()


def _since(observations: pd.DataFrame, standing: pd.DataFrame, moment: datetime) -> pd.DataFrame:
    known = pd.Series(moment, index=range(len(observations)), dtype="datetime64[us]")
    known.loc[standing["row"]] = standing["known_from"].to_numpy()
    return observations.assign(known_from=known.to_numpy())


def _typed(observations: pd.DataFrame, paths: Mapping[int, str]) -> pd.DataFrame:
    """With the number of the row and the file's path; days have their type even where there are none."""
    days = {name: pd.to_datetime(observations[name]) for name in ("period_start", "period_end")}
    path = pd.Series([paths.get(int(load)) for load in observations["load_id"]], index=observations.index, dtype=object)
    return observations.assign(**days, row=range(len(observations)), path=path)


def versions_of(loads: list[tuple[str, str, str]]) -> Versions:
    """By source, of rows (source, path, sha256)."""
    found: dict[str, set[tuple[str, str]]] = {}
    for source_id, path, sha256 in loads:
        found.setdefault(source_id, set()).add((path, sha256))
    return {source_id: frozenset(many) for source_id, many in found.items()}


def _why(
    source_id: str | None, measure_id: str, path: str | None, sha256: str, of_many: bool,
    definitions: Mapping[str, str], before: Versions, change: Change,
) -> str:  # fmt: skip
    """One word for why a figure is no longer published as it was."""
    was, is_now = (each.get(source_id or "", frozenset()) for each in (before, change.versions))
    gone = was - is_now
    # A figure counted from records names only the latest of its files.
    concerned = gone if of_many else gone & {(str(path), sha256)}
    measure = change.catalogue.measures.get(measure_id)
    if concerned & change.withdrawn:
        return "withdrawn"
    if measure is None or definitions.get(measure_id, measure.version) != measure.version:
        return "definition_changed"
    if concerned and not {each for each, _ in concerned} & {each for each, _ in is_now} and not is_now - was:
        return "file_lost"
    return "corrected_file" if was != is_now else "worked_out_anew"


def _is_followed(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the snapshot says since when its figures are known; older forms do not."""
    tables = connection.execute("select table_name from duckdb_tables() where database_name = 'past'").fetchall()
    return ("restatement",) in tables


def _published(connection: duckdb.DuckDBPyConnection) -> datetime:
    """Of a snapshot that does not say since when its figures are known: when it was made."""
    row = connection.execute("select max(started_at) from past.run where outcome = 'published'").fetchone()
    return row[0] if row and row[0] else datetime(1970, 1, 1)


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
