"""Snapshots: written aside, proved, switched to in one step, never in a reader's way."""

import os
import threading
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from small_council import load, write_council

from pipelines.publish import publish
from scorecard.errors import NoSnapshot, RunFailed
from scorecard.snapshot.folder import KEPT, current, folder_of, listing, published_at, switch


def theme(title: str) -> dict[str, pd.DataFrame]:
    """A snapshot's tables with one row in one of them."""
    return {"theme": pd.DataFrame([{"theme_id": "t", "position": 0, "title": title, "question": "?"}])}


def title_in(path: Path) -> str:
    """The one title of a snapshot, by a connection of its own."""
    with duckdb.connect(str(path), read_only=True) as connection:
        (row,) = connection.execute("select title from theme").fetchall()
    return str(row[0])


def test_publishing_switches_current_and_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    """A reader who resolved the old name keeps reading it; a new one gets the new figures."""
    publish(tmp_path, theme("first"))
    old = current(tmp_path)
    before = old.read_bytes()
    with duckdb.connect(str(old), read_only=True) as reader:
        publish(tmp_path, theme("second"))
        assert reader.execute("select title from theme").fetchall() == [("first",)]
    assert title_in(current(tmp_path)) == "second"
    assert old.read_bytes() == before
    assert old.stat().st_mode & 0o222 == 0, "nobody may write to a published file"
    assert [snapshot.is_current for snapshot in listing(tmp_path)] == [True, False]


def test_reading_goes_on_through_many_publications(tmp_path: Path) -> None:
    """Four readers asking all the while see only whole snapshots, never an error and never an older one again."""
    publish(tmp_path, theme("0"))
    stop, faults, seen = threading.Event(), [], [0]

    def read() -> None:
        last = 0
        while not stop.is_set():
            try:
                now = int(title_in(current(tmp_path)))
            except Exception as fault:
                faults.append(fault)
                return
            if now < last:
                faults.append(AssertionError(f"{now} after {last}"))
            last = now
            seen[0] += 1

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, 4):
        publish(tmp_path, theme(str(number)))
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert seen[0] >= 4


def test_what_a_killed_run_left_is_swept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    """A half-built file is no snapshot; the next run removes it."""
    publish(tmp_path, theme("good"))
    left = folder_of(tmp_path) / ".building-999999.duckdb"
    left.write_bytes(b"half a file")
    assert len(listing(tmp_path)) == 1
    publish(tmp_path, theme("better"))
    assert not left.exists()
    assert title_in(current(tmp_path)) == "better"


def test_a_snapshot_that_cannot_be_written_leaves_the_last_good_one(tmp_path: Path) -> None:
    """A row that breaks the tables' rules fails the run in words, and nothing is switched."""
    publish(tmp_path, theme("good"))
    twice = {"theme": pd.concat([theme("a")["theme"], theme("b")["theme"]])}
    with pytest.raises(RunFailed, match="last good one is still served"):
        publish(tmp_path, twice)
    assert title_in(current(tmp_path)) == "good"
    assert sorted(path.name[0] for path in folder_of(tmp_path).iterdir()) == ["2", "c"]


def test_no_snapshot_says_where_it_looked_and_what_to_run(tmp_path: Path) -> None:
    """The folder, the setting and the command are in the message."""
    with pytest.raises(NoSnapshot, match=r"SCORECARD_DATA.*python -m pipelines run") as caught:
        current(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_several_snapshots_in_one_second_have_names_in_order(tmp_path: Path) -> None:
    """Names sort as they were published, and tell when."""
    names = [publish(tmp_path, theme(str(number))) for number in range(3)]
    assert names == sorted(names)
    assert len(set(names)) == 3
    assert all(published_at(Path(name)).tzinfo for name in names)


def test_pruning_never_removes_the_one_being_served(tmp_path: Path) -> None:
    """Rolled back to the oldest, it stays whatever comes after."""
    names = [publish(tmp_path, theme(str(number))) for number in range(2)]
    switch(folder_of(tmp_path), f"{names[0]}.duckdb")
    from pipelines.publish import _prune

    for number in range(KEPT):
        os.link(
            folder_of(tmp_path) / f"{names[1]}.duckdb", folder_of(tmp_path) / f"2999-01-{number + 1:02d}T000000Z.duckdb"
        )
    _prune(tmp_path)
    assert title_in(current(tmp_path)) == "0"
    assert len(listing(tmp_path)) == KEPT + 1


def test_every_table_of_a_real_run_agrees_with_the_others(tmp_path: Path) -> None:
    """Observations, judgements and exceptions name only measures, areas, loads and files that are there."""
    settings = write_council(tmp_path)
    load(settings)
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        for table, column, other in [
            ("observation", "measure_id", "measure"), ("observation", "area_code", "area"),
            ("observation", "load_id", "load"),
            ("observation", "sha256", "source_file"), ("judgement", "measure_id", "measure"),
            ("judgement", "area_code", "area"),
            ("exception", "measure_id", "measure"), ("load", "source_id", "source"), ("measure", "theme_id", "theme"),
            ("measure", "service_id", "service"), ("check_result", "load_id", "load"), ("council", "area_code", "area"),
        ]:  # fmt: skip
            orphans = connection.execute(f"select count(*) from {table} anti join {other} using ({column})").fetchall()
            assert orphans == [(0,)], f"{table}.{column} → {other}"
