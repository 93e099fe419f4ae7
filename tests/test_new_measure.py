"""`new measure`: asked step by step, put into the file without disturbing it; and what docs/authoring.md shows."""

import builtins
import io
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from ruamel.yaml import YAML
from small_council import CATALOGUE as RETURNS
from small_repairs import CATALOGUE as REPAIRS

from pipelines.__main__ import main
from pipelines.authoring.insertion import add_to_file
from pipelines.authoring.records_asked import KINDS
from scorecard.catalogue import Catalogue, Target, examine, read_catalogue
from scorecard.catalogue.record_rules import kinds_of
from scorecard.errors import CatalogueError, SettingError
from scorecard.expression import check, parse

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")

RETURN = [
    "bins_late", "Bins emptied late", "Bins that were emptied a day late.", "", "health", "place", "per 1,000", "lower",
    "month", "", "", "0", "returns", "returns", "code", "missed", "", "ratio", "count", "out_of", "1000",
    "fixed", "60", "2026-04-01", "Council plan",
]  # fmt: skip
RECORDS = [
    "routine_late", "Routine repairs late", "Routine repairs that took too long.", "All but emergencies.", "homes",
    "housing", "%", "lower", "month", "rolling", "operational", "1", "records", "repairs", 'priority = "Routine"',
    "share", "completed", "days(reported, completed) > 28", "12", "ward, priority", "limit", "5%", "yes", "", "The law",
]  # fmt: skip


def catalogue_at(folder: Path, text: str) -> Path:
    path = folder / "metrics.yaml"
    path.write_bytes(text.encode())
    return path


def answer(monkeypatch: pytest.MonkeyPatch, path: Path, answers: list[str], *options: str) -> int:
    """The exit code of the command with these answers piped in."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in answers)))
    return main(["new", "measure", "--catalogue", str(path), *options])


def test_a_measure_over_returns_is_asked_for_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer is where it belongs, and the whole catalogue is sound."""
    path = catalogue_at(tmp_path, RETURNS)
    assert answer(monkeypatch, path, RETURN) == 0
    measure = read_catalogue(path).measures["bins_late"]
    assert (measure.title, measure.unit, measure.decimals, measure.theme) == (
        "Bins emptied late",
        "per 1,000",
        0,
        "health",
    )
    (figures,) = measure.figures
    assert (figures.source, figures.where, figures.per) == ("returns", {"code": "missed"}, 1000)
    assert (figures.numerator, figures.denominator) == ("count", "out_of")
    (target,) = measure.targets
    assert target.model_dump(mode="json") == {
        "since": "2026-04-01",
        "reason": "Council plan",
        "kind": "fixed",
        "value": 60,
    }


def test_a_measure_over_records_is_asked_for_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The calculation step by step, what goes with a rolling basis, and a limit set by law."""
    path = catalogue_at(tmp_path, REPAIRS)
    assert answer(monkeypatch, path, RECORDS) == 0
    measure = read_catalogue(path).measures["routine_late"]
    assert measure.records is not None
    assert measure.records.model_dump(exclude_defaults=True) == {
        "source": "repairs", "where": 'priority = "Routine"', "rolling": 12, "by": ("ward", "priority"),
        "calculate": {"kind": "share", "dated": "completed", "of": "days(reported, completed) > 28"},
    }  # fmt: skip
    assert measure.targets[0].model_dump(exclude_none=True) == {
        "kind": "limit", "value": 5.0, "statutory": True, "reason": "The law",
    }  # fmt: skip


def test_every_calculation_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields come from the models, so a kind that is added is asked for too."""
    fields = {
        "count": ["completed", "", "", ""], "distinct": ["completed", "tenant", "population", "1000", ""],
        "sum": ["completed", "cost * 2", "measure", "repairs_net", "", ""], "mean": ["completed", "cost", "", ""],
        "median": ["completed", "cost", "", ""], "percentile": ["completed", "cost", "90", "", ""],
        "ratio": ["completed", "cost", "1", "", ""], "share": ["completed", "cost > 5", ""],
        "within": ["reported", "reported", "completed", "20", "yes", "ward"],
        "open": ["reported", "completed", "", "", ""],
        "flow": ["reported", "completed", "clearance", ""],
    }  # fmt: skip
    assert set(fields) == set(KINDS)
    for kind, answers in fields.items():
        path = catalogue_at(tmp_path, REPAIRS)
        basis = "snapshot" if kind == "open" else ""
        start = ["m", "M", "D", "", "1", "2", "£", "lower", "", basis, "", "", "records", "1", ""]
        given = [*start, *([] if kind == "open" else [kind]), *answers, "none"]
        assert answer(monkeypatch, path, given) == 0, kind
        records = read_catalogue(path).measures["m"].records
        assert records is not None and records.calculate.kind == kind


