"""README's first screen is in order and true: its commands are run, its YAML is checked, its numbers are compared."""

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import run_pipeline
from ruamel.yaml import YAML

from pipelines.__main__ import _parser
from scorecard.settings import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIRST_SCREEN = README.split("\n## ", 1)[0]
ORDER = (
    "# Council Scorecard", "![", "make run", "make test", "Refused: ", "```yaml", "app.py → pages", "docs/problems.md",
)  # fmt: skip
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def blocks(kind: str) -> list[str]:
    """The fenced blocks of one kind on the first screen; "" is a block without a kind."""
    found = re.findall(r"^```(\w*)\n(.*?)^```", FIRST_SCREEN, re.MULTILINE | re.DOTALL)
    return [body for of, body in found if of == kind]


def in_one_line(text: str) -> str:
    """Text without its line breaks: README wraps what a terminal prints on one line."""
    return " ".join(text.split())


def test_the_first_screen_is_in_order_and_short() -> None:
    """For whom, what it looks like, how to try it, how it refuses, how to extend it, how it fits, where to go on."""
    places = [FIRST_SCREEN.find(part) for part in ORDER]
    assert -1 not in places and places == sorted(places), dict(zip(ORDER, places, strict=True))
    lines = FIRST_SCREEN.splitlines()
    assert len(lines) <= 64
    assert len([line for line in lines if line.strip()]) <= 48
    assert lines[2].count(".") == 1, "one sentence says for whom it is"
    assert "shields.io" not in README and "badge" not in README


def test_the_picture_is_there_and_described() -> None:
    """The Exceptions page, with words for those who cannot see it (make the picture again if this fails)."""
    ((words, picture),) = re.findall(r"!\[(.+?)\]\((.+?)\)", FIRST_SCREEN)
    assert len(words.split()) >= 12
    assert (ROOT / picture).is_file(), f"{picture} is missing: make the picture of the Exceptions page"


def test_make_targets_exist() -> None:
    """Every `make word` that README tells people to type is a target of the Makefile."""
    told = set(re.findall(r"^make ([a-z-]+)", README, re.MULTILINE)) | set(re.findall(r"`make ([a-z-]+)`", README))
    assert {"run", "test"} <= told
    assert told <= set(TARGETS)


def test_the_numbers_are_those_of_the_demonstration(demonstration: Path) -> None:
    """The closing line that README shows is the one a run of the demonstration council ends with."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        (summary,) = connection.execute("select summary from run where outcome = 'published'").fetchall()[0]
    files = sum(1 for path in (demonstration / "inbox").rglob("*") if path.is_file())
    assert f"`{summary.split('; published')[0]}`" in FIRST_SCREEN
    assert f"loads the {files} files" in FIRST_SCREEN


@pytest.fixture(scope="module")
def refusal(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """README's bad file put into a copy of the demonstration council, and what the run then printed."""
    data = tmp_path_factory.mktemp("readme") / "data"
    shutil.copytree(demonstration, data, symlinks=True)
    (commands,) = [body for body in blocks("sh") if body.startswith("echo ")]
    echo, run = commands.splitlines()
    words = shlex.split(echo)
    assert words[0] == "echo" and words[2] == ">" and words[3].startswith("data/")
    bad = data / words[3].removeprefix("data/")
    assert bad.is_file(), "README spoils a file that the demonstration council really sends"
    bad.write_text(f"{words[1]}\n", encoding="utf-8")
    assert run == ".venv/bin/python -m pipelines run"
    done = run_pipeline("run", "--data", str(data), expect=(3,))
    return data, done.stdout


def test_a_bad_file_is_refused_in_the_words_shown(refusal: tuple[Path, str]) -> None:
    """What README prints after the bad file is what the run prints: what, where, why and what to do."""
    shown, *others = [body for body in blocks("") if "Refused: " in body]
    assert others == []
    told, closing = shown.rsplit("\n", 2)[0], shown.splitlines()[-1]
    printed = [in_one_line(line) for line in refusal[1].splitlines()]
    assert in_one_line(told) in printed
    assert [line for line in printed if line.startswith(f"{closing};")] == printed[-1:]


