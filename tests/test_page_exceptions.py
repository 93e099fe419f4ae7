"""The exceptions page: what needs attention, and why."""

import pytest

from tests.pages_under_test import HOSTILE, council, empty_council, nothing_published, visit, words_of

__all__ = ["council", "empty_council", "nothing_published"]


@pytest.mark.usefixtures("council")
def test_it_says_what_needs_attention_and_why() -> None:
    """Each exception's ready sentence, its owner and since when; severity in words."""
    app = visit("exceptions.py")
    said = words_of(app)
    assert [title.value for title in app.title] == ["What needs attention"]
    assert "off target for five months and rising" in said
    assert "Head of Waste" in said
    assert "since Nov 2025" in said
    assert "High concern" in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_it_counts_exceptions_and_statuses() -> None:
    """One sentence on the exceptions and one on all measures."""
    said = words_of(visit("exceptions.py"))
    assert "**4 exceptions**: 2 of high concern, 1 of medium concern and 1 of low concern." in said
    assert "Of 16 measures: **4** on target" in said
    assert "**1** with no figure for the latest period" in said


@pytest.mark.usefixtures("council")
def test_filters_come_from_the_address() -> None:
    """A shared link shows what its sender saw."""
    app = visit("exceptions.py", severity="low")
    said = words_of(app)
    assert "No figure has come for residents satisfied" in said
    assert "Missed bin" not in said
    assert app.selectbox(key="filter_severity").value == "low"


@pytest.mark.usefixtures("council")
def test_choosing_a_filter_changes_the_address() -> None:
    """The address can be shared after any choice; choosing everything clears it."""
    app = visit("exceptions.py")
    app.selectbox(key="filter_theme").select("compliance_and_risk").run()
    assert app.query_params["theme"] == "compliance_and_risk"
    assert "Missed bin" not in words_of(app)
    app.selectbox(key="filter_theme").select("").run()
    assert "theme" not in app.query_params


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """An address that asks for what is not there shows everything, says so, and repeats none of it."""
    app = visit("exceptions.py", theme=nonsense, severity=nonsense)
    said = words_of(app)
    assert not app.exception
    assert said.count("that is not here") == 2
    assert nonsense not in said
    assert "off target for five months" in said


@pytest.mark.usefixtures("empty_council")
def test_without_exceptions_it_says_so() -> None:
    """An empty list is a finding, in words."""
    app = visit("exceptions.py")
    assert "No measure needs attention" in words_of(app)
    assert not app.exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_what_to_do() -> None:
    """No snapshot is a plain card with the command, never a stack trace."""
    app = visit("exceptions.py")
    said = words_of(app)
    assert "No figures have been published yet." in said
    assert "python -m pipelines run" in said
    assert not app.exception
