"""The catalogue: every fault at once, with its line and what was probably meant."""

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError
from small_council import CATALOGUE

from scorecard.catalogue import Tolerance, examine, json_schema, read_catalogue
from scorecard.catalogue.schema import SCHEMA_FILE
from scorecard.errors import CatalogueError

ROOT = Path(__file__).resolve().parent.parent


def faults(folder: Path, text: str) -> list[str]:
    """The printed faults of a catalogue with this text."""
    (folder / "metrics.yaml").write_text(text, encoding="utf-8")
    return [str(fault) for fault in examine(folder / "metrics.yaml")[1]]


def line_of(text: str, part: str) -> int:
    """1-based line on which `part` first stands."""
    return text[: text.index(part)].count("\n") + 1


MISTAKES = {
    "a misspelt field": ("    polarity: lower\n", "    polarty: lower\n", "Did you mean 'polarity'?"),
    "a value that is no choice": ("polarity: lower", "polarity: lowr", "'lowr' is not one of higher, lower"),
    "an unknown service": ("service: place\n    kind", "service: plcae\n    kind", "Did you mean 'place'?"),
    "an unknown source": ("{source: homes,", "{source: hoems,", "Did you mean 'homes'?"),
    "an unknown column": ("numerator: days", "numerator: dyas", "Did you mean 'days'?"),
    "words where numbers are wanted": ("numerator: days", "numerator: code", "column 'code' holds text"),
    "an unknown kind of target": ("kind: fixed", "kind: fixd", "Did you mean 'fixed'?"),
    "a target without a reason": (", reason: Council plan", "", "'reason' is missing"),
    "a target on a neutral measure": (
        "polarity: neutral\n",
        "polarity: neutral\n    targets: [{kind: fixed, value: 1, reason: none}]\n",
        "no good side",
    ),
    "an unusable pattern": ('pattern: "X', 'pattern: "X(', "not a usable pattern"),
    "an unknown marker": ('"..": x', '"..": q', "'q' is not a known marker"),
    "an unknown form of period": ("forms: [month]", "forms: [monthly]", "'monthly' is not a known form"),
    "no way to find the headings": ("header: {above: X1}", "header: {}", "exactly one of 'row', 'containing'"),
    "a range the wrong way round": ("minimum: 0, maximum: 1000000", "minimum: 9, maximum: 1", "above maximum"),
    "an id with capitals": ("  let_days:", "  LetDays:", "cannot be an id"),
    "the same title twice": ("title: Calls", "title: Missed collections", "already the title"),
    "an unknown theme": ("let.\n    theme: health", "let.\n    theme: helth", "Did you mean 'health'?"),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_was_meant(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """The one fault names the file, the line it stands on, and the way out."""
    text = CATALOGUE.replace(right, wrong, 1)
    assert text != CATALOGUE
    found = faults(tmp_path, text)
    assert len(found) == 1, found
    assert said in found[0]
    told = re.match(r"metrics\.yaml, line (\d+), ", found[0])
    assert told is not None
    first = line_of(CATALOGUE, right)
    assert first - 12 <= int(told[1]) <= first + right.count("\n") + 1


def test_all_faults_are_told_at_once_in_file_order(tmp_path: Path) -> None:
    """Three mistakes in three places are three lines, not one after the other."""
    text = CATALOGUE.replace("numerator: days", "numerator: dyas").replace("theme: health", "theme: helth")
    found = faults(tmp_path, text)
    assert len(found) == 4
    lines = [int(fault.split("line ")[1].split(",")[0]) for fault in found]
    assert lines == sorted(lines)


BROKEN = {
    "not YAML": ("council: [unclosed", "not well-formed YAML"),
    "a key twice": (CATALOGUE + "council: {name: Again, home: X}\n", "duplicate key"),
    "a list": ("- one\n- two\n", "should begin with entries"),
    "nothing": ("", "should begin with entries"),
    "a tag that would run code": ("council: !!python/object/apply:os.system [echo]\n", "metrics.yaml"),
}


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_catalogue_is_one_clear_fault(tmp_path: Path, text: str, said: str) -> None:
    """It never raises and never runs what it reads."""
    found = faults(tmp_path, text)
    assert found
    assert said in found[0]


def test_nested_aliases_are_refused_before_they_unfold(tmp_path: Path) -> None:
    """A file of a few lines that would unfold into billions of entries is refused within its budget."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (found,) = faults(tmp_path, "\n".join(lines))
    assert "unfolds into more than" in found


def test_the_project_s_own_catalogues_are_sound() -> None:
    """What `make check` promises, for both catalogues that are shipped."""
    for path in (ROOT / "metrics.yaml", ROOT / "examples" / "published" / "metrics.yaml"):
        catalogue = read_catalogue(path)
        assert len(catalogue.measures) >= 30
        assert list(catalogue.themes) == [
            "organisational_health", "critical_service_delivery", "compliance_and_risk", "citizen_intelligence",
        ]  # fmt: skip


def test_a_catalogue_with_faults_cannot_be_read(tmp_path: Path) -> None:
    """Reading for use raises, carrying every fault and the command that lists them."""
    (tmp_path / "metrics.yaml").write_text(CATALOGUE.replace("theme: health", "theme: helth"))
    with pytest.raises(CatalogueError, match="3 faults") as caught:
        read_catalogue(tmp_path / "metrics.yaml")
    assert len(caught.value.faults) == 3


def test_a_catalogue_cannot_be_changed_after_reading(tmp_path: Path) -> None:
    """Entries are frozen, so that no page can mend a status."""
    (tmp_path / "metrics.yaml").write_text(CATALOGUE)
    catalogue = read_catalogue(tmp_path / "metrics.yaml")
    with pytest.raises(ValidationError, match="frozen"):
        catalogue.measures["calls"].title = "Other"  # type: ignore[misc]


def test_the_schema_for_editors_is_current() -> None:
    """The committed schema is what the models say now; `python -m pipelines schema` writes it again."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == json_schema()
    measure = json.loads(json_schema())["$defs"]["Measure"]
    assert measure["additionalProperties"] is False
    assert "plain words" in measure["properties"]["definition"]["description"]


def test_a_tolerance_is_a_share_of_the_target_or_points() -> None:
    """10 per cent of 60 is 6; 2 points are 2 whatever the target."""
    assert (Tolerance(per_cent=10).width(60), Tolerance(points=2).width(60)) == (6, 2)
