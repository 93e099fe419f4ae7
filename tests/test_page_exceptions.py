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
    assert "Since Nov 2025" in said
    assert "High concern" in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_the_first_line_answers() -> None:
    """How many need attention, how grave and in what state they are; then what chance alone would give."""
    answer = visit("exceptions.py").markdown[0].value
    assert answer == (
        "**5 exceptions need attention**: 2 of high concern, 1 of medium concern and 2 of low concern. Of these, 1 is "
        "new, 1 is improving, 1 is back again and 1 is confirmed by two tests.\n\n"
        "Of 16 measures judged, about 0.1 would be flagged by chance alone in one reporting period."
    )


@pytest.mark.usefixtures("council")
def test_each_exception_shows_how_its_figures_went() -> None:
    """A picture with words: first and last figure, lowest and highest, the target; gaps and breaks stay gaps."""
    said = words_of(visit("exceptions.py"))
    words = "From 48 per 100,000 collections in Nov 2025 to 92 per 100,000 collections in Oct 2026, between 48 and 92; "
    assert f"![{words}target 60 per 100,000 collections.](data:image/svg+xml;base64," in said
    assert "Nov 2025 to Oct 2026, target 60 per 100,000 collections dashed" in said
    assert "2019/20 to 2025/26, the latest provisional, target 50.0% dashed" in said


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("group", "headings"),
    [
        ("theme", ["Critical service delivery", "Compliance and risk", "Citizen intelligence"]),
        ("directorate", ["Place"]),
    ],
)
def test_they_can_be_grouped(group: str, headings: list[str]) -> None:
    """By theme, or by the directorate above the service, the one with the most pressing exception first."""
    app = visit("exceptions.py", group=group)
    assert [header.value for header in app.header] == [*headings, "Getting better", "Settled"]
    titles = [one.value for one in app.markdown if "concern" in one.value and "**" in one.value][1:]
    assert len(titles) == 5, "every exception stands in one group"


@pytest.mark.usefixtures("council")
def test_a_long_list_is_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many to a page, in the order of the list; a page that is not there shows the first."""
    monkeypatch.setattr("pages.components.agenda.PAGE_ROWS", 2)
    app = visit("exceptions.py")
    assert "off target for five months" in words_of(app)
    app.query_params["page"] = "2"
    said = words_of(app.run())
    assert "off target for five months" not in said
    assert "off target for a year" in said and "No figure has come for residents" in said
    app.query_params["page"] = "99"
    assert "off target for five months" in words_of(app.run())


@pytest.mark.usefixtures("council")
def test_settled_ones_can_be_listed() -> None:
    """Resolved and accepted are states of the filter like the others; then only they are shown."""
    for state, words in (("resolved", "No longer sudden"), ("accepted", "the crews are in training")):
        app = visit("exceptions.py", state=state)
        said = words_of(app)
        assert "1 exception shown." in said and words in said
        assert not app.header


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("name", "value", "shown", "hidden"),
    [
        ("service", "customers", "off target for a year", "off target for five"),
        ("owner", "Head of Waste", "off target for five", "off target for a year"),
        ("rule", "hidden_part", "240 there, 60 elsewhere", "off target for"),
        ("audience", "public", "off target for five", "None of this"),
    ],
)
def test_further_filters_stand_in_the_address(name: str, value: str, shown: str, hidden: str) -> None:
    """Service, owner, rule and audience are drawn when an address or the visitor asks for them."""
    app = visit("exceptions.py", **{name: value})
    assert app.selectbox(key=f"filter_{name}").value == value
    assert shown in words_of(app) and hidden not in words_of(app)


@pytest.mark.usefixtures("council")
def test_further_filters_can_be_asked_for() -> None:
    """A switch draws them; it stands in the address."""
    app = visit("exceptions.py")
    assert len(app.selectbox) == 3
    app.toggle(key="filter_more").set_value(True).run()
    assert len(app.selectbox) == 8
    assert app.query_params["more"] == "yes"


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
    assert "Better since May 2026." in folded.markdown[0].value
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
    app = visit("exceptions.py", theme=nonsense, severity=nonsense, state=nonsense, owner=nonsense, group=nonsense)
    said = words_of(app)
    assert not app.exception
    assert said.count("that is not here") == 5
    assert nonsense not in said
    assert "off target for five months" in said


@pytest.mark.usefixtures("empty_council")
def test_without_exceptions_it_says_so() -> None:
    """An empty list is a finding, in words."""
    app = visit("exceptions.py")
    said = words_of(app)
    assert "No exception needs attention" in said
    assert "No exception rule was met." in said
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
