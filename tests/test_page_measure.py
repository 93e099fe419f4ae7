"""The measure page: is it on track, is it moving, is that usual, and where is the figure from?"""

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from pages.components import charts, printed, snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_plan import add_registers, link
from tests.small_snapshot import EXAMPLES, HOME, NAME

__all__ = ["council", "empty_council"]


@pytest.mark.usefixtures("council")
def test_it_gives_figure_target_status_and_direction() -> None:
    """The latest figure with unit and period, its target, status and direction in words."""
    app = visit("measure.py", measure="missed_bins")
    said = words_of(app)
    assert [title.value for title in app.title] == ["Missed bin collections"]
    for words in ("Oct 2026", "92 per 100,000 collections", "60 per 100,000 collections", "Off target", "Worse"):
        assert words in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_missing_periods_are_shown_as_missing() -> None:
    """A period that was never sent stands in the table without a figure, never as zero."""
    frame = visit("measure.py", measure="missed_bins").table[0].value
    missing = frame[frame["Period"] == "Mar 2026"].iloc[0]
    assert "no figure" in missing.iloc[1]
    assert missing["Target"] == "none"


@pytest.mark.usefixtures("council")
def test_markers_are_spelt_out() -> None:
    """Provisional and suppressed figures say so in words."""
    said = words_of(visit("measure.py", measure="turnover"))
    assert "12.5% (provisional)" in said
    assert "suppressed to protect confidentiality" in said


@pytest.mark.usefixtures("council")
def test_peers_are_a_middle_and_a_range() -> None:
    """The comparison is a sentence and a table by name: home first, then the alphabet, not a league."""
    app = visit("measure.py", measure="recycling")
    assert "above the middle of 4 similar councils" in words_of(app)
    (councils,) = [list(table.value["Council"]) for table in app.table if "Council" in table.value]
    assert councils == ["Exampleton Council", "Ashby", "Brookvale", "Carrowmoor", "Denford"]


@pytest.mark.usefixtures("council")
def test_another_area_has_figures_but_no_judgement() -> None:
    """A ward shows its series without a target status that nobody set for it."""
    said = words_of(visit("measure.py", measure="missed_bins", area="E05000001"))
    assert "Harbour ward: 101 per 100,000 collections in Oct 2026." in said
    assert ":small[Status]" not in said
    assert "Figures of the council as a whole." in said


@pytest.mark.usefixtures("council")
def test_the_judgements_are_a_list_with_the_bad_news_first() -> None:
    """Each with its name, its sentence, and in words whether it is bad or good news or neither."""
    app = visit("measure.py", measure="missed_bins")
    assert "What the figures say" in [header.value for header in app.header]
    (said,) = [one.value for one in app.markdown if "Against its target" in one.value]
    lines = said.replace("\\", "").splitlines()
    assert [line.split("**")[1] for line in lines] == [
        "Against its target:",
        "Sudden or lasting change:",
        "Where the year may end:",
        "Wards and parts:",
        "Beside its peers:",
        "Usual variation:",
        "The data:",
        "What the figures allow:",
    ]
    assert ["Bad news" in line for line in lines] == [True] * 4 + [False] * 4
    assert "Good news" in lines[4]
    assert all("Neutral" in line for line in lines[5:])
    assert "Harbour ward: 240 there, 60 elsewhere." in lines[3]
    assert "Hill ward" not in said


@pytest.mark.usefixtures("council")
def test_what_cannot_be_judged_is_folded_with_why() -> None:
    """One reason for several judgements is told once; a series of which nothing can be judged says so."""
    assert _unjudged(visit("measure.py", measure="missed_bins")) == [
        "- **Direction of travel and meeting the target reliably:** Too few figures to tell a rise from chance."
    ]
    app = visit("measure.py", measure="fly_tips")
    assert "Nothing can be judged yet." in words_of(app)
    assert _unjudged(app) == ["- **Sudden or lasting change:** More than half of its figures are the same."]
    app = visit("measure.py", measure="gas_safety")
    assert "**Against its target:** So few that it is too few to call." in words_of(app)
    assert _unjudged(app) == ["- **What the figures allow:** There are fewer than five figures."]
    assert _unjudged(visit("measure.py", measure="recycling")) == []


def _unjudged(app: AppTest) -> list[str]:
    folded = [one for one in app.expander if one.label == "What could not be judged, and why"]
    return [one.markdown[0].value.replace("\\", "") for one in folded]


