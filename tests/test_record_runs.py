"""Files of records through a whole run: counted, corrected, refused, and never kept in the snapshot."""

from pathlib import Path

import duckdb
import pytest
from small_council import CATALOGUE, load, write_council

from scorecard.settings import Settings
from scorecard.snapshot.folder import current

RECORD_CATALOGUE = CATALOGUE.replace(
    "  homes:\n    title: Homes\n",
    """  cases:
    title: Cases
    publisher: Place
    holds: records
    files: ["Cases *.csv"]
    format: delimited
    columns:
      ref: {header: Reference, required: true}
      ward: {header: Ward}
      channel: {header: Channel, allowed: [Phone, Web]}
      opened: {header: Opened, type: date, required: true}
      closed: {header: Closed, type: date}
    area: {column: ward, by: name}
    period: {within: file_name, find: "Cases (.+?)(?: resend)?[.]csv", forms: [month_range, month]}
    key: [ref]
    expected: {every: month, within_days: 10}
  homes:\n    title: Homes\n""",
).replace(
    "measures:\n",
    """measures:
  cases_opened:
    title: Cases opened
    definition: Cases opened in the month.
    theme: health
    service: place
    kind: volumetric
    unit: cases
    decimals: 0
    polarity: neutral
    frequency: month
    records:
      source: cases
      calculate: {kind: count, dated: opened}
      by: [ward, channel]
  cases_on_time:
    title: Cases closed on time
    definition: Cases closed within five working days.
    theme: health
    service: place
    unit: "%"
    polarity: higher
    frequency: month
    records:
      source: cases
      calculate: {kind: within, dated: opened, start: opened, end: closed, days: 5, working: true}
    targets: [{kind: fixed, value: 80, reason: Council plan}]
""",
    1,
)
HEADINGS = "Reference,Ward,Channel,Opened,Closed\n"
SPRING = (
    "C1,Northward,Phone,02/04/2026,13/04/2026\n"  # five working days: Good Friday and Easter Monday lie between
    "C2,,Web,08/04/2026,16/04/2026\n"  # six; no ward
    "C3,Northward,Web,30/06/2026,\n"
    "C4,Nowhere,Web,01/06/2026,02/06/2026\n"
    "C5,Northward,Fax,01/06/2026,02/06/2026\n"
)


def council(folder: Path, **files: str) -> Settings:
    """A small council with these files of cases, by the months that their names say."""
    named = {f"Cases {months.replace('_', ' ')}.csv": HEADINGS + rows for months, rows in files.items()}
    settings = write_council(folder, named)
    settings.catalogue.write_text(RECORD_CATALOGUE, encoding="utf-8")
    return settings


def ask(settings: Settings, question: str) -> list[tuple[object, ...]]:
    """The rows of a question to the snapshot being served."""
    with duckdb.connect(str(current(settings.data).resolve()), read_only=True) as connection:
        return connection.execute(question).fetchall()


def opened_by_month(settings: Settings, area: str = "X1") -> dict[object, object]:
    """Period → cases opened."""
    question = (
        "select period, value from observation where measure_id = 'cases_opened' and area_code = '{}' order by all"
    )
    return dict(ask(settings, question.format(area)))  # type: ignore[arg-type]