TARGETS = {
    "band": (["band", "", "", "band", "8", "7", "15"], {"low": 8, "high": 15}),
    "profile": (
        ["higher", "quarter", "", "profile", "1", "2", "3", "x", "4"],
        {"values": {"Q1": 1, "Q2": 2, "Q3": 3, "Q4": 4}},
    ),
    "last_year": (["higher", "", "", "last_year", "-3"], {"change_per_cent": -3}),
    "peer_median": (["higher", "", "", "peer_median"], {}),
    "peer_quartile": (["higher", "", "", "peer_quartile"], {}),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "answers", "wanted"), [(k, *v) for k, v in TARGETS.items()], ids=TARGETS)
def test_every_kind_of_target_can_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, answers: list[str], wanted: dict[str, object]
) -> None:
    """Only those that go with polarity and frequency are offered; a nonsense figure is asked for again."""
    path = catalogue_at(tmp_path, RETURNS)
    polarity, frequency, basis, *target = answers
    start = ["m", "M", "D", "", "health", "place", "%", polarity, frequency, basis, "", "", "returns"]
    given = [*start, "returns", "code", "calls", "", "value", "count", "", *target, "", "Plan"]
    assert answer(monkeypatch, path, given) == 0
    (found,) = read_catalogue(path).measures["m"].targets
    assert found.kind == kind
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_a_neutral_measure_is_asked_for_no_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked whose answer could only be a fault."""
    path = catalogue_at(tmp_path, RETURNS)
    given = [*RETURN[:7], "neutral", "", "", "volumetric", "0", *RETURN[12:21]]
    assert answer(monkeypatch, path, given) == 0
    assert read_catalogue(path).measures["bins_late"].targets == ()


WRONG = {
    "an id with capitals": (0, "BinsLate", "Use small letters, digits and '_'"),
    "an id there is": (0, "calls", "There is a measure 'calls' already"),
    "a title there is": (1, "calls", "'calls' is already the title of 'calls'"),
    "no definition": (2, "", "This cannot be left out"),
    "an unknown theme": (4, "helth", "Did you mean 'health'?"),
    "a number off the list": (5, "9", "Give a number from 1 to 1"),
    "no polarity": (7, "", "Give a number from 1 to 4"),
    "too many decimals": (11, "7", "Give a whole number from 0 to 4"),
    "words for a factor": (20, "thousand", "'thousand' is not a number"),
    "a factor of nought": (20, "0", "It must be more than 0"),
    "a target in words": (22, "sixty", "'sixty' is not a number"),
    "no day": (23, "soon", "'soon' is not a day"),
    "no reason": (24, "", "This cannot be left out"),
}


@pytest.mark.parametrize(("at", "wrong", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_told_at_once_and_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: int, wrong: str, said: str
) -> None:
    """The right answer after the wrong one gives the same file as without it."""
    path = catalogue_at(tmp_path, RETURNS)
    assert answer(monkeypatch, path, RETURN) == 0
    wanted = path.read_bytes()
    capsys.readouterr()
    catalogue_at(tmp_path, RETURNS)
    assert answer(monkeypatch, path, [*RETURN[:at], wrong, *RETURN[at:]]) == 0
    assert said in capsys.readouterr().out
    assert path.read_bytes() == wanted


WRONG_EXPRESSIONS = {
    "no condition": (14, "cost", "This is a number, and a condition is wanted."),
    "an unknown column": (16, "finished", "there is no column 'finished'"),
    "a number for a date": (16, "cost", "This is a number, and a date is wanted."),
    "not the grammar": (17, "read_csv('x')", "there is no function 'read_csv'"),
    "a column that is no text": (19, "cost", "'cost' is no column of text; there are: job, ward, priority, tenant."),
}


@pytest.mark.parametrize(("at", "wrong", "said"), WRONG_EXPRESSIONS.values(), ids=WRONG_EXPRESSIONS)
def test_an_expression_is_read_as_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: int, wrong: str, said: str
) -> None:
    """Faults are told with their position, before the next question."""
    path = catalogue_at(tmp_path, REPAIRS)
    assert answer(monkeypatch, path, [*RECORDS[:at], wrong, *RECORDS[at:]]) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("given", [0, 1, 7, 15, 24])
def test_the_end_of_input_leaves_the_file_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: int
) -> None:
    """Wherever the answers end, even before the last."""
    path = catalogue_at(tmp_path, RETURNS)
    assert answer(monkeypatch, path, RETURN[:given]) == 2
    assert "nothing was written" in capsys.readouterr().out
    assert path.read_text() == RETURNS


def test_ctrl_c_leaves_the_file_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of the questions."""
    path, answers = catalogue_at(tmp_path, RETURNS), iter(RETURN[:6])

    def typed(prompt: str) -> str:
        for line in answers:
            return line
        raise KeyboardInterrupt

    monkeypatch.setattr(builtins, "input", typed)
    assert main(["new", "measure", "--catalogue", str(path)]) == 2
    assert path.read_text() == RETURNS


