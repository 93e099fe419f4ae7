"""Snapshots: written aside, proved, switched to in one step, never in a reader's way."""

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from small_council import load, write_council

from pipelines.publish import publish
from scorecard.errors import NoSnapshot, RunFailed, SnapshotUnreadable
from scorecard.snapshot.folder import (
    KEPT,
    SEAL,
    current,
    folder_of,
    is_intact,
    listing,
    name_for,
    published_at,
    remove,
    switch,
)
from scorecard.snapshot.store import open_snapshot


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
    assert sorted(path.name[0] for path in folder_of(tmp_path).iterdir()) == ["2", "2", "c"]


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


def test_a_clock_that_was_set_back_changes_no_order(tmp_path: Path) -> None:
    """A name sorts after all others, tells the moment by the clock, and is plain again when the clock is right."""
    folder = folder_of(tmp_path)
    folder.mkdir()
    names = []
    for moment in ("2027-11-22 10:00:00", "2026-11-22 10:00:00", "2026-11-22 10:00:00", "2026-11-22 10:00:01",
                   "2026-11-22 09:00:00", "2027-11-22 10:00:01"):  # fmt: skip
        name = name_for(datetime.fromisoformat(f"{moment}+00:00"), folder)
        (folder / name).touch()
        names.append(Path(name).stem)
    assert [each.name for each in listing(tmp_path)] == list(reversed(names))
    assert names[1] == "2027-11-22T100000Z_2026-11-22T100000Z"
    assert published_at(Path(names[1])).year == 2026
    assert names[5] == "2027-11-22T100001Z"


def test_there_is_always_one_more_name_in_a_second(tmp_path: Path) -> None:
    """However many snapshots one second has, the next sorts after them."""
    folder = folder_of(tmp_path)
    folder.mkdir()
    names = []
    for _ in range(60):
        name = name_for(datetime(2026, 11, 22, tzinfo=UTC), folder)
        (folder / name).touch()
        names.append(Path(name).stem)
    assert names == sorted(set(names))
    assert {published_at(each.path) for each in listing(tmp_path)} == {datetime(2026, 11, 22, tzinfo=UTC)}


def test_a_snapshot_whose_bytes_have_changed_is_not_served(tmp_path: Path) -> None:
    """Its seal tells: one byte flipped, or another good snapshot in its place. Without a seal it is taken on trust."""
    publish(tmp_path, theme("first"))
    first = current(tmp_path)
    publish(tmp_path, theme("second"))
    second = current(tmp_path)
    assert is_intact(first) and is_intact(second)
    for damaged in (bytes([*second.read_bytes()[:-1], 1]), first.read_bytes()):
        second.chmod(0o644)
        second.write_bytes(damaged)
        assert not is_intact(second)
        with pytest.raises(SnapshotUnreadable, match="not those that were published"):
            open_snapshot(second)
    second.with_suffix(SEAL).unlink()
    assert is_intact(second)
    second.unlink()
    assert not is_intact(second)


def test_seals_go_with_their_snapshots(tmp_path: Path) -> None:
    """Neither a pruned snapshot nor a killed run leaves a seal without a file."""
    publish(tmp_path, theme("old"))
    folder = folder_of(tmp_path)
    remove(current(tmp_path))
    (folder / "2026-01-01T000000Z.sha256").write_text("left by a killed run")
    publish(tmp_path, theme("new"))
    assert [path.stem for path in folder.glob(f"*{SEAL}")] == [current(tmp_path).stem]
