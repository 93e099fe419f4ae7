"""What a contract asks of dates and of whole files, through whole runs: refused, set aside, noted and stored."""

import os
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from small_council import CATALOGUE, GOOD, load, write_council
from test_record_runs import HEADINGS, RECORD_CATALOGUE

from scorecard.settings import Settings
from scorecard.snapshot.folder import current

HEADER = "Place,Month,Code,Count,Out of\n"
CHECKS = """\
    checks:
      usual_rows: {within_percent: 50}
      blanks: [{column: count, at_most_percent: 25}]
      totals: [{column: count, rows: {column: place, equal_to: [Total]}}]
    area: {column: place, by: name}
"""
STRICT = CATALOGUE.replace("    area: {column: place, by: name}\n", CHECKS)
DATES = RECORD_CATALOGUE.replace(
    "closed: {header: Closed, type: date}",
    "closed: {header: Closed, type: date, earliest: 2026-04-01, latest: 2026-07-31, not_before: opened}",
)


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    """Rows of the snapshot being served."""
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def row(month: str, count: object = 5) -> str:
    """One row of the return."""
    return f"Littleborough,{month} 2026,missed,{count},100000\n"


def test_a_file_that_breaks_a_limit_is_refused_and_the_one_before_stays(tmp_path: Path) -> None:
    """Refused with measured and limit together, stored as a check of the file, and the earlier version stands in."""
    settings = write_council(tmp_path, {"returns.csv": HEADER + row("Aug") + row("Sep")})
    settings.catalogue.write_text(STRICT, encoding="utf-8")
    load(settings)
    said = "select check_name, passed, sentence from check_result where scope = 'file' order by all"
    assert ask(settings, said) == [("blanks", True, "0 of 2 rows, 0%, have no 'Count'; the limit is 25%")]
    (settings.inbox / "returns.csv").write_text(HEADER + row("Aug") + row("Sep", "") + row("Oct", ""))
    outcome = load(settings)
    assert outcome.refused == 1
    assert ask(settings, "select code, severity, sentence from problem order by all") == [
        ("earlier_version_kept", "note", "returns.csv: the version sent now was refused, so the figures of the one "
         "before it stay."),
        ("too_many_blanks", "refuse", "returns.csv: 2 of 3 rows, 66.7%, have no 'Count'; the limit is 25%."),
    ]  # fmt: skip
    assert ask(settings, "select period, value from observation order by period_start") == [
        ("Aug 2026", 5.0), ("Sep 2026", 5.0),
    ]  # fmt: skip


def test_a_stated_total_is_no_figure_and_must_be_made_up(tmp_path: Path) -> None:
    """The total row is passed over; when the rows do not make it up the file is refused."""
    total = "Total,,,{},\n"
    settings = write_council(tmp_path, {"returns.csv": HEADER + row("Aug", 7) + row("Sep", 8) + total.format(15)})
    settings.catalogue.write_text(STRICT, encoding="utf-8")
    assert load(settings).refused == 0
    assert ask(settings, "select sum(numerator)::integer from observation") == [(15,)]
    (settings.inbox / "returns.csv").write_text(HEADER + row("Aug", 7) + row("Sep", 8) + total.format(16))
    assert load(settings).refused == 1
    ((sentence,),) = ask(settings, "select sentence from problem where code = 'total_disagrees'")
    assert sentence == (
        "returns.csv: the rows under 'Count' add up to 15 and the file states 16, 1 apart; the limit is 0."
    )


def test_what_is_usual_is_remembered_from_run_to_run(tmp_path: Path) -> None:
    """Three monthly files accepted in earlier runs; the fourth has far more rows, and is noted and used."""
    settings = write_council(tmp_path, {})
    settings.catalogue.write_text(STRICT, encoding="utf-8")
    for month in ("Jun", "Jul", "Aug"):
        (settings.inbox / f"returns {month}.csv").write_text(HEADER + row(month))
        load(settings)
        assert ask(settings, "select count(*) from problem") == [(0,)]
    many = [
        f"{place},Sep 2026,{code},5,9\n" for place in ("Littleborough", "Northward") for code in ("missed", "calls")
    ]
    (settings.inbox / "returns Sep.csv").write_text(HEADER + "".join(many))
    load(settings)
    ((code, severity, sentence),) = ask(settings, "select code, severity, sentence from problem")
    assert (code, severity) == ("rows_unusual", "note")
    assert "it has 4 rows, 300% more than usual (the middle of the 3 files accepted before is 1)" in str(sentence)
    assert ask(settings, "select count(*) from accepted_batch") == [(4,)]
    load(settings, force=True)
    assert ask(settings, "select code from problem") == [("rows_unusual",)], "the same in every later run"


def test_dates_out_of_range_and_out_of_order_are_set_aside(tmp_path: Path) -> None:
    """A day outside the contract's, and one before the day it must follow; a blank date is no fault."""
    rows = (
        "C1,,Web,02/04/2026,13/04/2026\nC2,,Web,03/04/2026,02/04/2026\nC3,,Web,03/04/2026,01/08/2026\n"
        "C4,,Web,03/04/2026,\nC5,,Web,03/04/2026,03/04/2026\n"
    )
    settings = write_council(tmp_path, {"Cases Apr 2026 to Jun 2026.csv": HEADINGS + rows})
    settings.catalogue.write_text(DATES, encoding="utf-8")
    load(settings)
    assert ask(settings, "select source_row, code, sentence from quarantined_row order by source_row") == [
        (3, "date_order", "column 'Closed' is '02/04/2026' and must not be before 'Opened'."),
        (4, "out_of_range", "column 'Closed' is '01/08/2026' and must be between 1 April 2026 and 31 July 2026."),
    ]  # fmt: skip


