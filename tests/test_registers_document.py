"""docs/registers.md keeps its word: its example is loaded and becomes what it says, and every field is described."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from pipelines.problems import Code
from scorecard.catalogue import (
    Baseline,
    Clock,
    CycleStep,
    FailureIndicator,
    Link,
    Register,
    RegisterColumns,
    RegisterStage,
    Scores,
    Step,
    read_catalogue,
)
from scorecard.catalogue.register_count import RegisterCount
from scorecard.registers.state import STATES
from scorecard.snapshot.folder import current
from scorecard.snapshot.store import Snapshot, open_snapshot
from scorecard.wording import in_full
from tests.small_council import CATALOGUE, GOOD, load, write_council

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "registers.md").read_text(encoding="utf-8")
MODELS: tuple[type[BaseModel], ...] = (
    Register, RegisterColumns, Link, Clock, RegisterStage, Step, Scores, Baseline, RegisterCount, FailureIndicator,
)  # fmt: skip


def block(kind: str) -> str:
    """The one fenced block of a kind."""
    (found,) = re.findall(rf"^```{kind}\n(.+?)^```", TEXT, re.DOTALL | re.MULTILINE)
    return str(found)


def rows_of(heading: str) -> list[list[str]]:
    """The cells of the rows of the one table that begins with this heading."""
    (table,) = re.findall(rf"^\| {re.escape(heading)} \|.*?\n(?:\|[-| ]+\n)((?:\|.*\n)+)", TEXT, re.MULTILINE)
    return [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in table.strip().splitlines()]


def with_the_example() -> dict[str, Any]:
    """The small council's catalogue with the example of the document."""
    yaml = YAML(typ="safe")
    whole: dict[str, Any] = yaml.load(CATALOGUE)
    for part, entries in yaml.load(block("yaml")).items():
        whole[part] = {**whole.get(part, {}), **entries}
    return whole


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The snapshot of a run with the example's catalogue and file."""
    folder = tmp_path_factory.mktemp("documented")
    (name,) = re.findall(r"^The file `audit/(.+?)`:$", TEXT, re.MULTILINE)
    (folder / "inbox" / "audit").mkdir(parents=True)
    settings = write_council(folder, {"returns.csv": GOOD, f"audit/{name}": block("csv")})
    with settings.catalogue.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(with_the_example(), stream)
    assert "recommendations" in read_catalogue(settings.catalogue).registers
    load(settings)
    return open_snapshot(current(settings.data))


def test_each_item_is_in_the_state_the_document_says(snapshot: Snapshot) -> None:
    """One item for each state, judged as at the last day that the file covers."""
    held = snapshot.query("select item_id, state, days_late, contradicted from register_item order by item_id")
    told = rows_of("item")
    assert [[item, f"`{state}`"] for item, state in held[["item_id", "state"]].values.tolist()] == [
        row[:2] for row in told
    ]
    assert {row[1].strip("`") for row in told} == set(STATES)
    late = dict(zip(held["item_id"], held["days_late"], strict=True))
    assert (late["IA-01"], late["IA-02"], late["IA-03"]) == (123, 31, 0)
    assert "123 days past" in told[0][2] and "31 days late" in told[1][2]
    assert list(held.loc[held["contradicted"].notna(), "item_id"]) == ["IA-01", "IA-02"]
    (as_at,) = snapshot.query("select judged_on from register")["judged_on"].dt.date
    assert f"as at {in_full(as_at)}, the last day that the file covers" in TEXT


