"""Data folders that tests share: the demonstration council and the published example, each loaded once a session."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PUBLISHED_FILES = SHARED / "real"


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


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder in which the demonstration council has been loaded."""
    data = tmp_path_factory.mktemp("demonstration")
    run_pipeline("demo", "--data", str(data))
    run_pipeline("run", "--data", str(data))
    yield data


@pytest.fixture(scope="session")
def published_files() -> Path:
    """The published files beside the checkout; tests that need them skip where they are absent."""
    if not PUBLISHED_FILES.is_dir():
        pytest.skip(f"needs the published files in {PUBLISHED_FILES}, which are not part of the project")
    return PUBLISHED_FILES


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, published_files: Path) -> Iterator[Path]:
    """A data folder in which the published example has been loaded for its default council."""
    data = tmp_path_factory.mktemp("published")
    catalogue = str(ROOT / "examples" / "published" / "metrics.yaml")
    run_pipeline("run", "--catalogue", catalogue, "--inbox", str(published_files), "--data", str(data))
    yield data
