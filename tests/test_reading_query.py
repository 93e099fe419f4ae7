"""A database asked for a source: its answer as a file, its faults as problems that say no address."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from pipelines.problems import Code, Refused
from pipelines.read import query
from pipelines.read.opening import open_rows
from pipelines.read.query import fetch
from scorecard.catalogue import Source

SERVER = os.environ.get("SCORECARD_TEST_POSTGRESQL", "")


def source(statement: str) -> Source:
    """A source that asks the database named by CASES_DB."""
    asked = {"connection": "CASES_DB", "statement": statement}
    contract = {"title": "T", "publisher": "P", "format": "query", "query": asked}
    return Source.model_validate(contract | {"columns": {"ward": {"header": "ward"}}})


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A SQLite file with three cases, named by CASES_DB."""
    connection = sqlite3.connect(tmp_path / "s3cret.db")
    connection.execute("CREATE TABLE cases (id INTEGER, ward TEXT, cost REAL, odd)")
    rows = [(2**60 + 1, "Môn: 100%", 0.1, 1), (2, None, None, "x"), (3, "", 2.5, None)]
    connection.executemany("INSERT INTO cases VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    monkeypatch.setenv("CASES_DB", f"sqlite:///{tmp_path / 's3cret.db'}")
    return tmp_path


def answer(statement: str, into: Path) -> list[list[object]]:
    """The rows of the file that asking makes."""
    place = fetch("cases", source(statement), into)
    (rows,) = open_rows(place, source(statement))
    return [list(cells) for _, cells in rows.rows]


def refusal(statement: str, into: Path) -> str:
    """Why asking is refused; no file is left."""
    with pytest.raises(Refused) as caught:
        fetch("cases", source(statement), into)
    assert caught.value.problem.code is Code.query_failed
    assert "s3cret" not in str(caught.value)
    assert not into.exists() or list(into.iterdir()) == []
    return str(caught.value)


def test_what_a_database_answers_is_read_like_a_file(cases: Path) -> None:
    """The names of its columns are the headings; every digit stays; a column of many kinds is text."""
    statement = "SELECT id, ward, cost, odd FROM cases WHERE ward LIKE '%:%' OR id < 9 ORDER BY id DESC"
    assert answer(statement, cases / "out") == [
        ["id", "ward", "cost", "odd"], [2**60 + 1, "Môn: 100%", 0.1, "1"], [3, "", 2.5, None], [2, None, None, "x"],
    ]  # fmt: skip
    assert answer("SELECT id FROM cases WHERE false", cases / "out") == [["id"]]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases", "SELECT 1; DROP TABLE cases", "PRAGMA query_only = off", "ATTACH 'x.db' AS x",
        "WITH x AS (DELETE FROM cases RETURNING *) SELECT * FROM x", "nonsense", "SELECT * INTO other FROM cases",
    ],
)  # fmt: skip
def test_only_a_select_is_asked(cases: Path, statement: str) -> None:
    """Whatever else the contract says is refused before the database hears of it."""
    refusal(statement, cases / "out")
    assert len(answer("SELECT id FROM cases", cases / "out")) == 4


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "is not set"), ("s3cret", "no address"), ("mysql://u:s3cret@h/d", "kind of database"),
        ("sqlite:////s3cret/none.db", "not there"), ("sqlite://", "not there"),
        ("postgresql://u:s3cret@127.0.0.1:1/d", "cannot be reached"),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_told_without_it(
    cases: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    """By the name of the environment variable, or by what happened."""
    monkeypatch.setenv("CASES_DB", address)
    assert said in refusal("SELECT 1", cases / "out")


def test_faults_of_the_statement_are_in_the_database_s_words(cases: Path) -> None:
    """They say what to mend in the contract."""
    assert "no such column: wards" in refusal("SELECT wards FROM cases", cases / "out")
    assert "named 'id'" in refusal("SELECT id, id FROM cases", cases / "out")


def test_rows_and_time_are_limited(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without end is broken off."""
    endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT {} FROM r"
    monkeypatch.setattr(query, "MOST_ROWS", 50_000)
    assert "more than 50,000 rows" in refusal(endless.format("n"), cases / "out")
    monkeypatch.setattr(query, "MOST_SECONDS", 0.2)
    assert "0.2 seconds" in refusal(endless.format("count(*)"), cases / "out")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A PostgreSQL server, where SCORECARD_TEST_POSTGRESQL says there is one."""
    if not SERVER:
        pytest.skip("SCORECARD_TEST_POSTGRESQL names no PostgreSQL database to test against")
    monkeypatch.setenv("CASES_DB", SERVER)
    yield


def test_postgresql_answers_without_loss(server: None, tmp_path: Path) -> None:
    """Long numbers as text with every digit; a time with a zone as the clock in London showed it."""
    statement = """SELECT 9007199254740993 AS id, 'Môn: 100%'::text AS ward, DATE '2026-10-01' AS day,
        TIMESTAMPTZ '2026-10-02 23:30+00' AS closed, 12345678901234.1234::numeric AS cost, NULL AS nothing,
        '{"a": 1}'::jsonb AS info, ARRAY['x'] AS tags, true AS ok"""
    _, row = answer(statement, tmp_path / "out")
    expected = [9007199254740993, "Môn: 100%", date(2026, 10, 1), datetime(2026, 10, 3, 0, 30)]
    assert row == [*expected, "12345678901234.1234", None, '{"a": 1}', '["x"]', True]


def test_postgresql_is_only_read(server: None, tmp_path: Path) -> None:
    """Nor can a statement make it be written: what it says is done in a transaction that cannot."""
    assert "does not exist" in refusal("SELECT none FROM nowhere", tmp_path / "out")
    writing = "SELECT set_config('transaction_read_only', 'off', false)"
    assert "The database refused" in refusal(writing, tmp_path / "out")
