"""The measure page: is it on track, is it moving, is that usual, and where is the figure from?"""

import pytest

from pages.components import charts
from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_snapshot import EXAMPLES

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
    assert "Off target" not in said


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
