"""Running a page in-process on the small snapshot, as a visitor with a given address."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.small_snapshot import publish

SHELL = Path(__file__).resolve().parent.parent / "pages" / "shell.py"


def visit(page: str, **address: str) -> AppTest:
    """The page with these URL parameters, run once."""
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    app.run()
    app.switch_page(page)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def words_of(app: AppTest) -> str:
    """Everything a page says in titles, text, captions, notices and tables."""
    said = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    tables = [table.value.to_string() for table in app.table]
    return "\n".join([str(element.value) for element in said] + tables).replace("\\", "")


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small snapshot, in which the pages look for their figures."""
    publish(tmp_path)
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def empty_council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with a snapshot that has no measure in it."""
    publish(tmp_path, examples=())
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def nothing_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    return tmp_path


HOSTILE = (
    "'; drop table measure; --",
    "<script>alert(1)</script>",
    "[click](https://evil.example)",
    "../../etc/passwd",
    "x" * 5000,
    "\u202e\u0000",
)
"""What somebody may put into an address."""
