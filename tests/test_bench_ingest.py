"""The workload of records: every fault that was put in is found where it is, and nothing else is set aside."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from bench.ingest import floor
from bench.ingest.__main__ import main
from bench.ingest.reference import contracts
from bench.ingest.workload import SERVICES, faults_of, write_workload

REFERENCE = Path(__file__).parent.parent.parent / "shared" / "bench" / "spec" / "sources.yml"
ROWS = 1_300


@pytest.fixture(scope="module")
def workload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundredth of the workload: thirteen faults a file, so that each kind comes once."""
    folder = tmp_path_factory.mktemp("workload")
    assert write_workload(folder, ROWS / 100_000) == ROWS * len(SERVICES)
    return folder


def test_every_fault_is_found_and_no_sound_row_set_aside(workload: Path, tmp_path: Path) -> None:
    """Under its code, in its column and on its line; the sound rows are stored with their types."""
    assert main(["--data", str(workload), "--out", str(tmp_path / "out.duckdb")]) == 0
    faults = faults_of(workload)
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        assert set(connection.execute("select * from rejects").fetchall()) == faults
        assert len(faults) == 13 * len(SERVICES)
        for service in SERVICES:
            found = connection.execute(f"select count(*), min(opened), max(size) > 0 from {service.id}").fetchone()
            assert found is not None
            assert found[0] == ROWS - 13
            assert isinstance(found[1], date)
            assert found[2] is True


def test_the_same_seed_makes_the_same_files(workload: Path, tmp_path: Path) -> None:
    """So that a figure can be had again."""
    write_workload(tmp_path, ROWS / 100_000)
    for file in sorted(path for path in workload.rglob("*") if path.is_file()):
        assert (tmp_path / file.relative_to(workload)).read_bytes() == file.read_bytes()


def test_the_floor_reads_every_row(workload: Path, tmp_path: Path) -> None:
    """As text, and with the faults in it."""
    floor.load(workload / "inbox", tmp_path / "floor.duckdb")
    with duckdb.connect(str(tmp_path / "floor.duckdb"), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        assert len(tables) == len(SERVICES)
        assert {connection.execute(f"select count(*) from {name}").fetchall()[0][0] for name in tables} == {ROWS}


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference workload is not on this machine")
def test_the_reference_workload_is_said_in_contracts() -> None:
    """Twelve sources, each with its key, two dates that follow each other, and a limit on its number."""
    sources = contracts(REFERENCE)
    assert len(sources) == 12
    for source in sources.values():
        kinds = [column.type for column in source.columns.values()]
        assert kinds.count("date") == 2
        assert sum(kind in ("number", "integer") for kind in kinds) == 1
        assert sum(column.not_before is not None for column in source.columns.values()) == 1
        assert (len(source.key), source.repeated_key) == (1, "keep_first")
