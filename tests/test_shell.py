"""What stands around every page: each has a title of its own, and one that cannot be loaded fails alone."""

import sys

import pytest

import pages.components
from tests.pages_under_test import council, visit, words_of

__all__ = ["council"]


@pytest.mark.usefixtures("council")
def test_a_page_whose_part_cannot_be_imported_fails_alone_and_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says that it cannot be shown; no stack trace, the banner stays, and another page is whole."""
    monkeypatch.delattr(pages.components, "agenda", raising=False)
    monkeypatch.setitem(sys.modules, "pages.components.agenda", None)
    broken = visit("exceptions.py")
    assert "The page Exceptions cannot be shown just now. The fault has been logged." in words_of(broken)
    assert "figures published" in words_of(broken)
    assert not broken.exception
    other = visit("theme.py")
    assert "cannot be shown" not in words_of(other)
    assert other.title[0].value == "Themes"


@pytest.mark.usefixtures("council")
def test_a_page_may_stop_early() -> None:
    """A page that has nothing more to show ends there; nothing is called broken."""
    app = visit("service.py")
    assert "cannot be shown" not in words_of(app)
    assert not app.exception