def test_records_are_counted_with_their_receipt(tmp_path: Path) -> None:
    """A covered month without cases is nought, a case without a ward is the council's, and a fault is set aside."""
    settings = council(tmp_path, Apr_2026_to_Jun_2026=SPRING)
    outcome = load(settings)
    assert "2 rows set aside" in outcome.summary
    assert opened_by_month(settings) == {"Apr 2026": 2, "May 2026": 0, "Jun 2026": 1}
    assert opened_by_month(settings, "X2") == {"Apr 2026": 1, "May 2026": 0, "Jun 2026": 1}
    on_time = (
        "select period, numerator, denominator, value, marker, records from observation "
        "where measure_id = 'cases_on_time' and area_code = 'X1' order by period_start"
    )
    assert ask(settings, on_time) == [
        ("Apr 2026", 1, 2, 50.0, None, 2),
        ("May 2026", 0, 0, None, "z", 0),
        ("Jun 2026", 0, 1, 0.0, None, 1),
    ]
    channels = (
        "select category, value from breakdown where measure_id = 'cases_opened' and period = 'Apr 2026' order by all"
    )
    assert ask(settings, channels) == [("Phone", 1.0), ("Web", 1.0)]
    held = ask(settings, "select source_row, code from quarantined_row order by all")
    assert held == [(5, "area_unknown"), (6, "not_allowed")]
    rows = ask(
        settings,
        "select rows_found, rows_accepted, rows_set_aside, period_start, period_end from load "
        "where source_id = 'cases'",
    )
    assert [tuple(map(str, row)) for row in rows] == [("6", "3", "2", "2026-04-01", "2026-06-30")], "with the heading"


def test_a_resend_replaces_its_records_and_says_so(tmp_path: Path) -> None:
    """The later file's version of a case is counted; one it does not have stays."""
    settings = council(tmp_path, Apr_2026_to_Jun_2026="C1,,Web,02/04/2026,\nC2,,Web,08/04/2026,\n")
    load(settings)
    resend = HEADINGS + "C2,,Web,08/05/2026,\n"
    (settings.inbox / "Cases Apr 2026 to Jun 2026 resend.csv").write_text(resend, encoding="utf-8")
    load(settings)
    assert opened_by_month(settings) == {"Apr 2026": 1, "May 2026": 1, "Jun 2026": 0}
    ((sentence,),) = ask(settings, "select sentence from problem where code = 'record_replaced'")
    assert "1 record stands again in Cases Apr 2026 to Jun 2026 resend.csv" in str(sentence)


def test_a_month_that_no_file_covers_is_missing(tmp_path: Path) -> None:
    """May's file never came: April and June are told, May is not."""
    settings = council(tmp_path, Apr_2026="C1,,Web,02/04/2026,\n", Jun_2026="C2,,Web,02/06/2026,\n")
    load(settings)
    assert opened_by_month(settings) == {"Apr 2026": 1, "Jun 2026": 1}


def test_a_refused_version_leaves_the_earlier_figures_up(tmp_path: Path) -> None:
    """A broken resend of the same file is refused, and the version before it is read again from the archive."""
    settings = council(tmp_path, Apr_2026="C1,,Web,02/04/2026,\n", May_2026="C2,,Web,02/05/2026,\n")
    load(settings)
    (settings.inbox / "Cases Apr 2026.csv").write_text("Reference,Quarter,Channel,Opened,Closed\nC1,,Web,02/04/2026,\n")
    outcome = load(settings)
    assert outcome.refused == 1
    assert opened_by_month(settings) == {"Apr 2026": 1, "May 2026": 1}
    (settings.inbox / "Cases Apr 2026.csv").unlink()
    load(settings)
    assert opened_by_month(settings) == {"Apr 2026": 1, "May 2026": 1}, "a file that is gone keeps its figures"


@pytest.mark.parametrize("rows", [SPRING, "C1,,Web,not a day,\n"])
def test_nothing_of_a_record_is_kept(tmp_path: Path, rows: str) -> None:
    """The staging file is gone when the run ends, and accepted records are nowhere in the snapshot."""
    settings = council(tmp_path, Apr_2026_to_Jun_2026=rows)
    load(settings)
    assert not list(settings.data.glob("staging*"))
    tables = [name for (name,) in ask(settings, "select table_name from information_schema.tables")]
    assert not [name for name in tables if str(name).startswith("records_")]
    told = [row for table in tables if table != "council" for row in ask(settings, f'select * from "{table}"')]
    assert "C1" not in {str(cell) for row in told for cell in row}


def test_a_run_without_news_changes_nothing(tmp_path: Path) -> None:
    """The same files again publish nothing."""
    settings = council(tmp_path, Apr_2026="C1,,Web,02/04/2026,\n")
    assert load(settings).published
    assert not load(settings).published