def test_a_file_of_records_is_looked_at_as_a_whole(tmp_path: Path) -> None:
    """Refused for its blanks, it leaves no record behind, and takes none of an earlier file's away."""
    checks = "    checks: {blanks: [{column: channel, at_most_percent: 10}]}\n    area: {column: ward, by: name}\n"
    settings = write_council(tmp_path, {"Cases Apr 2026.csv": f"{HEADINGS}C1,,Web,02/04/2026,13/04/2026\n"})
    settings.catalogue.write_text(
        RECORD_CATALOGUE.replace("    area: {column: ward, by: name}\n", checks), encoding="utf-8"
    )
    load(settings)
    later = f"{HEADINGS}C1,,,02/04/2026,14/04/2026\nC2,,,03/05/2026,\n"
    (settings.inbox / "Cases Apr 2026 to May 2026.csv").write_text(later)
    assert load(settings).refused == 1
    assert ask(settings, "select code from problem where severity = 'refuse'") == [("too_many_blanks",)]
    counted = "select period, value from observation where measure_id = 'cases_opened' and area_code = 'X1'"
    assert ask(settings, counted) == [("Apr 2026", 1.0)]


def test_when_each_submission_came_is_known_from_the_second_run_on(tmp_path: Path) -> None:
    """Here at first: whether in time cannot be said. Come since: the day is known. Still out: late."""
    settings = write_council(tmp_path, {"returns.csv": GOOD})
    catalogue = CATALOGUE.replace("as_at: 2026-11-20", "as_at: 2026-12-10")
    settings.catalogue.write_text(catalogue, encoding="utf-8")
    late = datetime(2026, 11, 19, tzinfo=UTC).timestamp()
    os.utime(settings.inbox / "returns.csv", (late, late))
    load(settings)
    calendar = "select period, due_on::varchar, came_on, state from submission order by period_start desc"
    assert ask(settings, calendar) == [
        ("Dec 2026", "2027-01-15", None, "to_come"),
        ("Nov 2026", "2026-12-15", None, "due_soon"),
        ("Oct 2026", "2026-11-15", None, "came"),
        ("Sep 2026", "2026-10-15", None, "came"),
        ("Aug 2026", "2026-09-15", None, "came"),
    ]
    (settings.inbox / "returns Nov.csv").write_text(HEADER + row("Nov"))
    load(settings)
    today = datetime.now(UTC).date()
    ((came_on, state),) = ask(settings, "select came_on, state from submission where period = 'Nov 2026'")
    assert (came_on, state) == (today, "in_time" if today.isoformat() <= "2026-12-15" else "came_late")
    load(settings, force=True)
    assert ask(settings, "select came_on from submission where period = 'Nov 2026'") == [(today,)]
    settings.catalogue.write_text(catalogue.replace("2026-12-10", "2027-01-16"), encoding="utf-8")
    load(settings)
    assert ask(settings, "select state from submission where period = 'Dec 2026'") == [("late",)]


def test_a_column_of_records_that_is_spread_otherwise_is_noted(tmp_path: Path) -> None:
    """The next month's costs are in pence and its channels renamed: both are told, and only shares are kept."""
    catalogue = (
        RECORD_CATALOGUE.replace("channel: {header: Channel, allowed: [Phone, Web]}", "channel: {header: Channel}")
        .replace("closed: {header: Closed, type: date}", "closed: {header: Closed, type: date}\n"
                 "      cost: {header: Cost, type: number}")
        .replace("    area: {column: ward, by: name}\n", "    checks: {drift: [{column: channel}, {column: cost}]}\n"
                 "    area: {column: ward, by: name}\n")
    )  # fmt: skip

    def month(name: str, number: int, channel: str, times: int) -> tuple[str, str]:
        rows = [
            f"{name}{at},,{channel if at % 2 else 'Web'},02/{number:02}/2026,,{(10 + at % 50) * times}\n"
            for at in range(400)
        ]
        return f"Cases {name} 2026.csv", HEADINGS.replace("\n", ",Cost\n") + "".join(rows)

    settings = write_council(tmp_path, dict([month("Apr", 4, "Phone", 1), month("May", 5, "Phone", 1)]))
    settings.catalogue.write_text(catalogue, encoding="utf-8")
    load(settings)
    drift = "select passed, sentence from check_result where check_name = 'drift' order by all"
    assert [passed for passed, _ in ask(settings, drift)] == [True, True], "May against April, in the same run"
    name, content = month("Jun", 6, "Telephone", 100)
    (settings.inbox / name).write_text(content, encoding="utf-8")
    assert load(settings).refused == 0
    told = ask(settings, "select column_name, sentence from problem where code = 'spread_changed' order by column_name")
    assert [column for column, _ in told] == ["channel", "cost"]
    assert all("spread differently from Cases May 2026.csv" in str(sentence) for _, sentence in told)
    ((kept,),) = ask(settings, f"select spreads from accepted_batch where path = '{name}'")
    assert "Jun1" not in str(kept)
