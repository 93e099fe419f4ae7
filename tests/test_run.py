"""The pipeline from files to snapshot, on real files and a real database."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from small_council import GOOD, load, write_council, write_homes

from pipelines.check.tables import Checked
from pipelines.read.table import Table
from scorecard.errors import RunFailed
from scorecard.settings import Settings
from scorecard.snapshot.folder import KEPT, current, folder_of, listing


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    """Rows of the snapshot being served."""
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def problems(settings: Settings) -> dict[str, str]:
    """Code → sentence of every problem in the snapshot being served."""
    return {str(code): str(sentence) for code, sentence in ask(settings, "select code, sentence from problem")}


def test_figures_reach_the_snapshot_with_their_numerator_denominator_and_file(tmp_path: Path) -> None:
    """Each observation is the ratio of what the file says, and leads back to the file by its hash."""
    settings = write_council(tmp_path)
    outcome = load(settings)
    assert outcome.published
    assert "1 file read, 0 refused, 0 rows set aside, 2 measures" in outcome.summary
    rows = ask(
        settings,
        """select measure_id, area_code, period, numerator::double, denominator::double, value, marker, source_row
        from observation order by all""",
    )
    assert rows == [
        ("calls", "X1", "Oct 2026", None, None, 1234.0, None, 6),
        ("missed_collections", "X1", "Aug 2026", 50.0, 100000.0, 50.0, None, 2),
        ("missed_collections", "X1", "Oct 2026", 95.0, 100000.0, 95.0, None, 4),
        ("missed_collections", "X1", "Sep 2026", 90.0, 100000.0, 90.0, None, 3),
        ("missed_collections", "X2", "Oct 2026", 30.0, 20000.0, 150.0, None, 5),
    ]
    unknown = "select count(*) from observation anti join source_file using (sha256)"
    assert ask(settings, unknown) == [(0,)]


def test_exceptions_carry_the_rule_since_when_and_a_sentence(tmp_path: Path) -> None:
    """Two months off target and worse than the month before is one exception of high severity, told in a sentence."""
    settings = write_council(tmp_path)
    load(settings)
    ((rule, since, severity, sentence),) = ask(
        settings, "select rule, since::varchar, severity, sentence from exception"
    )
    assert (rule, since, severity) == ("off_target", "2026-09-01", "high")
    assert sentence == (
        "Missed collections: 95 per 100,000 in Oct 2026 against a target of 60, "
        "off target since September 2026 (2 months) and worse than the month before."
    )


def test_running_again_on_the_same_files_changes_nothing_and_says_so(tmp_path: Path) -> None:
    """The snapshot stays the same file, and the run log tells of a run that found nothing new."""
    settings = write_council(tmp_path)
    load(settings)
    before = current(settings.data)
    again = load(settings)
    assert not again.published
    assert "Nothing has changed" in again.summary
    assert current(settings.data) == before
    assert (settings.data / "runs.jsonl").read_text().count('"unchanged"') == 1


def test_the_same_inputs_make_the_same_tables(tmp_path: Path) -> None:
    """Building twice from the same files gives row-for-row the same figures and judgements."""
    settings = write_council(tmp_path)
    load(settings)
    everything = "select * from {} order by all"
    first = [ask(settings, everything.format(table)) for table in ("observation", "judgement", "exception", "problem")]
    load(settings, force=True)
    assert first == [ask(settings, everything.format(t)) for t in ("observation", "judgement", "exception", "problem")]


def test_stacked_headings_notes_and_hidden_sheets(tmp_path: Path) -> None:
    """A published workbook's merged headings are understood, its notes and hidden sheets left alone."""
    settings = write_council(tmp_path, {})
    write_homes(settings.inbox / "homes.xlsx")
    load(settings)
    rows = ask(
        settings, "select area_code, period, numerator::double, denominator::double, value from observation order by 1"
    )
    assert rows == [("E92000001", "Q2 2026/27", 2000000.5, 50000.0, 40.00001), ("X1", "Q2 2026/27", 1200.0, 40.0, 30.0)]
    assert ask(settings, "select rows_found, rows_accepted, rows_set_aside, rows_skipped from load") == [(9, 2, 0, 7)]


