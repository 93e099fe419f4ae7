"""Reading snapshots: real DuckDB files, several threads, and everything that can happen to `current`."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from scorecard.errors import NoSnapshot, SnapshotUnreadable
from scorecard.snapshot import store
from scorecard.snapshot.folder import LINK, folder_of, switch
from scorecard.snapshot.measures import latest
from scorecard.snapshot.peers import comparison
from scorecard.snapshot.receipt import receipt
from scorecard.snapshot.series import areas, series
from scorecard.snapshot.store import Snapshot, open_current, open_snapshot
from tests.small_snapshot import CHECKSUM, HOME, publish

OLD, NEW = "2026-11-20T093000Z.duckdb", "2026-11-21T093000Z.duckdb"


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    """The small snapshot, open."""
    yield open_snapshot(publish(tmp_path))


def recycling(snapshot: Snapshot) -> float:
    """Home's latest recycling rate, which differs between two snapshots made with different factors."""
    frame = latest(snapshot)
    return float(frame.loc[frame["measure_id"] == "recycling", "value"].iloc[0])


def test_a_snapshot_cannot_be_written_to(snapshot: Snapshot) -> None:
    """Nothing that is asked of a snapshot can change it, load a file or change its settings."""
    for sql in ("delete from measure", "select * from read_csv('/etc/hosts')", "set threads = 4"):
        with pytest.raises(SnapshotUnreadable):
            snapshot.query(sql)


def test_eight_threads_get_the_right_rows(snapshot: Snapshot) -> None:
    """Threads that ask at once get their own answers, never each other's."""

    def ask(number: int) -> bool:
        frame = snapshot.query("select ? as asked, i from range(2000) t(i)", [number])
        return set(frame["asked"]) == {number} and len(frame) == 2000

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(200)))


def test_missing_text_is_none_and_missing_figures_are_null(snapshot: Snapshot) -> None:
    """A missing marker is None (a NaN would count as true) and a missing figure is never zero."""
    frame = series(snapshot, "missed_bins", HOME)
    missing = frame[frame["period"] == "Mar 2026"].iloc[0]
    assert missing["marker"] is None
    assert frame["value"].isna().sum() == 1
    assert not frame["value"].eq(0).any()


def test_a_question_that_fails_names_the_file_and_the_question(snapshot: Snapshot) -> None:
    """The error says which snapshot, what was asked and what DuckDB answered."""
    with pytest.raises(SnapshotUnreadable) as caught:
        snapshot.query("select nothing from nowhere")
    assert str(snapshot.path) in str(caught.value)
    assert "select nothing from nowhere" in str(caught.value)


def test_parameters_are_bound(snapshot: Snapshot) -> None:
    """A value that looks like SQL is only a value."""
    hostile = "x' or 1=1; drop table measure; --"
    assert series(snapshot, hostile, HOME).empty
    assert receipt(snapshot, hostile, HOME) == {}
    assert len(latest(snapshot)) == 18


def test_the_same_snapshot_is_shared(tmp_path: Path) -> None:
    """Opening twice, even from many threads or by another spelling of the path, gives one connection."""
    publish(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: open_current(tmp_path / "." / "x" / ".."), range(40)))
    assert len({id(snapshot) for snapshot in [*opened, open_current(tmp_path)]}) == 1


def test_a_new_snapshot_is_seen_at_once(tmp_path: Path) -> None:
    """After `current` is switched the next rerun gets the new figures; one that had begun keeps the old."""
    publish(tmp_path, OLD)
    before = open_current(tmp_path)
    publish(tmp_path, NEW, factor=2)
    after = open_current(tmp_path)
    assert (before.name, after.name) == (OLD.removesuffix(".duckdb"), NEW.removesuffix(".duckdb"))
    assert recycling(after) == pytest.approx(2 * recycling(before))


def test_readers_never_mix_two_snapshots(tmp_path: Path) -> None:
    """Through many switches every reader sees all of one snapshot or all of the other."""
    publish(tmp_path, OLD)
    publish(tmp_path, NEW, factor=2)
    old = recycling(open_snapshot(folder_of(tmp_path) / OLD))
    stop, mixed = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            snapshot = open_current(tmp_path)
            wanted = old if snapshot.path.name == OLD else 2 * old
            if recycling(snapshot) != pytest.approx(wanted):
                mixed.append(snapshot.name)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(30):
        switch(folder_of(tmp_path), (OLD, NEW)[turn % 2])
    stop.set()
    for reader in readers:
        reader.join()
    assert mixed == []