@pytest.mark.usefixtures("council")
def test_the_usual_range_is_told_in_key_table_and_words() -> None:
    """What the lines and shapes mean, how each figure stands against it, and the range in the words of the chart."""
    app = visit("measure.py", measure="missed_bins")
    said = words_of(app)
    assert "Shaded: its usual range, between the process limits (thin lines), with the mean (thin, broken)." in said
    for mark in ("Diamond: worse", "Square: better", "Triangle: higher", "Triangle pointing down: lower"):
        assert f"{mark} than usual" in said
    latest, every = app.table[0].value, app.table[1].value
    assert "Against usual" not in latest
    assert list(every["Against usual"].iloc[::-1])[:6] == ["usual", "worse", "better", "higher", "–", "usual"]
    words = app.get("vega_lite_chart")[0].proto.alt
    assert "Its usual range is now from 45 to 75 per 100,000 collections, with a mean of 60." in words
    assert "Marked of 11 figures: 3 as worse than usual, 2 as better than usual" in words


@pytest.mark.usefixtures("council")
def test_a_figure_that_builds_up_has_no_usual_range_and_says_so() -> None:
    """Its limits are of what each period added, which is not what the chart shows."""
    app = visit("measure.py", measure="repairs")
    said = words_of(app)
    assert "Its usual range is not drawn: what each period added is judged" in said
    assert "Diamond" not in said
    assert "Against usual" not in app.table[0].value
    said = words_of(visit("measure.py", measure="recycling"))
    assert "usual range" not in said


@pytest.mark.usefixtures("council")
def test_the_receipt_leads_to_file_and_row() -> None:
    """File, row, checksum, load and source stand on the page."""
    said = words_of(visit("measure.py", measure="missed_bins"))
    for words in ("collections.csv", "row 40", "SHA-256", "load 1", "Service returns"):
        assert words in said


@pytest.mark.usefixtures("council")
def test_a_measure_without_figures_says_so() -> None:
    """Nothing is drawn for a measure that no figure came for, but its definition stands."""
    app = visit("measure.py", measure="satisfaction")
    said = words_of(app)
    assert "no figure has come for 2025/26" in said
    assert "There is no figure, so there is no source to show." in said
    assert not app.exception


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """An unknown measure or area shows the first one and says so."""
    app = visit("measure.py", measure=nonsense, area=nonsense)
    said = words_of(app)
    assert not app.exception
    assert said.count("that is not here") == 2
    assert nonsense not in said


@pytest.mark.usefixtures("council")
def test_every_measure_can_be_picked() -> None:
    """Picking each measure in turn draws all of its page."""
    app = visit("measure.py")
    for example in EXAMPLES:
        app.selectbox(key="filter_measure").select(example.measure_id).run()
        assert [title.value for title in app.title] == [example.title]
        assert not app.exception
        assert not [warning for warning in app.warning if "cannot be shown" in warning.value]


@pytest.mark.usefixtures("council")
def test_a_fault_in_one_element_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the chart cannot be drawn the figure, table and receipt still are."""

    def fail(*_: object) -> None:
        raise RuntimeError("no chart today")

    monkeypatch.setattr(charts, "trend", fail)
    app = visit("measure.py", measure="missed_bins")
    said = words_of(app)
    assert "The chart cannot be shown just now." in said
    assert "no chart today" not in said
    assert "SHA-256" in said
    assert not app.exception


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_says_so() -> None:
    """An empty catalogue is said in words."""
    assert "There are no measures yet." in words_of(visit("measure.py"))


@pytest.mark.usefixtures("council")
def test_a_break_is_told_in_words_beside_chart_and_figures() -> None:
    """The sentence below the chart, the row of the first period after it, and the comparison all say it."""
    app = visit("measure.py", measure="missed_bins")
    said = words_of(app)
    assert "Counted differently from Apr 2026: Assisted collections are counted too." in said
    assert "Figures before and after cannot be compared." in said
    assert "Figures from before 1 April 2026 are not compared" in said
    periods = list(app.table[0].value["Period"].str.replace("\\", ""))
    assert "Apr 2026 (counted differently from here)" in periods
    assert "Aug 2026 (new usual level from here)" in periods
    assert "Counted differently" not in words_of(visit("measure.py", measure="recycling"))


@pytest.mark.usefixtures("council")
def test_what_good_looks_like_has_dates_and_reasons() -> None:
    """Each target with its day, words and reason, the newest first; tolerance; a limit has none."""
    app = visit("measure.py", measure="missed_bins")
    (frame,) = [table.value for table in app.table if "Target" in table.value and "Reason" in table.value]
    assert frame.to_numpy().tolist() == [
        ["1 April 2026 (in force)", "60 per 100,000 collections", "Waste contract, 2026"],
        ["From the start", "70 per 100,000 collections", "Council plan 2024"],
    ]
    assert "Close to target: within 3 per 100,000 collections." in words_of(app)
    said = words_of(visit("measure.py", measure="gas_safety"))
    assert "Never below 100% (statutory)" in said
    assert "A limit has no tolerance" in said
    assert "Close to target:" not in said
    assert "No target is set." in words_of(visit("measure.py", measure="turnover"))


@pytest.mark.usefixtures("council")
def test_what_it_serves_and_where_else_it_stands() -> None:
    """How it is judged, the plan's goal, other names, and who it is for where that is not everyone."""
    said = words_of(visit("measure.py", measure="missed_bins"))
    for words in (
        "**How it is judged:** Judged against its target, the period before and the year before.",
        "**Our plan 2026: Clean streets:** We collect every bin on its day.",
        "LG Inform 46, Local Outcomes Framework: Waste 3, formerly BV 88",
        "Taken up from 1 April 2024 (Cabinet): The new contract.",
    ):
        assert words in said
    assert "Meant for:" not in said
    assert "**Meant for:** members and officers" in words_of(visit("measure.py", measure="audit_actions"))
    assert "counts below 5, other than none, are withheld" in words_of(visit("measure.py", measure="repairs"))


