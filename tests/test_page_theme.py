"""The theme page: how everything under one theme stands."""

import pytest

from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of

__all__ = ["council", "empty_council"]


@pytest.mark.usefixtures("council")
def test_it_lists_a_themes_measures_with_their_standing() -> None:
    """Each measure with figure, target, status, direction and period; none of another theme."""
    app = visit("theme.py", theme="critical_service_delivery")
    said = words_of(app)
    for words in ("Are the services people rely on being delivered?", "44.8% (provisional)", "Off target", "2025/26"):
        assert words in said
    assert "79.5%" not in said
    assert "Of 5 measures:" in app.markdown[0].value
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_one_table_has_those_off_target_first() -> None:
    """A row for each measure with status in words, figure, period, target, direction, picture and link."""
    table = visit("theme.py", theme="critical_service_delivery").table[0].value
    assert [status.split(": ")[1][:-1] for status in table["Status"]] == [
        "Off target", "Off target", "Close to target", "Close to target", "On target"
    ]  # fmt: skip
    first = table.iloc[0]
    assert first["Measure (opens in a new tab)"] == "[Missed bin collections](measure?measure=missed_bins)"
    assert (first["Latest figure"], first["Target"]) == ("**92 per 100,000 collections**", "60 per 100,000 collections")
    assert first["Period"].replace("\N{NO-BREAK SPACE}", " ") == "Oct 2026"
    assert "Worse" in first["Direction"]
    assert first["Lately"].startswith("![The last 7 figures")


@pytest.mark.usefixtures("council")
def test_themes_stand_in_the_catalogues_order() -> None:
    """The first theme is shown unless another is asked for."""
    app = visit("theme.py")
    options = app.selectbox(key="filter_theme").options
    assert options[0] == "Organisational health"
    assert len(options) == 4


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """An unknown theme shows the first one and says so."""
    app = visit("theme.py", theme=nonsense)
    assert not app.exception
    assert "that is not here" in words_of(app)
    assert nonsense not in words_of(app)


@pytest.mark.usefixtures("council")
def test_removed_measures_are_gone_and_proposed_ones_are_named() -> None:
    """A removed measure is nowhere on the page; a proposed one carries the word and no status."""
    assert "Visits to the service desk" not in words_of(visit("theme.py", theme="citizen_intelligence"))
    said = words_of(visit("theme.py", theme="critical_service_delivery"))
    assert "Proposed]" in said
    assert "Journeys by shared bicycle" in said
    assert "1 more is proposed and not judged yet." in said


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_says_so() -> None:
    """An empty catalogue is said in words."""
    assert "There are no measures yet." in words_of(visit("theme.py"))