def test_print_shows_the_block_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The block is YAML that the catalogue would take."""
    path = catalogue_at(tmp_path, RETURNS)
    assert answer(monkeypatch, path, RETURN, "--print") == 0
    assert path.read_text() == RETURNS
    block = capsys.readouterr().out.split("\n  bins_late:\n", 1)[1]
    path.write_text(f"{RETURNS}  bins_late:\n{block}")
    assert "bins_late" in read_catalogue(path).measures


def test_a_catalogue_with_faults_is_told_before_the_first_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """2, and the faults."""
    path = catalogue_at(tmp_path, RETURNS.replace("theme: health", "theme: helth", 1))
    assert answer(monkeypatch, path, RETURN) == 2
    assert "there is no theme 'helth'" in capsys.readouterr().err


def test_it_runs_as_a_program_with_answers_piped_in(tmp_path: Path) -> None:
    """Exit code 0 and the line at which the block begins."""
    path = catalogue_at(tmp_path, RETURNS)
    command = [sys.executable, "-m", "pipelines", "new", "measure", "--catalogue", str(path)]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(RETURN) + "\n", capture_output=True, text=True, check=True)
    (line,) = re.findall(r"Written into metrics.yaml, line (\d+)", done.stdout)
    assert path.read_text().splitlines()[int(line) - 1] == "  bins_late:"


ENTRY = {
    "title": "New: one", "definition": "Words.", "theme": "health", "service": "place", "unit": "%",
    "polarity": "lower", "frequency": "month",
    "figures": {"source": "returns", "where": {"code": "calls"}, "value": "count"},
}  # fmt: skip


def added(path: Path, entry: Mapping[str, object] = ENTRY) -> list[str]:
    """The lines that adding the entry puts in; every other line stays, in its place and to the letter."""
    before = path.read_bytes().decode().splitlines(keepends=True)
    start = add_to_file(path, "new_one", entry) - 2
    after = path.read_bytes().decode().splitlines(keepends=True)
    end = start + len(after) - len(before)
    kept = [*after[:start], *after[end:]]
    if not before[-1].endswith("\n"):
        before[-1] += "\n"  # a last line without an end is given one
    assert kept == before
    return after[start:end]


def test_the_block_goes_to_the_end_of_its_theme(tmp_path: Path) -> None:
    """In the demonstration's catalogue: before the heading of the next theme, which stays with that."""
    path = catalogue_at(tmp_path, (ROOT / "metrics.yaml").read_text(encoding="utf-8"))
    catalogue = read_catalogue(path)
    source, column = next(
        (name, column)
        for name, each in catalogue.sources.items()
        for column, held in each.columns.items()
        if each.holds == "returns" and held.type in {"number", "integer"}
    )
    theme = next(iter(catalogue.themes))
    figures = {"source": source, "value": column}
    assert added(path, {**ENTRY, "theme": theme, "service": next(iter(catalogue.services)), "figures": figures})
    names = re.findall(r"^  (\w+):$", path.read_text(encoding="utf-8").split("\nmeasures:", 1)[1], re.MULTILINE)
    last = [name for name, each in catalogue.measures.items() if each.theme == theme][-1]
    assert names[names.index("new_one") - 1] == last
    assert path.read_text(encoding="utf-8").split("  new_one:", 1)[1].split("\n\n", 1)[1].startswith("  # ---")