@pytest.mark.usefixtures("council")
def test_measures_that_are_not_live_say_so_first() -> None:
    """Proposed and removed measures carry a notice, live ones none; the removed stand last in the list."""
    proposed, removed = visit("measure.py", measure="shared_bikes"), visit("measure.py", measure="counter_visits")
    assert "Proposed: not judged yet." in proposed.info[0].value
    assert "1 September 2026 (not agreed yet)" in proposed.info[0].value.replace("\\", "")
    warned = [warning.value.replace("\\", "") for warning in removed.warning]
    assert any("Removed on 1 October 2026 (Cabinet): The desk has closed." in said for said in warned)
    assert removed.selectbox(key="filter_measure").options[-1] == "Visits to the service desk (removed)"
    assert "Proposed:" not in words_of(visit("measure.py", measure="missed_bins"))


@pytest.mark.usefixtures("council")
def test_breakdowns_are_chosen_in_the_address() -> None:
    """The first dimension unless another is asked for; finding, and both years in the table by name."""
    app = visit("measure.py", measure="repairs")
    said = words_of(app)
    assert "By priority" in said
    assert "In Oct 2026 it was highest for Emergency (99.2%) and lowest for Routine (88.1%)." in said
    (frame,) = [table.value for table in app.table if "Priority" in table.value]
    assert list(frame["Priority"]) == ["Emergency", "Routine", "Urgent"]
    assert list(frame["Oct 2025"]) == ["98.4%", "92.0%", "95.5%"]
    app.selectbox(key="filter_by").select("trade").run()
    assert app.query_params["by"] == "trade"
    said = words_of(app)
    assert "By trade" in said
    assert "1 category has no figure that can be shown." in said
    assert "suppressed to protect confidentiality" in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_a_figure_counted_from_records_says_so() -> None:
    """How many records, between which days, from which files; no single row."""
    app = visit("measure.py", measure="repairs")
    said = words_of(app)
    assert "**Counted:** 1,412 records between 1 April 2026 and 31 October 2026" in said
    assert "**Files:** 2 files, 300 rows read" in said
    assert ", row " not in said
    assert "- collections.csv: 240 rows read, SHA-256 `" in said
    assert "- wards.csv: 60 rows read, SHA-256 `" in said


@pytest.mark.usefixtures("council")
def test_variation_and_assurance_stand_beside_the_status() -> None:
    """Each sign has a symbol and a word under its heading, and what was not judged has none."""
    signs = [one.value for one in visit("measure.py", measure="missed_bins").markdown if ":small[" in one.value]
    held = dict(one.replace("\\", "").removeprefix(":small[").split("]  \n") for one in signs)
    assert list(held) == ["Oct 2026", "Target", "Status", "Against the month before", "Variation", "Year end"]
    assert held["Variation"] == ":gray-badge[:material/show_chart: Usual]"
    assert held["Year end"] == ":red-badge[:material/dangerous: Likely to miss]"


