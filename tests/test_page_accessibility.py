"""The accessibility statement: everything that the law wants said, and nothing that is not so."""

from datetime import date

import duckdb
import pytest

from pages.components import statement
from scorecard.wording import in_full
from tests.pages_under_test import council, empty_council, nothing_published, visit, words_of
from tests.small_snapshot import publish

__all__ = ["council", "empty_council", "nothing_published"]


@pytest.mark.usefixtures("council")
def test_it_says_all_that_a_statement_must_say() -> None:
    """Whose it is, how far it complies, what is not accessible, how to report that, who enforces, and when made."""
    app = visit("accessibility.py")
    said = words_of(app)
    for words in (
        "performance pages of Exampleton Council",
        "partially comply with the Web Content Accessibility Guidelines version 2.2, level AA",
        "Performance team, performance@exampleton.example",
        "Equality and Human Rights Commission",
        "Equality Advisory and Support Service",
        f"prepared on {in_full(statement.TESTED_ON)}",
    ):
        assert words in said.replace("**", "")
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_each_barrier_names_its_criterion_what_to_do_instead_and_its_report() -> None:
    """None is only admitted: each says what a reader can do."""
    said = words_of(visit("accessibility.py"))
    for one in statement.BARRIERS:
        assert one.what in said and one.instead in said and one.criterion in said
        assert f"issue {one.issue} (opens in a new tab)" in said


@pytest.mark.usefixtures("empty_council")
def test_it_is_there_before_any_measure() -> None:
    """Nothing in it needs figures."""
    assert not visit("accessibility.py").exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_so() -> None:
    """A plain card, as on every page."""
    assert "No figures have been published yet." in words_of(visit("accessibility.py"))


def test_without_a_contact_it_says_how_to_reach_the_council(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue that names nobody still gives a way."""
    data = tmp_path_factory.mktemp("no_contact")
    with duckdb.connect(str(publish(data))) as connection:
        connection.execute("update council set contact = null")
    monkeypatch.setenv("SCORECARD_DATA", str(data))
    assert "tell the council, by the way that its website gives" in words_of(visit("accessibility.py"))


def test_it_must_be_looked_at_again_within_a_year() -> None:
    """The law wants it under regular review: this fails when the tests it tells of are more than a year old."""
    assert statement.TESTED_ON.replace(year=statement.TESTED_ON.year + 1) > date.today()
