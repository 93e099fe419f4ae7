"""The definitions page: what each measure means."""

from pathlib import Path

import pytest

from scorecard.snapshot.printable import definitions
from scorecard.snapshot.store import open_snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_snapshot import MORE, NAME, publish

__all__ = ["council", "empty_council"]


@pytest.mark.usefixtures("council")
def test_every_measure_is_defined_a_dozen_a_page() -> None:
    """Definition, what is counted, caveat, service and owner of each, and the way to each in full."""
    app = visit("definitions.py")
    said = words_of(app)
    assert "17 measures of 18." in said
    for words in ("as residents would understand it", "What is counted:", "Recording changed", "Head of Housing"):
        assert words in said
    assert said.count("What is counted:") == 12
    assert not app.exception
    app.query_params["page"] = "2"
    assert words_of(app.run()).count("What is counted:") == 5


@pytest.mark.usefixtures("council")
def test_one_definition_is_opened_by_its_address() -> None:
    """Title, every fact, targets and decisions of one measure; the way back is the choice of all."""
    app = visit("definitions.py", measure="missed_bins")
    said = words_of(app)
    assert app.title[0].value == "Missed bin collections"
    for words in (
        "What it means",
        "Judged against",
        "LG Inform 46",
        "Assisted collections are counted too.",
        "Cabinet",
    ):
        assert words in said
    assert list(app.table[0].value["Target"]) == ["60 per 100,000 collections", "70 per 100,000 collections"]
    assert "Homes with a gas safety certificate" not in said
    app.selectbox(key="filter_measure").select("").run()
    assert "measure" not in app.query_params
    assert "17 measures of 18." in words_of(app)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("measure", "words"), [("shared_bikes", "not judged yet"), ("counter_visits", "not judged any")]
)
def test_a_measure_that_is_not_live_says_so(measure: str, words: str) -> None:
    """A proposed or removed measure can be opened too, and says what it is."""
    assert words in words_of(visit("definitions.py", measure=measure))


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
def test_nonsense_in_the_address_falls_back(nonsense: str) -> None:
    """A search is only words; a definition that is not there shows all of them and says so."""
    app = visit("definitions.py", search=nonsense, theme=nonsense, measure=nonsense)
    said = words_of(app)
    assert not app.exception
    assert "asks for a definition that is not here: showing All definitions instead." in said
    assert "No definition has these words." in said
    assert nonsense not in said


@pytest.mark.usefixtures("council")
def test_targets_and_life_are_told_in_words() -> None:
    """Stage, dated targets and decisions of each measure."""
    said = words_of(visit("definitions.py", search="missed bin"))
    assert "Live" in said
    assert "60 per 100,000 collections since 1 April 2026; before that 70 per 100,000 collections." in said
    assert "Amended from 1 April 2026 (Corporate Board): Assisted collections are counted too." in said


@pytest.mark.usefixtures("council")
def test_the_search_covers_the_plans_goals() -> None:
    """A goal's title finds the measures that serve it."""
    said = words_of(visit("definitions.py", search="clean streets"))
    assert "1 measure of 18." in said
    assert "Missed bin collections" in said


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(("stage", "found"), [("live", 16), ("proposed", 1), ("removed", 1), ("any", 18)])
def test_stages_are_filtered_in_the_address(stage: str, found: int) -> None:
    """Live and proposed ones by default; one stage or all when asked."""
    app = visit("definitions.py", stage=stage)
    assert f"{found} measure{'' if found == 1 else 's'} of 18." in words_of(app)
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_an_unknown_stage_falls_back_with_a_notice() -> None:
    """Nonsense in the address shows the usual view and says so; a theme without such measures is empty, in words."""
    said = words_of(visit("definitions.py", stage="dead"))
    assert "asks for a stage that is not here" in said
    assert "17 measures of 18." in said
    assert "No definition has" in words_of(visit("definitions.py", stage="removed", theme="compliance_and_risk"))


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_says_so() -> None:
    """An empty catalogue is said in words."""
    assert "There are no measures yet." in words_of(visit("definitions.py"))


def test_the_printable_definitions_are_the_audiences_own(tmp_path: Path) -> None:
    """A measure for members stands in their document and nowhere in the public's, also not as a counter-measure."""
    assert MORE["audit_actions"]["audience"] == "members"
    path = publish(tmp_path, NAME)
    members, public = (definitions(open_snapshot(path, audience)).decode() for audience in ("members", "public"))
    assert "Audit actions overdue" in members
    assert "Audit actions" not in public
    assert "audit_actions" not in public
    assert "Homes with a gas safety certificate" in public