@pytest.mark.usefixtures("council")
def test_the_exceptions_and_questions_of_the_measure_stand_on_its_page() -> None:
    """What is listed of it, a ward among it, with what to ask; another measure says that none is listed."""
    app = visit("measure.py", measure="missed_bins")
    said = words_of(app)
    assert "On the list of exceptions" in said
    (asked,) = [one.value for one in app.markdown if one.value.startswith("1. ")]
    assert "1. What is being done about ‘Missed bin collections’?" in asked
    assert "It is counted differently since 1 April 2026" in asked.replace("\\", "")
    assert "It is not listed now" in words_of(visit("measure.py", measure="agency"))


@pytest.mark.usefixtures("council")
def test_wards_are_small_charts_in_the_order_of_their_names() -> None:
    """Each with its name, figure and picture; a measure without wards has no such part."""
    app = visit("measure.py", measure="missed_bins")
    pictures = [one.value for one in app.markdown if "image/svg" in one.value and "**Read" not in one.value]
    assert [one.split("**")[1] for one in pictures] == sorted(one.split("**")[1] for one in pictures)
    assert pictures[0].startswith("**Harbour ward**")
    assert "the latest figure 101](data:image/svg" in pictures[0].split("![")[1]
    assert "By ward" not in [header.value for header in visit("measure.py", measure="recycling").header]


@pytest.mark.usefixtures("council")
def test_the_counter_measure_is_read_beside_it() -> None:
    """Its title, latest figure and status stand on the page with a link; linked measures have a table."""
    app = visit("measure.py", measure="missed_bins")
    (beside,) = [one.value.replace("\\", "") for one in app.markdown if "**Read it beside" in one.value]
    assert "Household waste recycled:** 44.8% (provisional) in 2025/26, target 50.0%" in beside
    (linked,) = [table.value for table in app.table if "Course" in table.value]
    assert list(linked["Measure (opens in a new tab)"].str.contains("same service")) == [True] * len(linked)


@pytest.mark.usefixtures("council")
def test_fewer_years_can_be_shown() -> None:
    """The stretch stands in the address; nonsense falls back to all of it."""
    app = visit("measure.py", measure="recycling", years="5")
    assert app.selectbox(key="filter_years").value == "5"
    assert "that is not here" in words_of(visit("measure.py", measure="recycling", years="99"))


@pytest.mark.usefixtures("council")
def test_the_page_of_a_measure_can_be_printed() -> None:
    """One file without scripts, with figures, findings, questions, definition, source and date."""
    snapshot.take()
    made = printed.document("missed_bins", HOME).decode()
    for words in (
        "<h1>Missed bin collections</h1>",
        "92 per 100,000 collections in Oct 2026",
        "Questions to ask",
        "<td>Mar 2026</td>",
        "no figure",
        "data:image/svg+xml;base64,",
        "collections.csv, row 40",
        "Exampleton is an invented council",
        "figures published 20 November 2026",
    ):
        assert words in made
    assert "<script" not in made
    assert "Days lost to sickness" not in made
    assert "no figure has come for 2025/26" in printed.document("satisfaction", HOME).decode()


def test_what_is_being_done_about_it_is_told_from_every_register(council: Path) -> None:
    """Linked items to be done with state and owner; the risk to be scored again; the goal it serves."""
    add_registers(council)
    app = visit("measure.py", measure="missed_bins")
    said = words_of(app)
    assert "What is being done about it" in [header.value for header in app.header]
    assert "3 linked items to be done, 2 of them overdue; 1 is closed. States are as at 20 November 2026" in said
    assert "Proposal to re-score] The measure is an exception, and the risk [R1: The waste contract fails]" in said
    (items,) = [table.value for table in app.table if "Register" in table.value]
    assert [cell[1:3] for cell in items["Item (opens in a new tab)"]] == ["A1", "I1", "R1"]
    assert "Awaiting sign-off" in items["State"].iloc[1]
    assert "[Director of Place](owner?owner=Director%20of%20Place)" in items["Owner"].iloc[2]
    assert not app.exception


def test_parts_of_a_linked_item_are_not_told_twice(council: Path) -> None:
    """A milestone of an action that is linked itself is left out."""
    add_registers(council)
    with duckdb.connect(str(council / "snapshots" / NAME)) as connection:
        link(connection, "plan/A1", "measure", "recycling")
    app = visit("measure.py", measure="recycling")
    (items,) = [table.value for table in app.table if "Register" in table.value]
    assert [cell[1:3] for cell in items["Item (opens in a new tab)"]] == ["A1", "A2"]


def test_a_measure_without_links_has_no_such_part(council: Path) -> None:
    """Neither a heading nor an empty table; of one that serves a goal it is said."""
    add_registers(council)
    heading = "What is being done about it"
    assert heading not in [header.value for header in visit("measure.py", measure="sickness").header]
