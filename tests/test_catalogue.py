"""The catalogue: every fault at once, with its line and what was probably meant."""

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError
from small_council import CATALOGUE

from scorecard.catalogue import Tolerance, examine, json_schema, read_catalogue
from scorecard.catalogue.fault import Fault
from scorecard.catalogue.schema import SCHEMA_FILE
from scorecard.catalogue.yaml_file import read_yaml
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
    "a field of another kind of target": (
        "value: 60, reason", "value: 60, statutory: true, reason",
        "targets[0].statutory: 'statutory' is not a field here",
    ),
    "a limit misspelt": ("kind: fixed, value: 60", "kind: limit, valu: 60", "Did you mean 'value'?"),
    "a record measure on a source of returns": (
        "figures: {source: returns, where: {code: calls}, value: count}",
        "records: {source: returns, calculate: {kind: count, dated: month}}", "holds returns: use 'figures'"
    ),
    "no figures at all": (
        "    figures: {source: returns, where: {code: calls}, value: count}\n", "",
        "give 'figures' (a return) or 'records'",
    ),
    "nobody agreed": (
        "    definition: Calls taken.\n",
        "    definition: Calls taken.\n    lifecycle: [{decision: removed, on: 2026-04-01, reason: Dull}]\n",
        "give 'approved_by'",
    ),
    "decisions out of order": (
        "    definition: Calls taken.\n",
        "    definition: Calls taken.\n    lifecycle:\n"
        "      - {decision: removed, on: 2025-04-01, reason: Dull, approved_by: Cabinet}\n"
        "      - {decision: retained, on: 2026-04-01, reason: Kept, approved_by: Cabinet}\n",
        "nothing can follow a removal",
    ),
    "a goal of no plan": (
        "    definition: Calls taken.\n", "    definition: Calls taken.\n    links: {plan_goal: clean}\n",
        "there is no goal 'clean'",
    ),
    "an unknown theme": ("let.\n    theme: health", "let.\n    theme: helth", "Did you mean 'health'?"),
}  # fmt: skip


RECORDS = CATALOGUE.replace(
    "  homes:\n    title: Homes\n",
    """  cases:
    title: Cases
    publisher: Place
    holds: records
    files: ["cases*.csv"]
    format: delimited
    columns:
      ref: {header: Reference, required: true}
      opened: {header: Opened, type: date}
      closed: {header: Closed, type: date}
      ward: {header: Ward}
      hours: {header: Hours, type: number}
    area: {column: ward, by: name}
    period: {within: file_name, find: "cases (.*)[.]csv", forms: [month_range]}
    key: [ref]
  homes:\n    title: Homes\n""",
).replace(
    "    figures: {source: returns, where: {code: calls}, value: count}\n",
    "    records:\n      source: cases\n      where: hours > 1\n"
    "      calculate: {kind: share, dated: opened, of: 'days(opened, closed) <= 5'}\n      by: [ward]\n",
)
RECORD_MISTAKES = {
    "an order of dates that are none": (
        "closed: {header: Closed, type: date}", "closed: {header: Closed, type: date, not_before: ward}",
        "'ward' must be a column of type date",
    ),
    "a check of a column that is not there": (
        "    key: [ref]\n", "    key: [ref]\n    checks: {blanks: [{column: wards, at_most_percent: 5}]}\n",
        "there is no column 'wards'. Did you mean 'ward'?",
    ),
    "a total of words": (
        "    key: [ref]\n",
        "    key: [ref]\n    checks: {totals: [{column: ward, rows: {column: ref, equal_to: [Total]}}]}\n",
        "'ward' must be a column of type number or integer",
    ),
    "a file that would be set aside": (
        "    key: [ref]\n", "    key: [ref]\n    checks: {usual_rows: {within_percent: 5, severity: quarantine}}\n",
        "a file as a whole cannot be set aside",
    ),
    "a column that is not there": ("hours > 1", "hour > 1", "at character 1: there is no column 'hour'. Did you mean"),
    "a number beside a text": ("hours > 1", 'hours > "1"', "at character 9: this is a text, and a number is wanted"),
    "not a condition": ("hours > 1", "hours + 1", "this is a number, and a condition is wanted"),
    "what the grammar lacks": ("hours > 1", "hours > 1; drop", "at character 10: ';' means nothing here"),
    "dated by a text": ("dated: opened", "dated: ref", "this is a text, and a date is wanted"),
    "broken down by a number": ("by: [ward]", "by: [hours]", "break down by a text"),
    "an unknown calculation": ("{kind: share,", "{kind: shore,", "kind 'shore' is not one of"),
    "a stock that is no snapshot": (
        "{kind: share, dated: opened, of: 'days(opened, closed) <= 5'}", "{kind: open, start: opened, end: closed}",
        "'basis: snapshot' and calculating what is 'open' go together",
    ),
    "records without coverage": ("    key: [ref]\n", "", "needs 'key'"),
    "a reserved column": ("      ref: {header", "      area_code: {header", "is a name the pipeline uses"),
    "divided by nothing there is": (
        "{kind: share, dated: opened, of: 'days(opened, closed) <= 5'}",
        "{kind: count, dated: opened}\n      out_of: {measure: let_day}", "Did you mean 'let_days'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said"), RECORD_MISTAKES.values(), ids=RECORD_MISTAKES)
def test_a_mistake_over_records_is_told_with_its_place(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """Faults in expressions name the character; the sound catalogue has none."""
    assert faults(tmp_path, RECORDS) == []
    text = RECORDS.replace(right, wrong, 1)
    if wrong.startswith("      area_code"):
        text = text.replace("key: [ref]", "key: [area_code]")
    assert text != RECORDS
    found = faults(tmp_path, text)
    assert len(found) == 1, found
    assert said in found[0]


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


def test_an_anchor_that_merges_itself_is_a_fault(tmp_path: Path) -> None:
    """What the parser cannot follow is told like any other fault of form."""
    catalogue = tmp_path / "metrics.yaml"
    catalogue.write_text("measures: &again\n  one: {title: One}\n  <<: *again\n", encoding="utf-8")
    found = read_yaml(catalogue)
    assert isinstance(found, Fault)
    assert "not well-formed YAML" in found.message


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