def test_without_a_snapshot_the_error_says_what_to_do(tmp_path: Path) -> None:
    """An empty data folder gives the folder's name and the command that fills it."""
    with pytest.raises(NoSnapshot, match="python -m pipelines run") as caught:
        open_current(tmp_path)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("fault", ["dangling", "garbage", "truncated", "no link"])
def test_a_damaged_current_keeps_the_last_good_figures(tmp_path: Path, fault: str) -> None:
    """Whatever happens to the newest snapshot, readers stay on the last one that could be read."""
    good = publish(tmp_path, OLD)
    held = open_current(tmp_path)
    damaged = folder_of(tmp_path) / NEW
    if fault == "garbage":
        damaged.write_bytes(b"not a database" * 1000)
    elif fault == "truncated":
        damaged.write_bytes(good.read_bytes()[:20000])
    if fault == "no link":
        (folder_of(tmp_path) / LINK).unlink()
    else:
        switch(folder_of(tmp_path), NEW)
    assert open_current(tmp_path) is held
    assert recycling(held) == pytest.approx(44.8)


def test_a_damaged_current_is_not_tried_again_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a damaged file costs time, so it is tried again only after a while."""
    publish(tmp_path, OLD)
    open_current(tmp_path)
    switch(folder_of(tmp_path), NEW)
    tried: list[Path] = []

    def refuse(path: Path, _audience: str) -> Snapshot:
        tried.append(path)
        raise SnapshotUnreadable("damaged")

    monkeypatch.setattr(store, "open_snapshot", refuse)
    for _ in range(50):
        open_current(tmp_path)
    assert len(tried) == 1


def test_after_a_restart_the_newest_good_snapshot_is_served(tmp_path: Path) -> None:
    """A process that starts while `current` is damaged goes back to the last good figures."""
    publish(tmp_path, OLD)
    (folder_of(tmp_path) / NEW).write_bytes(b"not a database" * 1000)
    switch(folder_of(tmp_path), NEW)
    assert open_current(tmp_path).path.name == OLD


def test_a_file_that_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    """A database without the tables of a snapshot, or with another name, is not served."""
    stranger = tmp_path / OLD
    with duckdb.connect(str(stranger)) as connection:
        connection.execute("create table other (x integer)")
    with pytest.raises(SnapshotUnreadable):
        open_snapshot(stranger)
    with pytest.raises(SnapshotUnreadable, match="not named as a snapshot"):
        open_snapshot(tmp_path / "budget.duckdb")


def test_areas_stand_in_the_order_people_look_for_them(snapshot: Snapshot) -> None:
    """Home first, then its wards, its peers and the nation."""
    kinds = list(dict.fromkeys(areas(snapshot, "missed_bins")["kind"]))
    assert kinds == ["home", "ward", "peer", "nation"]


def test_peers_are_compared_in_a_period_that_home_shares(snapshot: Snapshot) -> None:
    """The middle and the range are the peers' alone, in the latest period that home has too."""
    compared = comparison(snapshot, "recycling")
    assert compared is not None
    assert (compared.period, compared.home) == ("2025/26", pytest.approx(44.8))
    assert (compared.low, compared.high) == (pytest.approx(44.8 * 0.8), pytest.approx(44.8 * 1.2))
    assert compared.median == pytest.approx(44.8 * (0.9 + 1.05) / 2)
    assert comparison(snapshot, "satisfaction") is None


def test_a_figure_leads_back_to_its_file_and_row(snapshot: Snapshot) -> None:
    """The receipt names file, checksum, row, source, publisher and run."""
    held = receipt(snapshot, "missed_bins", HOME)
    assert (held["path"], held["sha256"], held["source_row"]) == ("collections.csv", CHECKSUM, 40)
    assert (held["publisher"], held["run_id"]) == ("Waste and recycling", "20261120-093000")
