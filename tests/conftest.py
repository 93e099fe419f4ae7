"""What the tests share: the demonstration council and the published example, each loaded once for all workers."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PUBLISHED_FILES = SHARED / "real"


LONGEST = (
    "browser", "test_faults.py", "test_published.py", "test_commands.py", "test_new_measure.py", "test_keeping.py",
    "test_page_measure.py", "test_target_sanity.py", "test_readme.py", "test_explain.py",
)  # fmt: skip
"""Folders and modules that take longest. They are begun first: one begun last would keep the other cores waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest modules first. A module's tests stay together, in their order."""

    def place(item: pytest.Item) -> int:
        names = item.path.parts[-2:]
        return next((place for place, name in enumerate(LONGEST) if name in names), len(LONGEST))

    items.sort(key=place)


def run_pipeline(*arguments: str, expect: tuple[int, ...] = (0, 3)) -> subprocess.CompletedProcess[str]:
    """`python -m pipelines ...` in a process of its own, free of the developer's own settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCORECARD_")}
    environment["SCORECARD_SETTLE_SECONDS"] = "0"  # the files of tests are whole
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in expect, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module", autouse=True)
def snapshots_let_go() -> Iterator[None]:
    """Close what a module's tests served: a file open in one way cannot be opened in another by the next module."""
    yield
    from scorecard.snapshot.store import close_all  # slow to import, and most modules load nothing

    close_all()


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """A data folder that one worker makes while the others wait, and that no test may change: it is everybody's."""
    own = folders.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    place = shared / f"{name}.path"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            data = folders.mktemp(name)
            make(data)
            place.write_text(str(data))
    data = Path(place.read_text())
    before = stamps(data)
    yield data
    changed = sorted(str(path) for path, _ in before.items() ^ stamps(data).items())
    assert not changed, f"a test changed the {name} folder that all tests share; copy it first: {changed}"


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of change of every file and folder below."""
    found = {path: path.lstat() for path in folder.rglob("*")}
    return {path: (entry.st_size, entry.st_mtime_ns) for path, entry in found.items()}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder in which the demonstration council has been loaded."""

    def make(data: Path) -> None:
        run_pipeline("demo", "--data", str(data))
        run_pipeline("run", "--data", str(data))

    yield from made_once(tmp_path_factory, "demonstration", make)


@pytest.fixture(scope="session")
def published_files() -> Path:
    """The published files beside the checkout; tests that need them skip where they are absent."""
    if not PUBLISHED_FILES.is_dir():
        pytest.skip(f"needs the published files in {PUBLISHED_FILES}, which are not part of the project")
    return PUBLISHED_FILES


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, published_files: Path) -> Iterator[Path]:
    """A data folder in which the published example has been loaded for its default council."""

    def make(data: Path) -> None:
        catalogue = str(ROOT / "examples" / "published" / "metrics.yaml")
        run_pipeline("run", "--catalogue", catalogue, "--inbox", str(published_files), "--data", str(data))

    yield from made_once(tmp_path_factory, "published", make)
