"""What people usually write: pandas reads each file, Great Expectations checks it, what is sound goes to DuckDB.

Columns are parsed by pandas at one go, and the quick kinds of expectation are chosen. Run by itself:
python -m bench.ingest.usual FOLDER DATABASE
"""

import sys
from pathlib import Path
from typing import Any

import duckdb
import great_expectations as gx
import great_expectations.expectations
import numpy as np
import pandas as pd

from bench.ingest.workload import COVERED, PARISHES, SERVICES, Service

gxe: Any = great_expectations.expectations  # it exports its classes in a way that a type checker cannot follow


def load(folder: Path, database: Path) -> None:
    """A table for each service, and `rejects`."""
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    store = context.data_sources.add_pandas("files")
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            'create table rejects(source varchar, line bigint, "check" varchar, "column" varchar, raw varchar)'
        )
        for service in SERVICES:
            path = folder / "inbox" / f"{service.id} {COVERED}.csv"
            frame = _read(path, service)
            asset = store.add_dataframe_asset(service.id).add_batch_definition_whole_dataframe("all")
            checks = _checks(service)
            suite = gx.ExpectationSuite(name=service.id, expectations=[check for _, _, check in checks])
            asked = {"result_format": "COMPLETE", "unexpected_index_column_names": ["line"]}
            result = asset.get_batch({"dataframe": frame}).validate(suite, result_format=asked)
            _store(connection, service, frame, checks, result)


def _read(path: Path, service: Service) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=object, keep_default_na=False, na_values=[""])
    frame["line"] = np.arange(2, len(frame) + 2)
    for name in ("opened", "closed"):
        frame[f"{name}_day"] = pd.to_datetime(frame[name], format=service.day_form, errors="coerce")
    frame["closed_sound"] = frame["closed_day"].notna() | frame["closed"].isna()
    frame["number"] = pd.to_numeric(frame["size"], errors="coerce")
    frame["again"] = frame["ref"].duplicated() & frame["ref"].notna()
    return frame


def _checks(service: Service) -> list[tuple[str, str, Any]]:
    """Code, column and expectation, in the order in which they count."""
    first, last = pd.Timestamp(2000, 1, 1), pd.Timestamp(2027, 12, 31)
    open_between = {"column": "opened_day", "min_value": first, "max_value": last}
    days = {"column_A": "closed_day", "column_B": "opened_day", "ignore_row_if": "either_value_is_missing"}
    sets = {"place": PARISHES, "sort": list(service.sorts), "state": ["Open", "Done", "Refused"]}
    pattern = rf"^{service.letters}[0-9]{{8}}$"
    return [
        ("cell_missing", "ref", gxe.ExpectColumnValuesToNotBeNull(column="ref")),
        ("wrong_pattern", "ref", gxe.ExpectColumnValuesToMatchRegex(column="ref", regex=pattern)),
        ("duplicate_key", "ref", gxe.ExpectColumnValuesToBeInSet(column="again", value_set=[False])),
        ("not_a_date", "opened", gxe.ExpectColumnValuesToNotBeNull(column="opened_day")),
        ("out_of_range", "opened", gxe.ExpectColumnValuesToBeBetween(**open_between)),
        ("not_a_date", "closed", gxe.ExpectColumnValuesToBeInSet(column="closed_sound", value_set=[True])),
        ("date_order", "closed", gxe.ExpectColumnPairValuesAToBeGreaterThanB(or_equal=True, **days)),
        ("not_a_number", "size", gxe.ExpectColumnValuesToNotBeNull(column="number")),
        ("out_of_range", "size", gxe.ExpectColumnValuesToBeBetween(column="number", min_value=0, max_value=100_000)),
        *(("cell_missing", name, gxe.ExpectColumnValuesToNotBeNull(column=name)) for name in sets),
        *(
            ("area_unknown" if name == "place" else "not_allowed", name,
             gxe.ExpectColumnValuesToBeInSet(column=name, value_set=texts))
            for name, texts in sets.items()
        ),
    ]  # fmt: skip


def _store(connection: Any, service: Service, frame: pd.DataFrame, checks: list[Any], result: Any) -> None:
    """Sound rows typed, and the others each under the first check that it fails."""
    order = {_asked(check.configuration): at for at, (_, _, check) in enumerate(checks)}
    first = np.full(len(frame), len(checks))
    for one in result.results:
        lines = [each["line"] for each in one.result.get("unexpected_index_list") or ()]
        at = np.array(lines, dtype=np.int64) - 2
        first[at] = np.minimum(first[at], order[_asked(one.expectation_config)])
    bad = np.flatnonzero(first < len(checks))
    codes, columns = zip(*((checks[at][0], checks[at][1]) for at in first[bad]), strict=True)
    raw = [frame.at[row, column] for row, column in zip(bad, columns, strict=True)]
    rejects = pd.DataFrame({"source": service.id, "line": bad + 2, "check": codes, "column": columns, "raw": raw})
    sound = frame.loc[first == len(checks)].assign(
        opened=lambda rows: rows["opened_day"], closed=lambda rows: rows["closed_day"], size=lambda rows: rows["number"]
    )
    connection.register("sound", sound.iloc[:, :9])
    connection.execute(
        f'create table "{service.id}" as select * replace (opened::date as opened, closed::date as closed) from sound'
    )
    connection.register("rejected", rejects)
    connection.execute("insert into rejects select * from rejected")


def _asked(configuration: Any) -> tuple[str, str]:
    kwargs = configuration.kwargs
    return configuration.type, kwargs.get("column") or kwargs["column_A"]


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
