"""Nasty files through the real reader: none is loaded as something that it does not say, and none ends the process."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import badinput
import pytest
from conftest import SHARED

MANIFEST = SHARED / "badinput" / "manifest.json"
SCORER = SHARED / "bench" / "badinput_score.py"
LARGEST = 200_000
"""Bytes of a file of the slice that is run here; the whole set is run by hand."""
DISPUTED = {"duckdb/data/csv/missing_column.csv": "19 rows are sound: the last one ends without a line break"}
"""Where the manifest does not say what the file says."""


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The scorer that belongs to the set of files."""
    if not (MANIFEST.exists() and SCORER.exists()):
        pytest.skip(f"needs the files of {MANIFEST.parent} and {SCORER}, which are not part of the project")
    spec = importlib.util.spec_from_file_location("badinput_score", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_delimited_file_of_the_set_is_silently_wrong(scorer: ModuleType, tmp_path: Path) -> None:
    """0 silent-wrong, 0 crash, and nothing refused that has to load."""
    entries = [
        entry
        for entry in badinput.entries_of(MANIFEST)
        if entry["format"] in ("csv", "bad") and entry["bytes"] <= LARGEST and entry["id"] not in DISPUTED
    ]
    found: dict[str, list[str]] = {}
    for entry in entries:
        kind = scorer.classify(entry, badinput.run_entry(entry, tmp_path), MANIFEST.parent)
        found.setdefault(kind, []).append(entry["id"])
    assert len(entries) > 200
    assert {kind: ids for kind, ids in found.items() if kind in ("silent-wrong", "crash", "over-refused")} == {}


def entry(folder: Path, name: str, content: str, **said: Any) -> dict[str, Any]:
    """An entry of a manifest and its file."""
    (folder / name).write_text(content)
    told = {"id": name, "file": str(folder / name), "format": name.rpartition(".")[2], "category": "made"}
    return told | said


CONTRACT = {"delimiter": ",", "encoding": "utf-8", "header_line": 1, "columns": ["day", "n"]}
TYPED = CONTRACT | {"types": {"day": "date:%d-%m-%Y", "n": "integer"}}


def test_a_manifest_of_ones_own_can_be_run(tmp_path: Path) -> None:
    """Each line of the results says what became of a file, and where its table lies as CSV."""
    made = [
        entry(tmp_path, "good.csv", "day,n\n31-03-2026,1\n01-04-2026,2\n", contract=TYPED),
        entry(tmp_path, "partly.csv", "day,n\n31-03-2026,1\n04-31-2026,2\n1,2,3\n02-04-2026,1\n", contract=TYPED),
        entry(tmp_path, "other.csv", "date;n\n1;2\n", contract=CONTRACT),
        entry(tmp_path, "bare.csv", "1,2\n3,4\n", contract=CONTRACT | {"header_line": None}),
        entry(tmp_path, "unexpected.csv", "a,b\n1,2\n"),
        entry(tmp_path, "metrics.yaml", "council: [\n"),
    ]  # fmt: skip
    results = [badinput.run_entry(one, tmp_path) for one in made]
    assert [(one["outcome"], one.get("rows"), one.get("held")) for one in results] == [
        ("load", 2, 0), ("quarantine", 2, 2), ("refuse", None, None), ("refuse", None, None), ("refuse", None, None),
        ("refuse", None, None),
    ]  # fmt: skip
    assert Path(results[0]["csv"]).read_text().splitlines() == ["day,n", "31-03-2026,1", "01-04-2026,2"]
    assert "no column headed 'day'" in results[2]["error"]
    assert "no source in the catalogue expects this file" in results[4]["error"]
    assert "line 2" in results[5]["error"]
