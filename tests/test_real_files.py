"""Files as councils and government published them: each is loaded, or refused for a reason that is stated."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main
from pipelines.problem_codes import Code

FILES = Path(__file__).resolve().parents[2] / "shared" / "real"
ENDINGS = (".csv", ".ods", ".xlsx", ".json", ".geojson")

pytestmark = pytest.mark.skipif(
    not FILES.is_dir(), reason=f"needs the published files in {FILES}, which are not part of the project"
)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What `try` says of the first and the last file of each published set, by the catalogue of published figures."""
    folder, files = tmp_path_factory.mktemp("published"), []
    for published in sorted(FILES.iterdir()):
        inside = [path for path in sorted(published.rglob("*")) if path.suffix in ENDINGS] if published.is_dir() else []
        files += [str(path) for path in dict.fromkeys([*inside[:1], *inside[-1:]])]
    catalogue = Path(__file__).resolve().parents[1] / "examples" / "published" / "metrics.yaml"
    said = folder / "said.json"
    with pytest.MonkeyPatch.context() as patched, said.open("w", encoding="utf-8") as out:
        patched.setattr("sys.stdout", out)
        settings = ["--catalogue", str(catalogue), "--inbox", str(FILES), "--data", str(folder)]
        main(["try", *files, "--json", *settings])
    return list(json.loads(said.read_text(encoding="utf-8")))


def test_each_is_loaded_or_refused_with_its_reason(tried: list[dict[str, Any]]) -> None:
    """A refusal has a known code, says why and what to do; what is loaded accounts for every row."""
    assert {each["outcome"] for each in tried} <= {"load", "quarantine", "refuse"}
    for each in tried:
        if each["outcome"] == "refuse":
            first = each["problems"][0]
            assert first["code"] in set(Code) and first["sentence"] and first["fix"]
        else:
            rows = each["rows"]
            assert rows["found"] == rows["accepted"] + rows["set_aside"] + rows["skipped"] > 0


def test_what_the_catalogue_expects_is_loaded(tried: list[dict[str, Any]]) -> None:
    """No file that a source of the published figures reads is refused, or has a row set aside."""
    expected = [each for each in tried if each.get("source")]
    assert expected and {each["outcome"] for each in expected} == {"load"}
