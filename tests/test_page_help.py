"""The Help page, the words explained on every page, and the guide for a first visit."""

from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from pages.components import guide, signposts, status, tour
from pages.components.registers.item_states import STATE_WORDS
from scorecard.glossary import LONGEST_MEANING, TERMS
from scorecard.judge.status import Direction, Status
from scorecard.markers import WORDS
from tests.pages_under_test import HOSTILE, council, empty_council, nothing_published, visit, words_of

__all__ = ["council", "empty_council", "nothing_published"]

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.usefixtures("council")
def test_every_symbol_and_letter_is_explained() -> None:
    """Statuses, directions, states of an exception and the letters beside figures, each with its word."""
    app = visit("help.py")
    said = words_of(app)
    shown = "\n".join(table.value.to_string() for table in app.table)
    counts = [len(Status), len(Direction) - 1, 6, len(STATE_WORDS), len(WORDS)]
    assert [len(table.value) for table in app.table] == counts
    for words in (
        "On target", "Too few to call", "Data overdue", "No clear change", "Accepted until", "Predicted late",
        "Provisional.",
    ):  # fmt: skip
        assert words in shown
    assert "Every chart has its figures in a table" in said
    assert "Performance team, performance@exampleton.example" in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_an_address_opens_a_word_with_those_that_belong_to_it() -> None:
    """`help?term=variation` says what it means, with links to related words; the box shows it chosen."""
    app = visit("help.py", term="variation")
    assert app.selectbox(key="filter_term").value == "variation"
    first = next(each.value for each in app.markdown if each.value.startswith("**Variation**"))
    assert TERMS["variation"].meaning in first.replace("\\", "")
    app.selectbox(key="filter_term").select("tolerance").run()
    assert app.query_params["term"] == "tolerance"


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_an_unknown_word_falls_back_with_a_notice(nonsense: str) -> None:
    """Whatever an address asks for, the page is drawn without it."""
    app = visit("help.py", term=nonsense)
    assert not app.exception
    assert "that is not here: showing Choose a word instead" in words_of(app)


@pytest.mark.usefixtures("empty_council")
def test_help_is_there_before_any_measure() -> None:
    """Nothing on it needs figures."""
    app = visit("help.py")
    assert not app.exception
    assert "Where do I find" in words_of(app)


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_so() -> None:
    """A plain card, as on every page."""
    assert "No figures have been published yet." in words_of(visit("help.py"))


def test_words_are_short_plain_and_linked() -> None:
    """Each meaning fits beside its word, ends in a full stop, and names only words that exist."""
    for term, said in TERMS.items():
        assert len(said.meaning) <= LONGEST_MEANING, term
        assert said.meaning.endswith("."), term
        assert set(said.see) <= set(TERMS) - {term}, term
    assert len({each.word for each in TERMS.values()}) == len(TERMS)


def test_every_question_leads_to_a_page_that_is_there() -> None:
    """Each kind of reader has questions, short enough not to be cut."""
    shell = (ROOT / "pages" / "shell.py").read_text(encoding="utf-8")
    for questions in signposts.SIGNPOSTS.values():
        assert len(questions) >= 3
        for one in questions:
            assert f'"{one.page}"' in shell
            assert len(one.words) <= 38


def test_the_guide_to_symbols_uses_the_pages_own() -> None:
    """The tables show the very badge that the pages show."""
    assert guide.statuses().column("Status").to_pylist() == [status.status(each) for each in Status]


def first_visit() -> None:
    """A page with nothing but the guide."""
    from pages.components import tour

    tour.show()


def test_the_guide_is_shown_until_it_is_put_away() -> None:
    """On a first visit it is there; once put away it is gone for the session, and the browser is told to keep that."""
    app = AppTest.from_function(first_visit).run()
    assert "New here?" in words_of(app)
    app.button[0].click().run()
    assert "New here?" not in words_of(app)
    assert [each.value for each in app.markdown] == [f"![]({tour.PICTURE})"]
    app.query_params["tour"] = "on"
    assert "New here?" in words_of(app.run())
    app.button[0].click().run()
    assert "tour" not in app.query_params
    assert "New here?" not in words_of(app)


@pytest.mark.parametrize(("asked", "is_shown"), [("off", False), ("on", True), ("'; drop", True)])
def test_an_address_can_leave_the_guide_out(asked: str, is_shown: bool) -> None:
    """`tour=off` for a link to hand round; anything else but `on` changes nothing."""
    app = AppTest.from_function(first_visit)
    app.query_params["tour"] = asked
    assert ("New here?" in words_of(app.run())) is is_shown


def test_the_picture_brings_a_cookie_that_pages_cannot_read() -> None:
    """It lasts a year, is sent to this site alone and holds nothing about anybody."""
    answer = tour.remember(Request({"type": "http", "method": "GET", "headers": []}))
    kept = answer.headers["set-cookie"]
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert kept.startswith("scorecard_tour=off; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax")