BAD_FILES: dict[str, tuple[str | bytes, str, str]] = {
    "an empty file": ("", "empty_file", "no rows"),
    "only line ends": (b"\r\n\r\n", "empty_file", "no rows"),
    "an unreadable encoding": (
        b"Place,Month\x00\x81\x8d\n\x90\x9d,\x00\n",
        "unreadable_encoding",
        "in no encoding of its contract",
    ),
    "a missing column": ("Place,Month,Code,Count\nLittleborough,Oct 2026,missed,4\n", "column_missing", "'Out of'"),
    "an open quotation mark": (
        'Place,Month,Code,Count,Out of\n"Littleborough,Oct 2026,missed,4,9\n',
        "broken_quoting",
        "Row 2",
    ),
    "headings only": ("Place,Month,Code,Count,Out of\n", "too_few_rows", "0 rows"),
    "a heading twice": (
        "Place,Month,Code,Count,Out of,Count\nLittleborough,Oct 2026,missed,4,9,5\n",
        "column_ambiguous",
        "D and F",
    ),
    "nothing usable": (
        "Place,Month,Code,Count,Out of\nNowhere,Oct 2026,missed,4,9\n",
        "nothing_usable",
        "its only row",
    ),
}


@pytest.mark.parametrize(("content", "code", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_in_words_and_the_others_load(
    tmp_path: Path, content: str | bytes, code: str, said: str
) -> None:
    """Each kind of bad file ends as a stated problem; the run carries on with the good one."""
    settings = write_council(tmp_path, {"returns good.csv": GOOD, "returns bad.csv": content})
    outcome = load(settings)
    assert outcome.refused == 1
    found = problems(settings)
    assert code in found, found
    assert said in found[code]
    assert "returns bad.csv" in found[code]
    assert ask(settings, "select count(*) from observation") == [(5,)]


BAD_ROWS = {
    "a value outside its range": ("Littleborough,Oct 2026,missed,-4,9", "out_of_range", "'-4'"),
    "words for a number": ("Littleborough,Oct 2026,missed,many,9", "not_a_number", "'many'"),
    "an unknown place": ("Littleburgh,Oct 2026,missed,4,9", "area_unknown", "'Littleburgh'"),
    "an unreadable period": ("Littleborough,Octember,missed,4,9", "period_unreadable", "'Octember'"),
    "a value not agreed": ("Littleborough,Oct 2026,msised,4,9", "not_allowed", "'msised'"),
    "a blank required cell": (",Oct 2026,missed,4,9", "cell_missing", "must not be blank"),
    "a stray comma": ("Littleborough,,Oct 2026,missed,4,9", "ragged_row", "has 6 cells; there are 5 headings"),
}


@pytest.mark.parametrize(("row", "code", "said"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_set_aside_with_its_reason(tmp_path: Path, row: str, code: str, said: str) -> None:
    """Only the bad row is held back; it keeps its row number, its cells and the reason."""
    settings = write_council(
        tmp_path, {"returns.csv": GOOD.replace("Littleborough BC,Oct", f"{row}\nLittleborough,Oct")}
    )
    outcome = load(settings)
    assert outcome.refused == 0
    assert "1 row set aside" in outcome.summary
    ((source_row, held_code, sentence, cells),) = ask(
        settings, "select source_row, code, sentence, cells from quarantined_row"
    )
    assert (source_row, cells) == (4, str(row.split(",")).replace("'", '"'))
    assert said in problems(settings)[code] or said in str(sentence)
    assert code == held_code
    assert ask(settings, "select count(*) from observation") == [(5,)]


def test_rows_that_disagree_are_all_set_aside(tmp_path: Path) -> None:
    """Two different figures for one place and month: neither is guessed to be right."""
    settings = write_council(tmp_path, {"returns.csv": GOOD + "Littleborough,Oct 2026,missed,70,100000\n"})
    load(settings)
    assert ask(settings, "select source_row, code from quarantined_row order by 1") == [
        (4, "duplicate_key"),
        (7, "duplicate_key"),
    ]
    assert ask(
        settings, "select period from observation where measure_id = 'missed_collections' and area_code = 'X1'"
    ) == [
        ("Aug 2026",),
        ("Sep 2026",),
    ]


def test_no_row_is_ever_lost(tmp_path: Path) -> None:
    """Accepted, set aside and skipped rows add up to the rows of the file, whatever is wrong with them."""
    bad = "\n".join(row for row, _, _ in BAD_ROWS.values())
    settings = write_council(tmp_path, {"returns.csv": f"{GOOD}\n{bad}\n\n{GOOD.splitlines()[1]}\n"})
    load(settings)
    ((found, accepted, aside, skipped),) = ask(
        settings, "select rows_found, rows_accepted, rows_set_aside, rows_skipped from load"
    )
    assert (found, accepted, aside) == (6 + 1 + 7 + 1 + 1, 5, 7)
    assert accepted + aside + skipped == found


def test_the_last_good_version_stays_when_its_successor_is_refused(tmp_path: Path) -> None:
    """A bad resend refuses the new version and keeps the old figures up, saying both."""
    settings = write_council(tmp_path)
    load(settings)
    good = ask(settings, "select * exclude (load_id) from observation order by all")
    (settings.inbox / "returns.csv").write_text("Place,Month\nLittleborough,Oct 2026\n")
    outcome = load(settings)
    assert outcome.refused == 1
    assert ask(settings, "select * exclude (load_id) from observation order by all") == good
    assert {"column_missing", "earlier_version_kept"} <= set(problems(settings))
    (settings.inbox / "returns.csv").write_text(GOOD.replace("95", "61"))
    assert load(settings).refused == 0
    assert ask(
        settings, "select value from observation where period = 'Oct 2026' and area_code = 'X1' and value < 100"
    ) == [(61.0,)]


def test_a_file_that_leaves_the_inbox_keeps_its_figures(tmp_path: Path) -> None:
    """Figures do not vanish because somebody tidied the inbox; the snapshot says where they come from."""
    settings = write_council(tmp_path)
    load(settings)
    (settings.inbox / "returns.csv").unlink()
    load(settings)
    assert ask(settings, "select count(*) from observation") == [(5,)]
    assert "file_gone" in problems(settings)
    assert ask(settings, "select in_inbox from source_file") == [(False,)]


def test_a_later_file_corrects_an_earlier_one(tmp_path: Path) -> None:
    """The figure of the later file stands, and the difference is stated."""
    import os

    settings = write_council(tmp_path, {"returns z.csv": GOOD, "returns a.csv": GOOD.replace("90,", "91,")})
    os.utime(settings.inbox / "returns z.csv", (1_700_000_000, 1_700_000_000))
    load(settings)
    assert ask(settings, "select value from observation where period = 'Sep 2026'") == [(91.0,)]
    assert "returns z.csv: 1 figure of measure 'missed_collections' differs" in problems(settings)["figures_disagree"]
    (settings.inbox / "returns z.csv").unlink()
    load(settings)
    assert ask(settings, "select value from observation where period = 'Sep 2026'") == [(91.0,)], "its age is kept"


def test_a_marker_is_kept_and_never_a_number(tmp_path: Path) -> None:
    """[x] and the source's own .. become a missing value with a marker; [p] stays beside its number."""
    rows = GOOD.replace("90,", "[x],").replace("95,100000", "95 [p],100000").replace("50,100000", "50,..")
    settings = write_council(tmp_path, {"returns.csv": rows})
    load(settings)
    query = (
        "select period, value, marker from observation where area_code = 'X1' and measure_id like 'missed%' order by 1"
    )
    assert ask(settings, query) == [
        ("Aug 2026", None, "x"), ("Oct 2026", 95.0, "p"), ("Sep 2026", None, "x"),
    ]  # fmt: skip


def test_a_home_council_can_be_chosen_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    """--council takes a name or a code; a misspelt one is answered with the nearest."""
    from dataclasses import replace

    from scorecard.errors import SettingError

    settings = replace(write_council(tmp_path), council="Northward")
    load(settings)
    assert ask(settings, "select area_code, name from council") == [("X2", "Northward")]
    with pytest.raises(SettingError, match=r"no council 'Nortward'.*Did you mean 'Northward'"):
        load(replace(settings, council="Nortward"))


def test_at_least_the_last_five_snapshots_are_kept(tmp_path: Path) -> None:
    """Older ones go, the served one and those just before it stay; never fewer than five."""
    assert KEPT >= 5
    settings = write_council(tmp_path)
    load(settings)
    for number in range(KEPT):
        shutil.copy(current(settings.data), folder_of(settings.data) / f"2020-01-{number + 1:02d}T000000Z.duckdb")
    load(settings, force=True)
    found = listing(settings.data)
    assert len(found) == KEPT
    assert found[0].is_current


REGISTER = 'Key,Name,Code,Ended,By\nA,Oldborough,O1,2024-04-01,B\nB,Newborough,N1,,\nC,Splitham,S1,2024-04-01,"B,D"\n'


def test_a_merger_ends_a_series_and_its_successor_goes_on(tmp_path: Path) -> None:
    """Figures sent under an ended council's code go to its one successor with a note; a split one's are set aside."""
    areas = """areas:
  listed:
    X1: {name: Littleborough, level: council}
  registers: [{source: councils, code: code, name: name, identity: key, ended: ended, replaced_by: by}]
"""
    source = """sources:
  councils:
    title: Councils
    publisher: Registrar
    files: ["councils.csv"]
    format: delimited
    columns:
      key: {header: Key}
      name: {header: Name}
      code: {header: Code}
      ended: {header: Ended, type: date}
      by: {header: By}
"""
    from small_council import CATALOGUE

    text = CATALOGUE.split("areas:")[0] + areas + "sources:" + CATALOGUE.split("sources:")[1]
    rows = "".join(
        f"{name},{month},missed,10,1000\n" for name in ("Oldborough", "Splitham") for month in ("Mar 2024", "Apr 2024")
    )
    settings = write_council(tmp_path, {"councils.csv": REGISTER, "returns.csv": GOOD.splitlines()[0] + "\n" + rows})
    settings.catalogue.write_text(text.replace("sources:", source, 1))
    load(settings)
    assert ask(settings, "select area_code, period from observation order by period_start, area_code") == [
        ("O1", "Mar 2024"), ("S1", "Mar 2024"), ("N1", "Apr 2024"),
    ]  # fmt: skip
    assert "(Oldborough) were counted under its successor" in problems(settings)["area_succeeded"]
    assert ask(settings, "select source_row, code from quarantined_row") == [(5, "area_unknown")]
    assert ask(settings, "select ended_on::varchar, replaced_by from area where area_code = 'O1'") == [
        ("2024-04-01", "N1")
    ]


def test_a_damaged_snapshot_costs_no_figures(tmp_path: Path) -> None:
    """The run builds on the snapshot before the damaged one: files that left the inbox keep their figures."""
    settings = write_council(tmp_path)
    load(settings)
    load(settings, force=True)
    (settings.inbox / "returns.csv").unlink()
    (settings.inbox / "notes.txt").write_text("something new")
    current(settings.data).write_bytes(b"not a database")
    assert load(settings).published
    assert ask(settings, "select count(*) from observation") == [(5,)]


def test_a_file_lost_from_inbox_and_archive_is_told(tmp_path: Path) -> None:
    """Its figures cannot be shown, and the first thing the list of problems says is which file to put back."""
    settings = write_council(tmp_path, {"returns.csv": GOOD, "returns b.csv": GOOD.replace("2026", "2025")})
    load(settings)
    (settings.inbox / "returns b.csv").unlink()
    for kept in (settings.data / "archive").iterdir():
        kept.unlink()
    load(settings)
    assert (
        "returns b.csv is no longer in the inbox; its archived copy cannot be found" in problems(settings)["file_lost"]
    )
    assert ask(settings, "select count(*) from observation") == [(5,)]


def test_nothing_usable_at_all_leaves_the_last_snapshot(tmp_path: Path) -> None:
    """When a changed catalogue finds no figure in any file, the run fails in words and publishes nothing."""
    settings = write_council(tmp_path)
    load(settings)
    served = current(settings.data)
    settings.catalogue.write_text(settings.catalogue.read_text().replace("header: Month", "header: Moon"))
    with pytest.raises(RunFailed, match=r"Not one file of the inbox could be used.*'Moon'"):
        load(settings)
    assert current(settings.data) == served
    assert '"failed"' in (settings.data / "runs.jsonl").read_text()


def test_a_period_can_stand_in_two_columns_and_a_skipped_row_can_be_blank(tmp_path: Path) -> None:
    """Year and month apart are read together; a row without a code is counted as skipped when the contract says so."""
    settings = write_council(
        tmp_path, {"returns.csv": "Place,Month,Year,Code,Count,Out of\nLittleborough,Oct,2026,missed,5,100\n99,,,,,\n"}
    )
    text = settings.catalogue.read_text().replace(
        "      code: {header: Code,", "      year: {header: Year}\n      code: {header: Code,"
    )
    text = text.replace("column: month, forms", "column: [month, year], forms").replace(
        "    key: [code]", "    key: [code]\n    skip: [{column: code, equal_to: ['']}]"
    )
    settings.catalogue.write_text(text)
    load(settings)
    assert ask(settings, "select period, value from observation") == [("Oct 2026", 5000.0)]
    assert ask(settings, "select rows_accepted, rows_set_aside, rows_skipped from load") == [(1, 0, 2)]


def test_a_row_unaccounted_for_stops_the_run() -> None:
    """Accepted, held and skipped rows must make up the file; a reader that dropped one would be caught."""
    table = Table("returns", "returns.csv", "0" * 64, None, "utf-8", 1, 5, pd.DataFrame(), [], {}, 2)
    with pytest.raises(RunFailed, match=r"returns\.csv has 5 rows, and 4 are accounted for"):
        Checked(table, pd.DataFrame({"a": [1, 2]}), [], skipped=2).account()
    Checked(table, pd.DataFrame({"a": [1, 2, 3]}), [], skipped=2).account()
