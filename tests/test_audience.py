"""A snapshot read for an audience holds nothing that is not meant for it, whatever is asked."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from small_snapshot import publish

from scorecard.audiences import AUDIENCES, seen_by
from scorecard.errors import SettingError
from scorecard.settings import read_settings
from scorecard.snapshot.store import Snapshot, close_all, open_snapshot

SECRET, PAIRED = "foi", "repairs"
"""A measure that is restricted, and one that names it as its counter-measure."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A snapshot with a measure for each audience."""
    path = publish(tmp_path_factory.mktemp("audience"))
    with duckdb.connect(str(path)) as connection:
        for measure, audience in ((SECRET, "restricted"), ("sickness", "officers"), ("agency", "members")):
            connection.execute("update measure set audience = ? where measure_id = ?", [audience, measure])
        connection.execute("update measure set counter_measure = ? where measure_id = ?", [SECRET, PAIRED])
        connection.execute("insert into committee_measure values ('c', ?)", [SECRET])
    yield path
    close_all()


def everything(snapshot: Snapshot) -> str:
    """Every cell of every table that can be asked for, as text."""
    tables = snapshot.query("select view_name as name from duckdb_views() where not internal")["name"]
    return "\n".join(snapshot.query(f'from "{name}"').to_csv() for name in tables if name != "council")


@pytest.mark.parametrize(("audience", "hidden"), [("public", 3), ("members", 2), ("officers", 1)])
def test_no_table_tells_of_a_measure_that_is_not_for_the_audience(path: Path, audience: str, hidden: int) -> None:
    """Neither its id nor its title is in any table, not even as another's counter-measure."""
    snapshot = open_snapshot(path, audience)
    measures = [(SECRET, "Information requests answered"), ("sickness", "Days lost"), ("agency", "agency staff")]
    text = everything(snapshot)
    for name, title in measures[:hidden]:
        assert f",{name}," not in text
        assert title not in text
    for _, title in measures[hidden:]:
        assert title in text
    assert snapshot.query("select count(*) as n from measure where counter_measure is not null and measure_id = ?",
                          [PAIRED]).at[0, "n"] == 0  # fmt: skip


def test_the_widest_audience_reads_the_whole_file(path: Path) -> None:
    """Restricted is everyone's and everything: the same rows as are in the file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        held = connection.execute("select count(*) from observation").fetchall()[0][0]
    assert open_snapshot(path, "restricted").query("select count(*) as n from observation").at[0, "n"] == held


@pytest.mark.parametrize(("audience", "rows"), [("public", 0), ("members", 0), ("officers", 1)])
def test_rows_of_services_files_are_for_officers(path: Path, audience: str, rows: int) -> None:
    """Cells that were set aside, and the sentences that quote them, may hold personal data."""
    snapshot = open_snapshot(path, audience)
    for table in ("problem", "quarantined_row"):
        held = snapshot.query(f"select count(*) as n from {table}").at[0, "n"]
        assert min(int(held), 1) == rows, table


@pytest.mark.parametrize("audience", ["public", "officers"])
def test_a_narrowed_snapshot_cannot_be_widened_by_a_question(path: Path, audience: str, tmp_path: Path) -> None:
    """The connection can open no other file and change no setting."""
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("create table t (a int)")
    snapshot = open_snapshot(path, audience)
    for question in (
        f"attach '{tmp_path / 'other.duckdb'}' as other",
        "set enable_external_access = true",
        "from read_text('/etc/hostname')",
        "insert into held.measure select * from held.measure",
    ):
        with pytest.raises(Exception, match="cannot be read"):
            snapshot.query(question)


def test_each_circle_sees_what_the_wider_ones_see() -> None:
    """Public is in all of them, restricted in none but itself."""
    assert seen_by("public") == ("public",)
    assert seen_by("officers") == ("public", "members", "officers")
    assert seen_by(AUDIENCES[-1]) == AUDIENCES


def test_an_unknown_audience_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages do not start with a spelling mistake that would show too much."""
    monkeypatch.setenv("SCORECARD_AUDIENCE", "publik")
    with pytest.raises(SettingError, match="must be one of public, members, officers, restricted"):
        read_settings()