ABOVE, MEASURES = RETURNS.split("measures:")
COUNCIL, SOURCES = ABOVE.split("sources:")
SEVERAL_LINES = "definition: |\n      Days\n      # no comment\n\n      to let."
LAYOUTS = {
    "as it is": RETURNS,
    "without a last line end": RETURNS.rstrip(),
    "with Windows line ends": RETURNS.replace("\n", "\r\n"),
    "with notes below": RETURNS + "  # the end\n\n# and nothing more\n",
    "with a note inside the last": RETURNS + "    # a note on let_days\n",
    "with sources below the measures": f"{COUNCIL}measures:{MEASURES}# files\nsources:{SOURCES}",
    "with four spaces": f"{ABOVE}measures:" + MEASURES.replace("\n  ", "\n    "),
    "with a text of several lines": RETURNS.replace("definition: Days to let.", SEVERAL_LINES),
    "with an end mark": RETURNS + "...\n",
    "with a byte order mark": "\ufeff" + RETURNS,
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_any_layout_is_kept_to_the_letter(tmp_path: Path, text: str) -> None:
    """Only lines are added; they end as the others do and the file is sound."""
    path = catalogue_at(tmp_path, text)
    lines = added(path)
    assert lines[1].strip() == "new_one:"
    assert all(line.endswith("\r\n") == ("\r\n" in text) for line in lines)
    assert list(read_catalogue(path).measures)[-1] == "new_one"


def test_what_cannot_be_written_is_told_and_leaves_the_file(tmp_path: Path) -> None:
    """Measures in braces, a measure with a fault, a folder that cannot be written."""
    path = catalogue_at(tmp_path, RETURNS.split("measures:")[0] + "measures: {m: {title: T}}\n")
    with pytest.raises(SettingError, match="in braces"):
        add_to_file(path, "new_one", ENTRY)
    path = catalogue_at(tmp_path, RETURNS)
    with pytest.raises(CatalogueError) as caught:
        add_to_file(path, "new_one", {**ENTRY, "service": "plce"})
    assert "Did you mean 'place'?" in caught.value.faults[0]
    assert path.read_text() == RETURNS
    assert [each.name for each in tmp_path.iterdir()] == ["metrics.yaml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """A catalogue kept elsewhere and linked to is changed where it lies, with its permissions."""
    (tmp_path / "kept").mkdir()
    kept = catalogue_at(tmp_path / "kept", RETURNS)
    kept.chmod(0o640)
    link = tmp_path / "metrics.yaml"
    link.symlink_to(kept)
    add_to_file(link, "new_one", ENTRY)
    assert link.is_symlink()
    assert "new_one" in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o640


def blocks() -> list[dict[str, dict[str, object]]]:
    """The YAML of docs/authoring.md, block by block."""
    found = re.findall(r"```yaml\n(.+?)```", DOCUMENT, re.DOTALL)
    return [YAML(typ="safe").load(block) for block in found]


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """All blocks of docs/authoring.md as one catalogue."""
    whole: dict[str, dict[str, object]] = {
        "council": {"name": "L", "home": "X1"},
        "themes": {"homes": {"title": "Homes", "question": "Q?"}},
        "services": {"housing": {"title": "Housing", "owner": "Head of Housing"}},
        "areas": {"listed": {"X1": {"name": "L", "level": "council", "population": 1000}}},
        "sources": {},
        "measures": {},
        "committees": {},
    }
    for block in blocks():
        for part, entries in block.items():
            assert not set(entries) & set(whole[part])
            whole[part] |= entries
    path = tmp_path_factory.mktemp("documented") / "metrics.yaml"
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(whole, stream)
    catalogue, faults = examine(path)
    assert catalogue is not None and faults == []
    return catalogue


def test_the_document_s_blocks_are_one_sound_catalogue(documented: Catalogue) -> None:
    """With every calculation, every kind of target and every decision but removal among them."""
    measures = documented.measures.values()
    assert {each.records.calculate.kind for each in measures if each.records} == set(KINDS)
    kinds = {get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(Target)[0])}
    assert {target.kind for each in measures for target in each.targets} == kinds
    for kind in {*KINDS, *kinds}:
        assert f"\n| `{kind}` |" in DOCUMENT
    assert {each.decision for one in measures for each in one.lifecycle} == {"proposed", "live", "amended"}


def test_the_document_s_expressions_give_what_it_says(documented: Catalogue) -> None:
    """Each row of its table is read by the grammar, over the columns of the repairs."""
    columns = kinds_of(documented.sources["repairs"])
    rows = re.findall(r"^\| `([^`]+)` \| (a \w+) \|$", DOCUMENT, re.MULTILINE)
    assert len(rows) >= 12
    assert [(text, check(parse(text), columns).value) for text, _ in rows] == rows


def test_what_each_calculation_needs_is_as_the_models_say() -> None:
    """The third column of the table names the fields of each model."""
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", DOCUMENT, re.MULTILINE))
    for kind, model in KINDS.items():
        named = set(re.findall(r"`(\w+)`", rows[kind]))
        assert named == set(model.model_fields) - {"kind"}, kind