def test_the_last_good_figures_stay_up(refusal: tuple[Path, str], demonstration: Path) -> None:
    """After the refusal every figure is the one from before, and the page has the words of the refusal."""
    figures = "select measure_id, area_code, period_start, value from observation order by all"
    held = []
    for data in (demonstration, refusal[0]):
        with duckdb.connect(str(data / "snapshots" / "current"), read_only=True) as connection:
            held.append(connection.execute(figures).fetchall())
    assert held[0] == held[1]


def catalogue_with(snippet: str, folder: Path) -> Path:
    """The demonstration council's catalogue with a measure added where README says: at the end."""
    path = folder / "metrics.yaml"
    text = (ROOT / "metrics.yaml").read_text(encoding="utf-8")
    path.write_text(f"{text.rstrip()}\n\n{snippet}", encoding="utf-8")
    return path


def test_the_measure_shown_is_sound(tmp_path: Path) -> None:
    """Added to the demonstration council's catalogue, README's YAML is one measure more and no fault."""
    (snippet,) = blocks("yaml")
    assert len(YAML(typ="safe").load(snippet)) == 1
    before = run_pipeline("check", expect=(0,)).stdout
    after = run_pipeline("check", "--catalogue", str(catalogue_with(snippet, tmp_path)), expect=(0,)).stdout
    measures = [int(found[1]) for text in (before, after) if (found := re.search(r"(\d+) measures", text))]
    assert measures[1] == measures[0] + 1


def test_the_fault_shown_is_the_one_reported(tmp_path: Path) -> None:
    """With README's mistake in it, `check` prints README's message; only the line number may have moved."""
    (snippet,) = blocks("yaml")
    ((mistake, message),) = re.findall(r"Write `(.+?)`, and it answers.*?\n`(.+?)`", FIRST_SCREEN)
    field = mistake.split(":")[0]
    wrong = re.sub(rf"{field}: \w+", mistake, snippet)
    assert wrong != snippet
    printed = run_pipeline("check", "--catalogue", str(catalogue_with(wrong, tmp_path)), expect=(2,)).stdout
    assert "Did you mean" in message

    def without_number(text: str) -> str:
        return re.sub(r"line \d+", "line N", text)

    assert without_number(printed.splitlines()[0]) == without_number(message)


def test_every_folder_named_exists() -> None:
    """The list of folders names those there are (data/ comes with the first run)."""
    named = set(re.findall(r"`([a-z.]+/?)`", FIRST_SCREEN.split("How it fits together", 1)[1].split("Read on", 1)[0]))
    assert {name for name in named if name != "data/" and not (ROOT / name).exists()} == set()
    code = {f"{path.parent.name}/" for path in ROOT.glob("*/*.py")}
    assert code <= named


def test_every_setting_is_in_the_table() -> None:
    """Option, variable, default and meaning of each setting, as the code has them."""
    options = {action.dest for action in _options("run")}
    for setting in SETTINGS:
        option = f"`--{setting.name}`" if setting.name in options else "none"
        assert f"| {option} | `{setting.variable}` | {setting.default} | {setting.help} |" in README


def test_every_command_and_exit_code_is_told() -> None:
    """README names each command of the pipeline and each exit code that --help names."""
    commands = _commands()
    assert {name for name in commands if f"python -m pipelines {name}" not in README} == set()
    codes = set(re.findall(r"(?:^|· |: )(\d) ", str(_parser().epilog)))
    assert codes == set(re.findall(r"^\| (\d) \|", README, re.MULTILINE))


def test_the_published_example_is_there() -> None:
    """The catalogue that README's second example names exists, and its options are ones the run takes."""
    told = README.split("## Published figures", 1)[1].split("## ", 1)[0]
    (catalogue,) = set(re.findall(r"--catalogue (\S+)", told))
    assert (ROOT / catalogue).is_file()
    options = {f"--{action.dest}" for action in _options("run")}
    assert set(re.findall(r"(--[a-z]+)", told)) <= options


def _commands() -> dict[str, Any]:
    """Command → its parser."""
    (commands,) = [action for action in _parser()._actions if action.dest not in ("help",)]
    return dict(commands.choices or {})


def _options(command: str) -> list[Any]:
    """The options of one command."""
    return list(_commands()[command]._actions)
