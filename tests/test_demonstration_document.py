"""docs/demonstration.md keeps its word: its tables, the decisions about measures, and what the pages show of them."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from scorecard.catalogue import read_catalogue
from tests.pages_under_test import visit, words_of

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "demonstration.md").read_text(encoding="utf-8")
HOME = "X06000001"
MARSH_LANE = "X05000017"


@pytest.fixture(scope="module")
def snapshot(demonstration: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demonstration's published snapshot."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def copied(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder again, for the pages: they keep a snapshot open in a way of their own."""
    data = tmp_path_factory.mktemp("copied")
    shutil.copytree(demonstration / "snapshots", data / "snapshots", symlinks=True)
    return data


@pytest.fixture
def shown(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages look for their figures in the demonstration."""
    monkeypatch.setenv("SCORECARD_DATA", str(copied))


TOLD: dict[str, str] = {}
"""Rules that the document calls otherwise than by their titles."""


def table(headings: str) -> dict[str, list[str]]:
    """First cell → the others, of the table in the document whose line of headings begins so."""
    _, found, below = DOCUMENT.partition(f"\n| {headings} |")
    assert found, f"the document has no table '{headings}'"
    lines = below.split("\n\n", 1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return {first.strip("`"): rest for first, *rest in cells}


def test_the_measures_are_counted_right() -> None:
    """By theme: how many, of which kinds, and from returns or from records."""
    catalogue = read_catalogue(ROOT / "metrics.yaml")
    told = table("theme | measures")
    kinds = ("operational", "outcome", "contextual", "volumetric", "project")
    for title, theme_id in [*((theme.title, name) for name, theme in catalogue.themes.items()), ("all", None)]:
        measures = [each for each in catalogue.measures.values() if theme_id in (None, each.theme)]
        of_kind = Counter(str(each.kind) for each in measures)
        records = sum(each.records is not None for each in measures)
        counted = [len(measures), *(of_kind[kind] for kind in kinds), len(measures) - records, records]
        assert [int(cell) for cell in told[title]] == counted, title
    holding = Counter(source.holds for source in catalogue.sources.values())
    assert f"{len(catalogue.sources)} sources, {holding['returns']} of returns" in DOCUMENT


def test_the_statuses_are_counted_right(snapshot: duckdb.DuckDBPyConnection) -> None:
    """By theme: how the live measures stand on 20 November 2026."""
    rows = snapshot.execute(
        "select t.title, j.status from judgement j join measure m using (measure_id) join theme t using (theme_id)"
        " where j.is_latest and j.area_code = ? and m.stage = 'live'",
        [HOME],
    ).fetchall()
    order = ("on_target", "close", "off_target", "too_few", "overdue", "no_target", "activity_only")
    counted = Counter([*rows, *(("all", status) for _, status in rows)])
    assert {title: [counted[title, status] for status in order] for title in {title for title, _ in counted}} == {
        title: [int(cell) for cell in cells] for title, cells in table("theme | on target").items()
    }
    assert f"Of the {len(rows)} live measures" in DOCUMENT


def test_the_exceptions_are_those_of_the_table(snapshot: duckdb.DuckDBPyConnection) -> None:
    """In the order of the list: where, by which rules, of what concern, since when and whether confirmed."""
    catalogue = read_catalogue(ROOT / "metrics.yaml")
    rows = snapshot.execute(
        "select measure_id, coalesce(nullif(part, ''), if(e.area_code = ?, '', a.name)), severity, e.since, confirmed,"
        " list(x.rule order by x.position) from exception e join area a using (area_code)"
        " join exception_evidence x using (measure_id, area_code, part)"
        " where x.role in ('leading', 'also') and x.exception_rule = e.rule group by all order by min(e.position)",
        [HOME],
    ).fetchall()
    found = [
        [
            f"`{measure}`" + (f", {place}" if place else ""),
            ", ".join(TOLD.get(rule, catalogue.exception_rules[rule].title.lower()) for rule in rules),
            severity,
            f"{since:%B %Y}",
            "yes" if confirmed else "no",
        ]
        for measure, place, severity, since, confirmed, rules in rows
    ]
    _, _, below = DOCUMENT.partition("\n| exception | rules met |")
    lines = below.split("\n\n", 1)[0].splitlines()[2:]
    assert [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines] == found


def test_rows_set_aside_are_those_of_the_table(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Each planted row is set aside, in the file that is told, and no other row of any file is."""
    held = dict(
        snapshot.execute("select path, count(*) from quarantined_row join load using (load_id) group by 1").fetchall()
    )
    told = {path: int(cells[0]) for path, cells in table("file | rows set aside").items()}
    assert held == told
    assert f"{sum(told.values())} rows of {len(told)} files are set aside" in DOCUMENT


def test_planted_cells_are_why(snapshot: duckdb.DuckDBPyConnection) -> None:
    """What the table puts in quotation marks stands in a row that was set aside from that file."""
    for path, (_, said) in table("file | rows set aside").items():
        rows = snapshot.execute(
            "select string_agg(cells, ' ') from quarantined_row join load using (load_id) where path = ?", [path]
        ).fetchone()
        assert rows is not None
        quoted = [part.rstrip("?") for part in said.split('"')[1::2]]
        assert [part for part in quoted if part not in rows[0]] == [], path


def test_resends_replace_as_many_records_as_the_table_says(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Data quality notes each resend with its number of records; the pivot is refused and replaces none."""
    notes = snapshot.execute("select sentence, rows from problem where code = 'record_replaced'").fetchall()
    told = {path: int(cells[1]) for path, cells in table("file | what was wrong before").items()}
    replaced = {path: rows for path in told for sentence, rows in notes if path in sentence}
    assert len(notes) == len(replaced) == 5
    assert told == {**replaced, "highways/Potholes 2026-27 resend.xlsx": 0}


def test_other_problems_are_the_planted_ones(snapshot: duckdb.DuckDBPyConnection) -> None:
    """A file refused, a file without a source, a row that stands twice, and statuses that the dates contradict."""
    found = snapshot.execute(
        "select code, path from problem where severity <> 'quarantine' and code <> 'record_replaced'"
    ).fetchall()
    assert set(found) == {
        ("sheet_missing", "highways/Potholes 2026-27 resend.xlsx"),
        ("no_contract", "Minutes of meeting.txt"),
        ("identical_rows", "governance/Governance return.csv"),
        ("status_contradicted", "audit/Audit recommendations Apr 2021 to Oct 2026.xlsx"),
        ("status_contradicted", "policy/Action plan Apr 2024 to Sep 2026.csv"),
        ("status_contradicted", "policy/Policy register Apr 2021 to Oct 2026.csv"),
    }


MARKS = {
    ("first_contact", "x"): {"Nov 2023"},
    ("web_success", "c"): {"Aug 2022"},
    ("phishing_failures", "x"): {"Q3 2022/23"},
    ("leisure_visits", "x"): {"Mar 2022"},
    ("election_turnout", "z"): {"2024/25"},
    ("carers_quality_of_life", "z"): {"2022/23", "2024/25"},
    ("recycling_rate", "p"): {"Q1 2026/27", "Q2 2026/27"},
    ("net_dwellings", "p"): {"2025/26"},
}
"""Measure and mark → the periods that carry it."""


@pytest.mark.parametrize(("measure", "mark"), MARKS)
def test_marks_stay_with_their_figures(measure: str, mark: str, snapshot: duckdb.DuckDBPyConnection) -> None:
    """A suppressed, missing or inapplicable figure is no figure; a provisional one is shown with its mark."""
    rows = snapshot.execute(
        "select period, value is null from observation where measure_id = ? and marker = ? and area_code = ?",
        [measure, mark, HOME],
    ).fetchall()
    assert dict(rows) == dict.fromkeys(MARKS[measure, mark], mark != "p")


def test_proposed_measures_are_not_judged_and_removed_ones_not_due(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Three of each, all told; none of them is an exception, and nothing is awaited of those removed."""
    stages = snapshot.execute("select measure_id, stage from measure where stage <> 'live'").fetchall()
    assert dict(stages) == {
        **dict.fromkeys(("calls_longest_wait", "street_lights_repaired", "damp_days"), "proposed"),
        **dict.fromkeys(("carers_assessed", "consultation_responses", "training_spend_fte"), "removed"),
    }
    found = snapshot.execute(
        "select measure_id, status, max(period_end) from judgement join measure using (measure_id)"
        " where stage <> 'live' and area_code = ? group by 1, 2",
        [HOME],
    ).fetchall()
    for measure, status, last in found:
        assert status not in ("off_target", "overdue", "awaiting"), measure
        if dict(stages)[measure] == "proposed":
            assert status == "activity_only", measure
        else:
            assert f"{last:%Y-%m}" in ("2025-03", "2026-03"), measure
    assert {measure for measure, _, _ in found} == set(dict(stages))


def test_there_is_no_direction_across_a_break(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Seven amended measures: the first period counted the new way is compared with nothing, the last one is again."""
    broken = dict(
        snapshot.execute("select measure_id, decided_on from lifecycle where breaks_comparability").fetchall()
    )
    assert len(broken) == 7 and all(f"`{measure}`" in DOCUMENT for measure in broken)
    for measure, day in broken.items():
        periods = snapshot.execute(
            "select last_period, last_year from judgement where measure_id = ? and area_code = ?"
            " and period_start >= ? and value is not null order by period_start",
            [measure, HOME, day],
        ).fetchall()
        assert periods[0] == ("unknown", "unknown"), measure
        assert periods[-1][1] != "unknown", measure


def test_one_directorate_pays_late(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Since April Children pays about 94% in time and each other directorate about 97%."""
    shares = snapshot.execute(
        "select category, round(sum(numerator) / sum(denominator) * 100) from breakdown"
        " where measure_id = 'invoices_on_time' and area_code = ? and period_start >= '2026-04-01' group by 1",
        [HOME],
    ).fetchall()
    others = ("Adults", "Chief Executive's Office", "Place", "Resources")
    assert dict(shares) == {"Children": 94, **dict.fromkeys(others, 97)}


def test_a_news_story_is_a_spike_that_is_over(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Requests for information in May 2024 stand far above every other month, and nothing is judged by it."""
    rows = snapshot.execute(
        "select period, value, status from judgement where measure_id = 'foi_received' and area_code = ?"
        " order by value desc",
        [HOME],
    ).fetchall()
    assert rows[0][:2] == ("May 2024", 197) and rows[1][1] < 130
    assert {status for _, _, status in rows} == {"activity_only"}


@pytest.mark.usefixtures("shown")
def test_the_data_quality_page_shows_the_mess() -> None:
    """The refused file, the restated quarter and the rows set aside are told there in words."""
    said = words_of(visit("data_quality.py"))
    for words in ("Potholes 2026-27 resend.xlsx", "57 records stand again", "Minutes of meeting.txt", "when resourced"):
        assert words in said


@pytest.mark.usefixtures("shown")
def test_the_exceptions_page_shows_the_list() -> None:
    """Each exception has its sentence there."""
    said = words_of(visit("exceptions.py"))
    for words in (
        "Calls abandoned",
        "13.0% in Oct 2026",
        "90.6% in Oct 2026",
        "207 per 100,000 collections in Oct 2026",
        "o figure for Sep 2026",
        "55.6% in Oct",
    ):
        assert words in said


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"measure": "missed_collections", "area": MARSH_LANE}, "207 per 100,000 collections in Oct 2026 against"),
        ({"measure": "damp_days"}, "Proposed: not judged yet"),
        ({"measure": "training_spend_fte"}, "It is not judged any more"),
        ({"measure": "care_home_admissions"}, "Counted differently from"),
        ({"measure": "fly_tip_clearance"}, "new usual level from here"),
        ({"measure": "calls_abandoned"}, "Waste and streets"),
        ({"measure": "complaints_on_time"}, "Complaints that come back at stage 2"),
    ],
)
def test_the_measure_page_shows_the_story(address: dict[str, str], words: str) -> None:
    """What the document sends a reviewer to look for is on the page of that measure."""
    app = visit("measure.py", **address)
    assert words.lower() in words_of(app).lower()
    assert not app.exception
