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
    """One sentence on the exceptions, one on what chance alone would give, and one on all measures."""
    said = words_of(visit("exceptions.py"))
    assert "**5 exceptions**: 2 of high concern, 1 of medium concern and 2 of low concern." in said
    assert "Of these, 1 is new, 1 is improving, 1 is back again and 1 is confirmed by two tests." in said
    assert "Of 16 measures judged, about 0.1 would be flagged by chance alone in one reporting period." in said
    assert "Of 16 measures: **4** on target" in said
    assert "**1** with no figure for the latest period" in said


@pytest.mark.usefixtures("council")
def test_the_state_of_each_exception_is_in_words() -> None:
    """New, how long it has held, improving, back again, and whether two tests agree; and what to ask."""
    said = words_of(visit("exceptions.py"))
    for words in ("For 5 months", "Improving, after 5 years", "Back again", "New", "Confirmed by two tests"):
        assert words in said
    assert said.count("Confirmed by two tests") == 1
    assert "**Ask:** What is being done about ‘Missed bin collections’?" in said


@pytest.mark.usefixtures("council")
def test_why_an_exception_is_here() -> None:
    """Its own evidence, under what was judged; findings that say the same are told once."""
    app = visit("exceptions.py")
    behind = [one for one in app.expander if one.label == "Why it is here"]
    assert len(behind) == 2
    said = behind[0].markdown[0].value.replace("\\", "").splitlines()
    assert said == [
        "- **Against its target:** 92 in Oct 2026 against a target of 60.",
        "- **Sudden or lasting change and usual variation:** At a higher level for 5 months.",
        "- **Direction of travel:** Clearly rising over the last 12 months.",
    ]
    assert "due on 30 June 2026" in behind[1].markdown[0].value


@pytest.mark.usefixtures("council")
def test_a_ward_is_named_beside_its_measure() -> None:
    """The title says where; the sentence does not say it again; its figures are a link away."""
    app = visit("exceptions.py")
    said = words_of(app)
    assert "**Missed bin collections: Harbour ward**" in said
    assert "240 there, 60 elsewhere." in said
    assert "Missed bin collections, Harbour ward: 240" not in said


@pytest.mark.usefixtures("council")
def test_good_news_and_what_is_settled_stand_below() -> None:
    """What got better, with more than three folded; what is resolved or accepted until a day. Theme filters hold."""
    app = visit("exceptions.py")
    said = words_of(app)
    assert [header.value for header in app.header] == ["Getting better", "Settled"]
    words = ("Better since April 2026.", "Newly better", "Back on target, after 3 months", "Better for 3 quarters")
    for one in words:
        assert one in said
    (folded,) = [one for one in app.expander if one.label == "1 more"]
    assert "Better since May 2026." in folded.markdown[1].value
    assert "Resolved, after 3 months" in said
    assert "Accepted until 31 March 2027" in said
    assert "**Missed bin collections: Garden waste**" in said
    said = words_of(visit("exceptions.py", theme="compliance_and_risk"))
    assert "No measure here has lastingly got better, or come back on target." in said
    assert "No exception here has just been resolved, or is accepted for a time." in said


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("new", ["No figure has come for residents"]),
        ("continuing", ["off target for five months", "240 there, 60 elsewhere"]),
        ("improving", ["off target for seven years"]),
        ("relapsed", ["off target for a year"]),
    ],
)
def test_each_state_can_be_chosen(state: str, shown: list[str]) -> None:
    """Only the exceptions of that state are listed."""
    app = visit("exceptions.py")
    app.selectbox(key="filter_state").select(state).run()
    assert app.query_params["state"] == state
    said = words_of(app)
    every = ("off target for five", "off target for seven", "off target for a year", "No figure has come", "240 there")
    assert all(words in said for words in shown)
    assert sum(words in said for words in every) == len(shown)


@pytest.mark.usefixtures("council")
def test_filters_come_from_the_address() -> None:
    """A shared link shows what its sender saw."""
    app = visit("exceptions.py", severity="low")
    said = words_of(app)
    assert "No figure has come for residents satisfied" in said
    assert "off target for" not in said
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
    app = visit("exceptions.py", theme=nonsense, severity=nonsense, state=nonsense)
    said = words_of(app)
    assert not app.exception
    assert said.count("that is not here") == 3
    assert nonsense not in said
    assert "off target for five months" in said


@pytest.mark.usefixtures("empty_council")
def test_without_exceptions_it_says_so() -> None:
    """An empty list is a finding, in words."""
    app = visit("exceptions.py")
    said = words_of(app)
    assert "No measure needs attention" in said
    assert "No measure here has lastingly got better" in said
    assert "No exception here has just been resolved" in said
    assert not app.exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_what_to_do() -> None:
    """No snapshot is a plain card with the command, never a stack trace."""
    app = visit("exceptions.py")
    said = words_of(app)
    assert "No figures have been published yet." in said
    assert "python -m pipelines run" in said
    assert not app.exception
