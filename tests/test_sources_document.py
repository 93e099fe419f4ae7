"""docs/sources.md keeps its word: every example is a sound contract, and every field is described where it belongs."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from scorecard.catalogue import Column, Expected, Source, file_checks, layout
from scorecard.catalogue.source import Query

TEXT = (Path(__file__).resolve().parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")
EXAMPLES = {
    name: entry
    for block in re.findall(r"```yaml\n(.+?)```", TEXT, re.DOTALL)
    for name, entry in YAML(typ="safe").load(block).items()
}
MODELS: tuple[type[BaseModel], ...] = (
    Source, Column, Query, layout.HeaderPlace, layout.NamedRows, layout.AreaKey, layout.PeriodKey,
    file_checks.FileChecks, file_checks.UsualRows, file_checks.BlankShare, file_checks.Fresh, file_checks.Drift,
    file_checks.StatedTotal, Expected,
)  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_a_sound_contract(name: str) -> None:
    """What is shown can be copied."""
    assert Source.model_validate(EXAMPLES[name]).title


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_described(model: type[BaseModel]) -> None:
    """Each field of the contract has a row under its heading, and no other has."""
    (body,) = re.findall(rf"^## {model.__name__}\n(.+?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    described = re.findall(r"^\| `(\w+)` \| \S", body, re.MULTILINE)
    assert described == list(model.model_fields)
