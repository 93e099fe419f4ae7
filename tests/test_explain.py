"""`explain`: one measure in plain English, its query, its figures, and the rows behind the latest of them."""

import re
from pathlib import Path

import pytest
from conftest import run_pipeline
from small_council import Silent, write_council
from small_repairs import write_repairs

from pipelines.explain import explanation, judgement_then
from pipelines.run import run
from scorecard.catalogue import read_catalogue
from scorecard.errors import SettingError
from scorecard.settings import ROOT, Settings
from scorecard.snapshot.store import open_current


@pytest.fixture(scope="module")
def repairs(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The council whose housing service sends records, loaded once."""
    settings = write_repairs(tmp_path_factory.mktemp("repairs"))
    run(settings, Silent())
    return settings


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The council of returns, loaded once."""
    settings = write_council(tmp_path_factory.mktemp("returns"))
    run(settings, Silent())
    return settings


def told(settings: Settings, measure: str, area: str | None = None) -> str:
    """The explanation of a measure, each run of spaces and line breaks as one space."""
    return " ".join(explanation(read_catalogue(settings.catalogue), measure, settings, area).split())


def lines_of(settings: Settings, measure: str, after: str, area: str | None = None) -> list[list[str]]:
    """The rows of the table after a sentence that begins like `after`, each as its cells."""
    lines = explanation(read_catalogue(settings.catalogue), measure, settings, area).splitlines()
    at = next(at for at, line in enumerate(lines) if line.strip().startswith(after))
    start = next(at for at in range(at, len(lines)) if set(lines[at]) == {" ", "-"}) + 1
    found = []
    for line in lines[start:]:
        if not line.startswith("  ") or "Shown here only" in line:
            break
        found.append(re.split(r"\s{2,}", line.strip()))
    return found


def test_a_measure_over_records_is_told_in_a_sentence_made_from_its_entry(repairs: Settings) -> None:
    """Which records, put where by what, and what of them; then what an entry leaves unsaid."""
    said = told(repairs, "repairs_on_time")
    assert (
        "Of the records of 'Housing repairs' with priority = \"Routine\", put into the month of completed: the share "
        "with at most 20 working days from reported to completed. Records without reported or completed, or that end "
        "before they start, are left out. Told for each 'Ward' and 'Tenant' as well"
    ) in said
    assert "how many are open on the last day of the month" in told(repairs, "repairs_open")
    assert "those that began (reported) less those that ended (completed)" in told(repairs, "repairs_net")
    assert "cost added up, divided by the population of the area, times 10." in told(repairs, "repair_cost")
    assert "the middle (median) of working_days(reported, completed)." in told(repairs, "repair_days")


def test_what_the_catalogue_says_is_all_there(repairs: Settings) -> None:
    """Meaning, class and how it is judged, targets with dates and reasons, tolerance, owner, service, life, source."""
    said = told(repairs, "repairs_on_time")
    for part in (
        "Routine repairs on time (repairs_on_time)",
        "The share of routine repairs that were finished within twenty working days.",
        "Counted: Routine repairs completed in the month.",
        "Good is: Higher is better",
        "operational. Judged against its target, the period before and the year before.",
        "from the start: 80% (fixed). Reason: Tenancy board 2021",
        "from 1 April 2026: 90% (fixed). Reason: Council plan 2026, Cabinet",
        "Tolerance: 2 percentage points",
        "Owner: Head of Housing",
        "Service: Place > Housing",
        "Amended from 1 April 2026 (Cabinet): Counted in working days.",
        'Files: "repairs *.csv" below the inbox',
        "Next due: every month, 10 days after it ends",
        "Priority must be one of Routine, Emergency; else the row is set aside.",
        "Cost must be at least 0; else the row is set aside.",
        "Each row must stand once for each job; else the row is set aside.",
    ):
        assert part in said, part


def test_the_query_is_the_one_the_engine_gets(repairs: Settings) -> None:
    """For monthly sums and for what is asked for each period; a measure over returns has none."""
    said = told(repairs, "repairs_on_time")
    assert 'FROM "records_repairs" AS staged' in said
    assert 'GROUPING SETS ( ("month_0"), ("month_0", "area_code"), ("month_0", "tenant") )' in said
    assert "sum_0 is records by month_0, sum_1 is numerator by month_0" in said
    assert "JOIN windows ON" in told(repairs, "repair_days")
    assert "IN ('X1', 'X2', 'X3')" in told(repairs, "repairs_on_time", "Northward"), "a run asks for all areas at once"


def test_records_that_count_and_that_do_not_are_shown_with_their_lines(repairs: Settings) -> None:
    """Counted by the conditions of the figure itself: two of the six routine repairs with both dates were in time."""
    assert "Oct 2026 33.3% 2 of 6 Off target 33.3% in Oct 2026 against a target of 90.0%" in told(
        repairs, "repairs_on_time"
    )
    counted = lines_of(repairs, "repairs_on_time", "6 records of this file are counted for Oct 2026; 5 of them:")
    rows = {row[0]: row for row in counted if row != [""]}
    assert rows["2"] == ["2", "R1", "Northward", "Routine", "Mr Able", "2026-09-02", "2026-10-01", "no"]
    assert {number: row[-1] for number, row in rows.items()} == {
        "2": "no",
        "3": "no",
        "4": "yes",
        "9": "no",
        "10": "yes",
    }
    left_out = lines_of(repairs, "repairs_on_time", "3 records of this file are not counted for Oct 2026")
    assert [(row[1], row[-1]) for row in left_out] == [
        ("R4", "not among those asked for"),
        ("R5", "lacks a value, or ends too early"),
        ("R6", "lacks a value, or ends too early"),
    ]


def test_every_kind_of_calculation_shows_its_records(repairs: Settings) -> None:
    """Stocks, flows and medians have rules of their own for what is counted."""
    assert [row[1] for row in lines_of(repairs, "repairs_open", "1 record of this file is open at")] == ["R7"]
    assert "9 records of this file are not open at the end of Oct 2026; 5 of them:" in told(repairs, "repairs_open")
    assert "8 records of this file are counted for Oct 2026" in told(repairs, "repairs_net")
    flows = lines_of(repairs, "repairs_net", "2 records of this file are not counted")
    assert [row[1] for row in flows] == ["R5", "R6"]
    assert "8 records of this file are counted for Oct 2026; 5 of them" in told(repairs, "repair_days")
    days = lines_of(repairs, "repair_days", "1 record of this file is not counted")
    assert [(row[1], row[-1]) for row in days] == [("R6", "not among those asked for")]


def test_a_ward_has_its_own_figures_and_records(repairs: Settings) -> None:
    """By name or by code, in any case."""
    for name in ("northward", "X2"):
        assert "Oct 2026 0.0% 0 of 3" in told(repairs, "repairs_on_time", name)
        shown = lines_of(repairs, "repairs_on_time", "3 records of this file are counted", name)
        assert {row[2] for row in shown if len(row) > 2} == {"Northward"}


def test_only_the_columns_that_a_measure_reads_are_shown(repairs: Settings) -> None:
    """Nobody's name is on the screen for a measure that does not need it, and nothing is left behind."""
    before = sorted(repairs.data.rglob("*"))
    assert "Mr Able" not in told(repairs, "repairs_open")
    assert "Shown here only; nothing of it is stored." in told(repairs, "repairs_open")
    assert sorted(repairs.data.rglob("*")) == before


def test_a_measure_over_returns_shows_the_row_behind_its_figure(returns: Settings) -> None:
    """Columns divided by which, which rows, and the row as it was sent, with its file, line and load."""
    said = told(returns, "missed_collections")
    assert (
        "From 'Monthly returns', the rows where 'Code' is missed: 'Count' divided by 'Out of', times 100,000." in said
    )
    assert "Oct 2026 95 per 100,000 95 of 100,000 Off target" in said
    assert "returns.csv, row 4 (load 0, SHA-256" in said
    rows = lines_of(returns, "missed_collections", "returns.csv, row 4")
    assert rows == [
        ["Place", "Littleborough BC"],
        ["Month", "Oct 2026"],
        ["Code", "missed", "chooses the row"],
        ["Count", "95", "numerator"],
        ["Out of", "100000", "denominator"],
    ]
    assert "The query over its records" not in said


def test_the_archived_version_is_shown_when_the_inbox_has_another(tmp_path: Path) -> None:
    """What is shown is what the figure was made from; when that is nowhere any more, this is said."""
    settings = write_council(tmp_path)
    run(settings, Silent())
    sent = settings.inbox / "returns.csv"
    sent.write_text(sent.read_text().replace("95,", "11,"))
    assert ["Count", "95", "numerator"] in lines_of(settings, "missed_collections", "returns.csv, row 4")
    for path in (settings.data / "archive").iterdir():
        path.unlink()
    assert "neither in the archive nor in the inbox any more" in told(settings, "missed_collections")


def test_cells_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """A cell that begins a control sequence (here by one character, which files may hold) is shown with it broken."""
    header, row = "Place,Month,Code,Count,Out of,Note", "Littleborough,Oct 2026,missed,5,100"
    settings = write_council(tmp_path, {"returns.csv": f"{header}\n{row},\x9b2Jgone\n"})
    catalogue = settings.catalogue.read_text()
    settings.catalogue.write_text(
        catalogue.replace("      count: {header: Count", "      note: {header: Note}\n      count: {header: Count")
    )
    run(settings, Silent())
    said = told(settings, "missed_collections")
    assert "2Jgone" in said
    assert "\x9b" not in said


def test_before_anything_is_loaded_all_but_figures_and_rows_is_told(tmp_path: Path) -> None:
    """And it says so, with the command that loads; nothing is written."""
    settings = write_repairs(tmp_path)
    said = told(settings, "repairs_on_time")
    assert "Nothing has been loaded yet, so there are no figures and no rows to show." in said
    assert 'FROM "records_repairs" AS staged' in said
    assert "The rows behind" not in said
    assert not settings.data.exists()


def test_the_command_names_the_measure_or_area_that_was_meant(returns: Settings) -> None:
    """2 for an unknown measure or area, with the nearest; 0 with the page else."""
    options = ["--catalogue", str(returns.catalogue), "--inbox", str(returns.inbox), "--data", str(returns.data)]
    done = run_pipeline("explain", "mised_collections", *options, expect=(2,))
    assert "There is no measure 'mised_collections' in metrics.yaml. Did you mean 'missed_collections'?" in done.stderr
    done = run_pipeline("explain", "missed_collections", *options, "--area", "Nortward", expect=(2,))
    assert "Did you mean 'Northward'?" in done.stderr
    done = run_pipeline("explain", "missed_collections", *options, "--area", "Northward", expect=(0,))
    assert "150 per 100,000" in done.stdout


def judged(settings: Settings, measure: str, period: str, area: str | None = None) -> str:
    """How a measure was judged as at a period, each run of spaces and line breaks as one space."""
    return " ".join(judgement_then(read_catalogue(settings.catalogue), measure, settings, period, area).split())


def demo(data: Path) -> Settings:
    """The settings of the demonstration council's data folder."""
    return Settings(ROOT / "metrics.yaml", data / "inbox", data, None, 26)


STEPS = (
    "1. Against its target", "2. The shape of the series", "3. Variation", "4. Direction of travel",
    "5. Sudden or sustained change", "6. Can it be relied on to meet it (assurance)", "7. Forecast of the year",
    "8. Beside its peers", "9. Parts: wards and breakdowns", "10. The data", "Which exception rules it meets",
    "What became of it",
)  # fmt: skip


def test_the_explanation_tells_how_it_was_judged_and_how_to_see_every_step(returns: Settings) -> None:
    """The published findings in their own words."""
    said = told(returns, "missed_collections")
    assert "How it was judged" in said
    assert "- Target: 95 per 100,000 in Oct 2026 against a target of 60, worse by 35" in said
    assert "- Shape: There are fewer than five figures" in said
    assert 'Every step of it: python -m pipelines explain missed_collections --period "Oct 2026"' in said
    of_ward = told(returns, "missed_collections", "Northward")
    assert '--period "Oct 2026" --area "Northward"' in of_ward


def test_every_step_is_told_for_the_latest_period(returns: Settings) -> None:
    """All ten judgements, the rules met and not met with their parameters, and what became of it."""
    said = judged(returns, "missed_collections", "2026-10")
    places = [said.index(heading) for heading in STEPS]
    assert places == sorted(places)
    for part in (
        "Figure: 95.00 in Oct 2026 (95 of 100,000)",
        "Target: 60 per 100,000 (fixed), here 60.00",
        "Shortfall: 35.00 (over 0 is the bad side of the target; 5.83 tolerances)",
        "Stood so: since 1 September 2026, 2 in a row",
        "worse against Sep 2026 (90.00)",
        "Result: off target (bad news)",
        "Result: too few (neither good nor bad news)",
        "off_target (for_periods 1, severity medium, beyond 1.0, severity_if_worsening high; the council's): MET by "
        "target (off target), since 1 September 2026, severity high.",
        "data_missing (for_periods 1, severity low, problems late/missing; the council's): not met; it asks for one "
        "of these problems",
        "State: continuing, high, since 1 September 2026, 2 months",
        "Question: What has been done about ‘Missed collections’ since September 2026",
        "Definition: version ",
    ):
        assert part in said, part


def test_an_earlier_period_is_judged_from_what_was_there_by_then(returns: Settings) -> None:
    """In August it was on target and nothing was wrong; later figures have no say."""
    said = judged(returns, "missed_collections", "Aug 2026")
    assert "As at: 15 September 2026, when the figure was due" in said
    assert "Figures: 1 from Aug 2026 to Aug 2026" in said
    assert "Result: on target (good news)" in said
    assert "No exception: it is not on the list." in said
    assert "Oct 2026" not in said
    assert "Sep 2026" not in said


def test_a_definition_that_has_changed_since_is_not_used(tmp_path: Path) -> None:
    """What was published is judged with the definition it was published with, and the difference is told."""
    settings = write_council(tmp_path)
    run(settings, Silent())
    settings.catalogue.write_text(settings.catalogue.read_text().replace("value: 60", "value: 200"))
    said = judged(settings, "missed_collections", "Oct 2026")
    assert "the catalogue file defines it differently now, which is not used here" in said
    assert "Result: off target (bad news)" in said


@pytest.mark.parametrize(
    ("period", "area", "parts"),
    [
        ("Jly 2026", None, ["'Jly 2026' is not a period.", "reported by month", '--period "Oct 2026"']),
        ("Jul 2026", None, ["has no figure for Jul 2026", "It has 3 from Aug 2026 to Oct 2026", "such as Aug 2026"]),
        ("2026/27", None, ["has no figure for 2026/27, as it is reported by month"]),
        ("Sep 2026", "Northward", ["Northward has no figure for Sep 2026", "such as Oct 2026"]),
        ("Oct 2026", "Nortward", ["no figures for 'Nortward'", "Did you mean 'Northward'?"]),
    ],
)
def test_a_period_or_area_without_a_figure_is_said_with_the_nearest(
    returns: Settings, period: str, area: str | None, parts: list[str]
) -> None:
    """What is wrong, why, and what to give instead."""
    with pytest.raises(SettingError) as caught:
        judged(returns, "missed_collections", period, area)
    for part in parts:
        assert part in str(caught.value)


def test_without_a_snapshot_nothing_is_judged(tmp_path: Path) -> None:
    """The command ends with 2 and says how to load."""
    settings = write_council(tmp_path)
    options = ["--catalogue", str(settings.catalogue), "--inbox", str(settings.inbox), "--data", str(settings.data)]
    done = run_pipeline("explain", "missed_collections", "--period", "Oct 2026", *options, expect=(2,))
    assert "Nothing has been published yet" in done.stderr
    assert "python -m pipelines run" in done.stderr


def test_a_sustained_change_is_explained_with_the_published_numbers(demonstration: Path) -> None:
    """Every number of the process limits is that of the table variation, and the exception that of the list."""
    said = judged(demo(demonstration), "repairs_on_time", "Oct 2026")
    snapshot = open_current(demonstration)
    drawn = snapshot.query(
        "select mean, lower_limit, upper_limit, value, label from variation join council using (area_code)"
        " where measure_id = 'repairs_on_time' order by period_end desc limit 1"
    )
    mean, low, high, value, label = drawn.iloc[0]
    findings = snapshot.query(
        "select sentence from finding join council using (area_code) where measure_id = 'repairs_on_time'"
        " and (part = '' or status = 'hidden')"
    )["sentence"]
    listed = snapshot.query(
        "select sentence, state, severity from exception join council using (area_code)"
        " where measure_id = 'repairs_on_time'"
    )
    assert f"Mean: {mean:.3f}%" in said
    assert f"Limits: {low:.3f}% to {high:.3f}% (mean less and plus 2.66 average moving ranges)" in said
    assert f"Figure: {value:.3f}% Label: {label}" in said
    average = float(re.search(r"Average move: ([\d.]+) points", said)[1])
    assert mean - 2.66 * average == pytest.approx(low, abs=0.002)
    for sentence in findings:
        assert " ".join(sentence.split()) in said
    assert len(listed)
    for sentence, state, severity in listed.itertuples(index=False):
        assert f"Sentence: {' '.join(sentence.split())}" in said
        assert f"State: {state}, {severity}, since" in said
    assert "(Mann-Kendall, exact)" in said
    assert "sustained (for_periods 1, severity medium, chance 0.01; the council's): MET by change" in said


def test_a_ward_that_the_total_hides_is_explained(demonstration: Path) -> None:
    """With the chance and the q-value among all parts of all measures; what is only for the council says so."""
    said = judged(demo(demonstration), "missed_collections", "Oct 2026", "Marsh Lane")
    sentence, q_value = (
        open_current(demonstration)
        .query(
            "select sentence, json_extract(evidence, '$.q_value')::double from finding join area using (area_code)"
            " where measure_id = 'missed_collections' and judgement = 'parts' and name = 'Marsh Lane'"
        )
        .iloc[0]
    )
    assert " ".join(sentence.split()) in said
    assert f"q-value: {q_value:.1e} among all parts of all measures" in said
    assert "hidden_part" in said.split("Which exception rules")[1]
    assert "MET by parts (hidden)" in said
    assert "it is for the council as a whole" in said


def test_figures_that_are_late_and_small_counts_are_explained(demonstration: Path) -> None:
    """A late figure meets its rule as at the council's day; the limits of a small count are told."""
    said = judged(demo(demonstration), "care_home_admissions", "Aug 2026")
    assert "late: No figure for Sep 2026, which was due on" in said
    assert "problems late/missing; the council's): MET by data (late)" in said
    small = judged(demo(demonstration), "majors_in_time", _latest(demonstration, "majors_in_time"))
    assert "Small count: yes: the true rate may lie from" in small
    assert "(exact 95% limits, Clopper-Pearson)" in small


def _latest(data: Path, measure: str) -> str:
    held = open_current(data).query(
        "select period from judgement j join council c using (area_code) where measure_id = ?"
        " and value is not null order by period_end desc limit 1",
        [measure],
    )
    return held["period"].iloc[0]
