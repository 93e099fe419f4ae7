"""The documents keep their word: every table, code and decision is described, and every example query runs."""

import re
from pathlib import Path

import duckdb
import pytest

from pipelines.problems import Code

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
OF_ONE_MACHINE = re.compile(r"index-url|/(?:home|root|Users)/")
QUERIES = re.findall(r"```sql\n(.+?)```", (DOCS / "snapshot.md").read_text(encoding="utf-8"), re.DOTALL)


def name_of(path: Path) -> str:
    """The path below the project."""
    return path.relative_to(ROOT).as_posix()


def sections(document: str, mark: str = "## ") -> dict[str, str]:
    """Heading → text below it, for headings of one level, up to the next heading of any level above it."""
    found: dict[str, str] = {}
    heading = ""
    for line in document.splitlines():
        if line.startswith(mark):
            heading = line.removeprefix(mark).strip()
            assert heading not in found, f"the heading '{heading}' stands twice"
            found[heading] = ""
        elif line.startswith("# "):
            heading = ""
        elif heading:
            found[heading] += f"{line}\n"
    return found


@pytest.fixture(scope="module")
def columns() -> dict[str, dict[str, str]]:
    """Table → column → type, as schema.sql really makes them."""
    with duckdb.connect() as connection:
        connection.execute((ROOT / "scorecard" / "snapshot" / "schema.sql").read_text(encoding="utf-8"))
        rows = connection.execute(
            "select table_name, column_name, lower(data_type) from information_schema.columns order by all"
        ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def test_every_table_and_column_of_a_snapshot_is_described(columns: dict[str, dict[str, str]]) -> None:
    """docs/snapshot.md has each table of schema.sql as a heading and each column with its type, and no others."""
    text = (DOCS / "snapshot.md").read_text(encoding="utf-8").split("# The tables", 1)[1]
    row = re.compile(r"^\| `(\w+)` \| ([^|]+?) \| \S", re.MULTILINE)
    described = {
        table: {name: kind.replace(" ", "") for name, kind in row.findall(body)}
        for table, body in sections(text).items()
    }
    held = {
        table: {name: kind.replace(" ", "") for name, kind in of_table.items()} for table, of_table in columns.items()
    }
    assert described == held


def test_every_table_says_what_one_row_is() -> None:
    """A reader must know the grain before the columns."""
    text = (DOCS / "snapshot.md").read_text(encoding="utf-8").split("# The tables", 1)[1]
    without = [table for table, body in sections(text).items() if not re.match(r"\s*One row", body)]
    assert without == []


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_example_queries_run(query: str, demonstration: Path) -> None:
    """Each example of docs/snapshot.md answers on the demonstration council."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        rows = connection.execute(query).fetchall()
    assert rows


def test_a_figure_leads_to_the_archived_file(demonstration: Path) -> None:
    """The query for a figure's file names a sha256, and the archive holds those very bytes under it."""
    (query,) = [query for query in QUERIES if "limit 1" in query]
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description]
        row = dict(zip(names, cursor.fetchone() or (), strict=True))
    suffix = Path(str(row["path"])).suffix
    assert (demonstration / "archive" / f"{row['sha256']}{suffix}").exists()


def test_every_problem_has_its_section() -> None:
    """docs/problems.md has exactly one section for each code, with when, what happens and how to fix."""
    found = sections((DOCS / "problems.md").read_text(encoding="utf-8"))
    assert set(found) == {code.value for code in Code}
    parts = ("**When it occurs.** ", "**What happens.** ", "**How to fix.** ")
    incomplete = [code for code, body in found.items() if not all(part in body for part in parts)]
    assert incomplete == []


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_decisions_fit_on_a_page(path: Path) -> None:
    """A decision says its context, what was decided and what follows, in at most 60 lines."""
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# (ADR )?0*{int(path.name[:4])}\b", text), "its heading begins with its number"
    assert [heading for heading in sections(text) if heading in {"Context", "Decision", "Consequences"}] == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_documents_name_no_registry_and_no_machine(path: Path) -> None:
    """What is written here is true on any machine."""
    text = path.read_text(encoding="utf-8")
    assert OF_ONE_MACHINE.findall(text) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_documents_have_no_loose_ends(path: Path) -> None:
    """No note to self is left in, and every link to a file of the project leads to one (pictures aside)."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|TBC|XXX)\b", text)
    links = [link for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_changelog_has_an_unreleased_part() -> None:
    """What has changed since the last version is written down as it changes."""
    parts = sections((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert parts["[Unreleased]"].strip()
