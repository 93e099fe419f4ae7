"""Backup and restore by the written steps of the runbook, on an empty folder."""

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from small_council import GOOD, load, write_council, write_homes

from scorecard.settings import Settings
from scorecard.snapshot.folder import current, folder_of, listing
from scorecard.snapshot.health import health

RUNBOOK = (Path(__file__).resolve().parent.parent / "docs" / "runbook.md").read_text(encoding="utf-8")
TOLD = (
    "select measure_id, area_code, period_start, numerator, denominator, value, marker from observation order by all",
    "select measure_id, area_code, rule, state, periods, sentence from exception order by all",
)


def steps(name: str, folder: Path) -> str:
    """The commands of the runbook under a comment, with its folders put into this one."""
    (block,) = re.findall(rf"```sh\n# {name}\n(.*?)```", RUNBOOK, re.DOTALL)
    return str(block).replace("/srv/council-scorecard", str(folder / "srv")).replace("/backup", str(folder))


def follow(name: str, folder: Path) -> None:
    """Do what the runbook says."""
    subprocess.run(["bash", "-euc", steps(name, folder)], check=True, cwd=folder)


def figures(settings: Settings) -> list[object]:
    """Observations and exceptions of the snapshot being served."""
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        return [connection.execute(query).fetchall() for query in TOLD]


@pytest.fixture
def restored(tmp_path: Path) -> tuple[Settings, list[object]]:
    """A council that was lost and restored, and the figures it had; one of its files had left the inbox before."""
    settings = write_council(tmp_path / "srv", {"returns.csv": GOOD, "returns 2025.csv": GOOD.replace("2026", "2025")})
    write_homes(settings.inbox / "homes.xlsx")
    load(settings)
    (settings.inbox / "returns 2025.csv").unlink()
    (settings.inbox / "returns.csv").write_text(GOOD.replace("95,", "94,"))
    load(settings)
    before = figures(settings)
    shutil.copytree(settings.inbox, tmp_path / "inbox")
    follow("back up", tmp_path)
    shutil.rmtree(tmp_path / "srv")
    follow("restore", tmp_path)
    shutil.copytree(tmp_path / "inbox", settings.inbox)
    return settings, before


def test_a_restored_folder_has_the_same_figures_before_and_after_a_run(
    restored: tuple[Settings, list[object]],
) -> None:
    """At once, without a run; a run finds nothing to do but to go on from there."""
    settings, before = restored
    assert figures(settings) == before
    assert health(settings.data, 26, "officers")["status"] == "ok"
    assert len(listing(settings.data)) == 2
    load(settings)
    assert figures(settings) == before


def test_the_archive_alone_gives_the_figures_back(restored: tuple[Settings, list[object]]) -> None:
    """Without any snapshot a run builds all figures in use, also those of a file that has left the inbox."""
    settings, before = restored
    shutil.rmtree(folder_of(settings.data))
    load(settings)
    assert figures(settings)[0] == before[0]
