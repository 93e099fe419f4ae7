"""A few of the faults of `python -m bench.faults`, done to real runs: killed, starved of space, meeting each other.

One process does them all, as loading the pipeline is what costs; the tests look at what it reports.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def results() -> list[dict[str, Any]]:
    """What became of each fault."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.faults", "--brief", "--json", *(f"--only={name}" for name in DONE)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


DONE = {
    "kills": "F1", "stops": "F14", "disk": "F3", "permissions": "F11", "pairs": "F4", "damage": "F6", "clock": "F10",
    "names": "A5",
}  # fmt: skip


@pytest.mark.parametrize("fault", DONE.values())
def test_nothing_is_lost_torn_doubled_or_shown_wrongly(results: list[dict[str, Any]], fault: str) -> None:
    """The good figures stay or the new ones are whole, the archive is whole, and the next run puts all right."""
    mine = [result for result in results if result["fault"] == fault]
    if all("left out" in result["outcome"] for result in mine):
        pytest.skip(f"{fault} {mine[0]['outcome']}")
    assert {f"{result['case']}, {result['outcome']}": result["wrong"] for result in mine if result["wrong"]} == {}


def test_runs_were_really_killed(results: list[dict[str, Any]]) -> None:
    """At several steps, before and after there was a snapshot; otherwise the test above would say nothing."""
    killed = [result for result in results if result["fault"] == "F1" and result["outcome"].startswith("served")]
    assert len(killed) >= 9
    assert len({result["case"].split(":")[0] for result in killed}) >= 3
    assert {"served: before", "served: none"} <= {result["outcome"] for result in killed}


def test_of_two_runs_one_works_and_the_other_waits_or_leaves(results: list[dict[str, Any]]) -> None:
    """Both ways were seen."""
    endings = {result["case"]: result["outcome"] for result in results if result["fault"] == "F4"}
    assert "published" in endings["same files, waiting"]
    assert set(endings["same files, waiting"].split(" and ")) <= {"published", "unchanged"}


def test_damage_is_seen_before_it_is_served(results: list[dict[str, Any]]) -> None:
    """Every damage made visitors see the snapshot before, told as stale, and the next run publish anew."""
    damaged = [result["outcome"] for result in results if result["fault"] == "F6"]
    assert set(damaged) == {"visitors see: before, stale; next run: published"}
