"""The definitions page: what each measure means."""

import pytest

from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of

__all__ = ["council", "empty_council"]


@pytest.mark.usefixtures("council")
def test_every_measure_is_defined() -> None:
    """Definition, what is counted, caveat and owner of each."""
    app = visit("definitions.py")
    said = words_of(app)
    assert "17 measures of 18." in said
    for words in ("as residents would understand it", "What is counted:", "Recording changed", "Head of Housing"):
        assert words in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_search_finds_words_anywhere_in_any_case() -> None:
    """Every word must be there, in whatever order; the search stands in the address."""
    app = visit("definitions.py", search="BIN missed")
    assert "1 measure of 18." in words_of(app)
    app.text_input(key="filter_search").set_value("certificate").run()
    assert app.query_params["search"] == "certificate"
    assert "Homes with a gas safety certificate, as residents" in words_of(app)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_searching_for_nonsense_finds_nothing(nonsense: str) -> None:
    """A search is only words: no pattern, no query, no crash."""
    app = visit("definitions.py", search=nonsense, theme=nonsense)
    assert not app.exception
    assert "No definition has these words." in words_of(app)


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_says_so() -> None:
    """An empty catalogue is said in words."""
    assert "There are no measures yet." in words_of(visit("definitions.py"))
