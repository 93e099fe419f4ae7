"""The fences: imports run one way, one module imports Great Expectations, and files stay small enough to read."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = [
    *sorted(path for folder in ("scorecard", "pipelines", "pages", "bench") for path in (ROOT / folder).rglob("*.py")),
    ROOT / "app.py",
]

# folder -> top-level packages it must not import, and where such code belongs instead
FENCES = {
    "scorecard": (
        {"streamlit", "great_expectations", "pipelines", "pages"},
        "move what draws into pages/components, what writes into pipelines/",
    ),
    "pipelines": (
        {"streamlit", "pages", "altair"},
        "pages and pipelines meet only in the snapshot: move what both need into scorecard/",
    ),
    "pages": (
        {"great_expectations", "pipelines", "duckdb", "python_calamine"},
        "read through scorecard/snapshot; what writes belongs in pipelines/",
    ),
    "app.py": ({"great_expectations", "pipelines", "duckdb"}, "app.py only starts the pages"),
}
LEAVES = ("scorecard/errors.py", "scorecard/periods.py", "scorecard/markers.py", "scorecard/nearest.py")
ONLY_GX_MODULE = "pipelines/check/suite.py"
GX_PEERS = {"bench/ingest/usual.py"}  # what the pipeline is compared with, not part of it
LONGEST = 250
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """(module, line) of every import in a file, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def place_of(path: Path) -> str:
    """The path below the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=place_of)
def test_imports_run_one_way(path: Path) -> None:
    """No module imports across a fence; the message says where the code should go."""
    banned, advice = FENCES.get(place_of(path).split("/")[0], (set(), ""))
    crossed = [f"line {line}: imports {name}" for name, line in imports_of(path) if name.split(".")[0] in banned]
    assert not crossed, f"{place_of(path)} crosses a fence ({'; '.join(crossed)}): {advice}"


@pytest.mark.parametrize("leaf", LEAVES)
def test_leaves_import_nothing_of_the_project(leaf: str) -> None:
    """What everything stands on stands on nothing of ours."""
    own = [name for name, _ in imports_of(ROOT / leaf) if name.split(".")[0] in {"scorecard", "pipelines", "pages"}]
    assert own == []


def test_great_expectations_is_imported_in_one_place() -> None:
    """It costs seconds to import, so exactly one module of the pipeline does."""
    users = [
        place_of(path) for path in MODULES if any(name.startswith("great_expectations") for name, _ in imports_of(path))
    ]
    assert [user for user in users if user not in GX_PEERS] == [ONLY_GX_MODULE]


def test_the_dashboard_process_never_imports_great_expectations() -> None:
    """Everything the pages and the server import, really imported, leaves Great Expectations and scipy out."""
    modules = [
        place_of(path)[:-3].replace("/", ".")
        for path in MODULES
        if place_of(path).startswith(("pages/components", "scorecard"))
    ]
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
    code += "print(sorted({m.split('.')[0] for m in sys.modules} & {'great_expectations', 'scipy', 'pipelines'}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=place_of)
def test_modules_stay_small_and_well_named(path: Path) -> None:
    """A module has one noun and fits in a reader's head; no sink for leftovers."""
    assert path.stem not in BANNED_NAMES, f"{place_of(path)}: name it for what it holds"
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{place_of(path)} has {lines} lines: split it by noun"


@pytest.mark.parametrize("path", [p for p in MODULES if place_of(p).startswith("pages/")], ids=place_of)
def test_pages_use_no_raw_html(path: Path) -> None:
    """Raw HTML would let a cell of somebody's file run in a reader's browser."""
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("unsafe_allow_html", "st.html(", "components.v1") if word in text]


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=place_of)
def test_pages_are_thin(path: Path) -> None:
    """A page reads like a description of itself: no SQL, and at most 80 lines."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80, f"{place_of(path)} is a page: move the work to scorecard/ or pages/components"
    assert "select " not in text.casefold().replace("st.select", "").replace("select a", "").replace("selectbox", "")