def test_the_counts_are_those_the_document_shows(snapshot: Snapshot) -> None:
    """Stock and flow of what is overdue, and the measure and the indicator over the same items."""
    flow = snapshot.query(
        "select counted_on, opening, added, closed, closing from register_flow where stock = 'overdue' order by all"
    )
    days = [in_full(day) for day in flow["counted_on"].dt.date]
    numbers = flow.drop(columns="counted_on").astype("Int64").astype("string").fillna("").values.tolist()
    counted = [[day, *cells] for day, cells in zip(days, numbers, strict=True)]
    assert counted == rows_of("overdue")
    measured = snapshot.query(
        "select value from observation where measure_id = 'recommendations_overdue' order by period_end"
    )
    assert [f"{value:.0f}" for value in measured["value"]] == [row[-1] for row in counted]
    assert snapshot.query("select shown, items from failure_indicator").values.tolist() == [[True, 2]]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_described(model: type[BaseModel]) -> None:
    """Each field has a row under its heading, by the name it has in the file, and no other has."""
    (body,) = re.findall(rf"^## {model.__name__}\n(.+?)(?=^## |^# |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    described = re.findall(r"^\| `(\w+)` \| \S", body, re.MULTILINE)
    assert described == [field.alias or name for name, field in model.model_fields.items()]


def test_the_shorter_blocks_are_sound() -> None:
    """The clocks and the steps shown by the way are such as a register takes."""
    shown: dict[str, Any] = {}
    for body in re.findall(r"^  ```yml\n(.+?)^  ```", TEXT, re.DOTALL | re.MULTILINE):
        shown |= YAML(typ="safe").load(body)
    assert [Clock.model_validate(each).working_days for each in shown["clocks"]] == [5, 10, 20]
    assert [Step.model_validate(each).of for each in shown["steps"].values()] == [None, "made", "investigated"]


def test_every_state_count_and_fault_is_in_its_table() -> None:
    """The tables of states, of counts and of what is wrong with an item are whole."""
    assert {row[0].strip("`") for row in rows_of("state")} == set(STATES)
    counts = RegisterCount.model_json_schema()["properties"]["count"]["enum"]
    assert [row[0].strip("`") for row in rows_of("`count`")] == counts
    faults = [row[0].strip("`") for row in rows_of("code")]
    first, last = (list(Code).index(Code(faults[at])) for at in (0, -1))
    assert faults == [code.value for code in list(Code)[first : last + 1]]


def test_the_cycle_and_the_measure_of_the_authoring_guide_are_sound(tmp_path: Path) -> None:
    """docs/authoring.md: its calendar, its cycle and its measure of a register, in the catalogue of the example."""
    guide = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    cycles = guide.split("\n## Cycles\n", 1)[1].split("\n## ", 1)[0]
    registers = guide.split("\n## Registers\n", 1)[1].split("\n## ", 1)[0]
    yaml = YAML(typ="safe")
    whole = with_the_example()
    (shown,), (measure,) = (re.findall(r"```yml\n(.+?)```", part, re.DOTALL) for part in (cycles, registers))
    whole |= yaml.load(shown)
    whole["committees"] = {"homes_scrutiny": {"title": "H", "themes": ["health"], "meetings": [date(2026, 12, 1)]}}
    text = measure.replace("plan_actions", "recommendations").replace("theme: homes", "theme: health")
    whole["measures"] |= yaml.load(text.replace("service: housing", "service: place"))
    with (tmp_path / "metrics.yaml").open("w", encoding="utf-8") as stream:
        yaml.dump(whole, stream)
    catalogue = read_catalogue(tmp_path / "metrics.yaml")
    assert [step.returns for step in catalogue.cycles["quarterly"].steps.values()].count(True) == 1
    assert catalogue.measures["actions_in_time"].records is not None
    fields = {*CycleStep.model_fields} - {"title", "who"}
    assert {field for field in fields if f"`{field}" not in cycles} == set()


def lines_of(part: str, text: str) -> dict[str, int]:
    """Entry of a part of a catalogue → its lines, without blank lines and comments."""
    (body,) = re.findall(rf"^{part}:.*\n((?:[ #\n].*\n|\n)+)", text, re.MULTILINE)
    counted: dict[str, int] = {}
    for line in body.splitlines():
        if line.strip() and not line.strip().startswith("#"):
            entry = re.match(r"  (\w+):", line)
            name = entry[1] if entry else list(counted)[-1]
            counted[name] = counted.get(name, 0) + 1
    return counted


def test_what_a_register_costs_is_counted() -> None:
    """The lines of each register of the demonstration council and of its source, and those of the example."""
    text = (ROOT / "metrics.yaml").read_text(encoding="utf-8")
    catalogue = read_catalogue(ROOT / "metrics.yaml")
    registers, sources = lines_of("registers", text), lines_of("sources", text)
    counted = [
        [register.title, f"{registers[name]}", f"{sources[register.source]}"]
        for name, register in catalogue.registers.items()
    ]
    assert rows_of("register | its declaration") == counted
    shown = block("yaml")
    said = re.findall(r"example above takes (\d+) lines, a measure of it (\d+), an indicator .+? (\d+)\.", TEXT)
    parts = ("registers", "measures", "failure_indicators")
    assert said == [tuple(str(sum(lines_of(part, shown).values())) for part in parts)]
