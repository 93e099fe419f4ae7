"""The workload of many series: counted, charted and judged, on a small input of the same form."""

import math
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from bench.workload.charts import store_charts
from bench.workload.judgements import store_judgements
from bench.workload.observations import observations

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT.parent / "shared" / "bench"
AREAS = [f"Area {letter}" for letter in "ABCDEFGHIJ"]
MONTHS = 30


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten areas with a returned ratio, a returned count and one table of records; a month of one area is missing."""
    file = tmp_path_factory.mktemp("workload") / "input.duckdb"
    random = np.random.default_rng(5)
    with duckdb.connect(str(file)) as connection:
        connection.execute("""
            create table returns (metric_id varchar, area varchar, period date, numerator double, denominator double);
            create table metric (metric_id varchar, name varchar, source varchar, directorate varchar, unit varchar,
                                 good varchar, target double, amber double);
            create table calls (call_ref varchar, call_date date, resolved_date date, caller_ward varchar,
                                queue varchar, wait_seconds integer, outcome varchar);
        """)
        connection.executemany(
            "insert into metric values (?, ?, 'returns', 'Place', ?, ?, ?, ?)",
            [
                ("M001", "Answered in time", "percent", "up", 80.0, 4.0),
                ("M002", "Fly-tips", "count", "down", 40.0, 2.0),
                ("calls_volume", "Calls: volume", "count", "down", 3.0, 1.0),
                ("calls_ontime", "Calls: ontime", "percent", "up", 75.0, 5.0),
                ("calls_mean", "Calls: mean", "mean", "down", 50.0, 5.0),
            ],
        )
        rows: list[list[Any]] = []
        calls: list[list[Any]] = []
        for area in AREAS:
            for month in range(MONTHS):
                day = date(2022 + (month + 3) // 12, (month + 3) % 12 + 1, 1)
                if (area, month) != (AREAS[1], 25):
                    rows.append(["M001", area, day, float(random.binomial(200, 0.8)), 200.0])
                rows.append(["M002", area, day, float(random.poisson(40) + (60 if month == 20 else 0)), None])
                for at in range(3):
                    closed = None if at == 2 else day.replace(day=at * 3 + 2)
                    calls.append([f"{area}{month}{at}", day, closed, area, "q", int(random.integers(1, 99)), "done"])
        connection.executemany("insert into returns values (?, ?, ?, ?, ?)", rows)
        connection.executemany("insert into calls values (?, ?, ?, ?, ?, ?, ?)", calls)
    return file


@pytest.fixture(scope="module")
def charted(made: Path) -> list[dict[str, Any]]:
    """The rows of table kpi."""
    file = made.with_name("kpi.duckdb")
    store_charts(made, file)
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.sql("from kpi order by metric_id, area, period").df().to_dict("records")


def test_records_are_counted_and_ratios_worked_out(made: Path) -> None:
    """Cases, the share closed in time and the mean number come of the records; a missing month stays missing."""
    found = observations(made)
    assert [metric.metric_id for metric in found.metrics] == [
        "M001",
        "M002",
        "calls_mean",
        "calls_ontime",
        "calls_volume",
    ]
    assert found.areas == tuple(AREAS)
    assert found.values.shape == (50, MONTHS)
    assert np.isnan(found.values[1, 25]) and np.isnan(found.values).sum() == 1
    assert (found.values[40:] == 3).all()
    np.testing.assert_allclose(found.values[30:40], 100 / 3)
    np.testing.assert_allclose(found.values[0], found.numerators[0] / 2)


def test_each_figure_is_charted_and_held_against_its_target(charted: list[dict[str, Any]]) -> None:
    """A row for each figure, with limits of its own series, its special causes and its colour."""
    assert len(charted) == 5 * 10 * MONTHS - 1
    own = [row for row in charted if (row["metric_id"], row["area"]) == ("M002", AREAS[0])]
    values = [row["value"] for row in own]
    assert math.isclose(own[0]["mean"], sum(values) / len(values))
    jump = own[20]
    assert jump["outside"] and jump["value"] > jump["upper"] and jump["signal"] == "concern" and jump["rag"] == "red"
    assert {row["rag"] for row in charted} == {"green", "amber", "red"}


def test_charts_import_neither_pandas_nor_the_catalogue(made: Path) -> None:
    """What a run imports is part of its cost."""
    script = (
        "import sys, pathlib; from bench.workload.charts import store_charts\n"
        "store_charts(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
        "assert not {'pandas', 'pyarrow', 'pydantic', 'scipy'} & set(sys.modules)"
    )
    out = made.with_name("light.duckdb")
    subprocess.run([sys.executable, "-c", script, str(made), str(out)], cwd=ROOT, check=True)


def test_every_judgement_of_every_area_is_stored(made: Path) -> None:
    """All ten judgements are there, and each that needs no better end speaks of each of the fifty series."""
    data = made.with_name("data")
    store_judgements(made, data)
    with duckdb.connect(str(data / "snapshots" / "current"), read_only=True) as connection:
        told = dict(
            connection.execute(
                "select judgement, count(distinct (measure_id, area_code)) from finding where area_code <> 'Council'"
                " group by all"
            ).fetchall()
        )
        judged = connection.execute("select count(*) from judgement where area_code <> 'Council'").fetchone()
        charts = connection.execute("select count(*) from variation").fetchone()
    seven = {"target", "shape", "variation", "change", "direction", "assurance", "forecast"}
    assert all(told[name] == 50 for name in seven | {"peers"})
    assert set(told) == seven | {"peers", "parts", "data"}
    assert told["data"] == 1  # the only series with a month missing
    assert judged == (5 * 10 * MONTHS - 1,)
    assert charts and charts[0] > 0


def test_the_reference_check_says_done(tmp_path: Path) -> None:
    """The reference workload's own check, where the workload lies beside this checkout and its input has been made."""
    given = os.environ.get("SCORECARD_WORKLOAD")
    if not REFERENCE.exists() or not given:
        pytest.skip("needs the reference workload in ../shared/bench and its input's path in SCORECARD_WORKLOAD")
    pytest.importorskip("yaml", reason="the reference check reads its spec with PyYAML")
    out = tmp_path / "kpi.duckdb"
    store_charts(Path(given), out)
    command = [sys.executable, "verify_j2.py", "--input", given, "--out", str(out)]
    done = subprocess.run(command, cwd=REFERENCE, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "DONE"
