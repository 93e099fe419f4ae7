"""What is taken in besides plain files that can be read: shut files and folders, and databases that are asked."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from small_council import CATALOGUE, GOOD, load, write_council

from pipelines.archive import Archive
from pipelines.ledger import Ledger
from pipelines.receiving import receive
from scorecard.catalogue import read_catalogue
from scorecard.settings import Settings
from scorecard.snapshot.folder import current

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Whoever may read everything puts that aside for a while."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    """Rows of the snapshot being served."""
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_shut_file_or_folder_is_refused_by_name_and_the_others_are_archived() -> None:
    """What cannot be read for want of permission is one refusal each; nothing else is held up."""
    with TemporaryDirectory() as made:
        root = Path(made)
        root.chmod(0o777)
        settings = write_council(root, {"returns.csv": GOOD, "returns 2.csv": GOOD + "\n"})
        (settings.inbox / "shut").mkdir()
        (settings.inbox / "shut" / "returns 3.csv").write_text(GOOD)
        for place, mode in ((settings.inbox / "returns 2.csv", 0), (settings.inbox / "shut", 0)):
            place.chmod(mode)
        archive, ledger, catalogue = Archive(settings.data), Ledger(settings.data), read_catalogue(settings.catalogue)
        archive.sweep()
        archive.folder.chmod(0o777)
        with as_nobody():
            arrived = receive(settings, catalogue, archive, ledger, print)
        (settings.inbox / "shut").chmod(0o755)
        assert [file.path for file in arrived.files] == ["returns.csv"]
        assert archive.place(arrived.files[0].sha256, "returns.csv").read_text() == GOOD
        told = {problem.path: (problem.code.value, problem.severity.value) for problem in arrived.problems}
        assert told == {"returns 2.csv": ("unreadable_file", "refuse"), "shut": ("unreadable_file", "refuse")}
        assert all("Permission denied" in problem.sentence for problem in arrived.problems)
        assert arrived.is_held_back("shut/returns 3.csv")


def test_a_database_is_asked_like_a_file_and_its_last_good_answer_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is archived and read by its contract; while the database is away, the figures stay and it is said."""
    database = tmp_path / "calls.sqlite"
    with sqlite3.connect(database) as connection:
        connection.execute("create table call (place text, month text, code text, n integer)")
        connection.execute("insert into call values ('Littleborough', 'Oct 2026', 'calls', 77)")
    monkeypatch.setenv("CALLS_DATABASE", f"sqlite:///{database}")
    settings = write_council(tmp_path, {})
    settings.catalogue.write_text(
        CATALOGUE.replace('    files: ["returns*.csv"]\n    format: delimited\n', """    format: query
    query:
      connection: CALLS_DATABASE
      statement: 'select place as "Place", month as "Month", code as "Code", n as "Count", 1 as "Out of" from call'
""")
    )  # fmt: skip
    load(settings)
    assert ask(settings, "select value from observation") == [(77,)]
    assert ask(settings, "select path from load") == [("query/returns.parquet",)]
    assert not load(settings).published, "the same answer is no news"
    database.rename(tmp_path / "gone.sqlite")
    monkeypatch.setenv("CALLS_DATABASE", "sqlite:////nowhere/at/all.sqlite")
    outcome = load(settings)
    assert outcome.refused == 1
    assert ask(settings, "select value from observation") == [(77,)]
    codes = {code for (code,) in ask(settings, "select code from problem")}
    assert {"query_failed", "earlier_version_kept"} <= codes
