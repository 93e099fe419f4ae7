"""The overview: how the council is doing, on one screen."""

from pathlib import Path

import pytest

from tests.pages_under_test import HOSTILE, council, empty_council, nothing_published, visit, words_of

__all__ = ["council", "empty_council", "nothing_published"]


@pytest.mark.usefixtures("council")
def test_the_first_sentence_is_the_answer() -> None:
    """How many exceptions need attention, and how the measures stand, at which month's end."""
    app = visit("overview.py")
    assert [title.value for title in app.title] == ["How is the council doing?"]
    assert app.markdown[0].value == (
        "**5 exceptions need attention**, 2 of high concern and 1 new. By the latest figures to October 2026 **4** of "
        "16 measures are on target, **5** close and **3** off (in brackets: since September)."
    )
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_each_theme_says_how_its_measures_stand_and_what_changed() -> None:
    """Counts with a symbol and a word for each status that some measure has, and the change in brackets."""
    said = words_of(visit("overview.py"))
    for words in (
        ":green-badge[:material/check_circle: 2 on target]", ":red-badge[:material/dangerous: 2 off target]",
        ":green-badge[:material/check_circle: 0 on target (\N{MINUS SIGN}1)]",
        ":orange-badge[:material/change_history: 1 close (+1)]", ":violet-badge[:material/event_busy: 1 no figure]",
    ):  # fmt: skip
        assert words in said
    assert "0 too few" not in said, "what no measure has, now or a month before, is not told"


@pytest.mark.usefixtures("council")
def test_the_most_pressing_exceptions_have_two_lines_each() -> None:
    """How grave, state, since when, a clause of the sentence, the owner and a picture with words; five at most."""
    said = words_of(visit("overview.py"))
    assert "continuing since Nov 2025" in said
    assert "· Head of Waste" in said
    assert said.count("concern]") == 5
    assert "From 48 per 100,000 collections in Nov 2025 to 92 per 100,000 collections in Oct 2026" in said


@pytest.mark.usefixtures("council")
def test_what_improved_and_how_fresh_the_figures_are() -> None:
    """Good news; when published, the latest period, what is late and what was refused."""
    app = visit("overview.py")
    said = words_of(app)
    assert [header.value for header in app.header] == [
        "What needs attention first", "What has improved", "How fresh the figures are",
    ]  # fmt: skip
    assert "Newly better" in said
    assert "Published 20 November 2026 at 09:30." in said
    assert "Latest period: **Oct 2026** (5 of 16 measures; 1 has no figure at all)." in said
    assert "**2 submissions are late**: Service returns." in said
    assert "**1 file refused**, 3 rows set aside." in said


def test_to_the_public_it_shows_only_what_is_meant_for_it(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer measures are counted, and rows set aside are not told."""
    monkeypatch.setenv("SCORECARD_AUDIENCE", "public")
    said = words_of(visit("overview.py"))
    assert "of 15 measures are on target" in said
    assert "set aside" not in said


def test_old_figures_are_said_to_be_old(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warning stands above the answer, which is still given."""
    monkeypatch.setenv("SCORECARD_STALE_HOURS", "1")
    app = visit("overview.py")
    assert any("New files were last looked for" in warning.value for warning in app.warning)
    assert "5 exceptions need attention" in words_of(app)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_changes_nothing(nonsense: str) -> None:
    """The overview has no filter: what an address asks for is neither done nor repeated."""
    app = visit("overview.py", theme=nonsense, tour=nonsense)
    assert not app.exception
    assert nonsense not in words_of(app)


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_says_so() -> None:
    """No measure, no exception and no figure are each told in words."""
    app = visit("overview.py")
    said = words_of(app)
    for words in (
        "There are no measures yet.", "No exception rule was met.",
        "No measure has lastingly got better, or come back on target.", "No measure has a figure yet.",
    ):  # fmt: skip
        assert words in said
    assert not app.exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_what_to_do() -> None:
    """No snapshot is a plain card with the command, never a stack trace."""
    app = visit("overview.py")
    assert "python -m pipelines run" in words_of(app)
    assert not app.exception
