"""The owner page: everything with a post on it, by date."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages_under_test import HOSTILE, visit
from tests.pages_under_test import words_of as every_word_of
from tests.small_registers import change, publish_registers


@pytest.fixture
def registers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small registers."""
    publish_registers(tmp_path)
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    return tmp_path


def words_of(app: AppTest) -> str:
    """Everything the page says, with plain spaces."""
    return every_word_of(app).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.usefixtures("registers")
def test_a_post_sees_what_is_late_first() -> None:
    """Overdue, then what waits for sign-off, then by date; each with its register, its state and why."""
    app = visit("owner.py", owner="Head of Finance")
    said = words_of(app)
    assert (
        "**Head of Finance has 3 open items: 1 overdue, 1 said to be done and not signed off and 1 due later.**" in said
    )
    assert [each.value for each in app.header] == ["Overdue", "Said to be done, not signed off", "Later"]
    assert "[A1: Reconcile the bank](register?register=audit&item=A1)" in said
    assert "1 May 2026, now 1 Dec 2026" in said
    assert not app.exception


@pytest.mark.usefixtures("registers")
def test_measures_and_risks_of_the_post_stand_beside() -> None:
    """Its measures that are exceptions, with what to ask; a red risk is counted."""
    app = visit("owner.py", owner="Head of Waste")
    assert "Measures that are exceptions" in [each.value for each in app.header]
    assert "[Missed bin collections](measure?measure=missed_bins)" in words_of(app)
    risks = words_of(visit("owner.py", owner="Director of Place"))
    assert "**Director of Place has 3 open items: 3 without a date.** 1 risk is red." in risks


@pytest.mark.usefixtures("registers")
def test_items_across_registers_are_by_date() -> None:
    """This month before later; of several registers."""
    app = visit("owner.py", owner="Head of People")
    assert [each.value for each in app.header] == ["Overdue", "Due by the end of the month", "Later"]
    assert "has 5 open items in 2 registers" in words_of(app)


@pytest.mark.usefixtures("registers")
def test_without_a_choice_every_post_is_listed() -> None:
    """Those with most overdue first."""
    app = visit("owner.py")
    listed = [cell.split("]")[0].removeprefix("[") for cell in app.table[0].value.iloc[:, 0]]
    assert listed[0] == "Head of Finance"
    assert "Choose one of 7 posts" in words_of(app)


def test_a_post_with_nothing_is_told_so(registers: Path) -> None:
    """Nothing open, and no exception."""
    change(registers, "delete from register_item where owner <> 'Head of Finance'")
    said = words_of(visit("owner.py", owner="Head of Planning"))
    assert "**Head of Planning has nothing open, and no measure that is an exception.**" in said


def test_without_any_post_it_says_so(registers: Path) -> None:
    """No item and no measure in use."""
    change(registers, "delete from register_item; update measure set stage = 'removed'")
    assert "No post owns an item or a measure yet." in words_of(visit("owner.py"))


def test_long_lists_of_a_post_are_paged(registers: Path) -> None:
    """Each part by itself, as its page stands in the address under its own name."""
    change(registers, "update register_item set owner = 'Head of Calls', state = 'overdue', ended = null, days_late = 9"
                      " where register_id = 'complaints'")  # fmt: skip
    first = visit("owner.py", owner="Head of Calls").table[0].value
    last = visit("owner.py", owner="Head of Calls", page_0="3").table[0].value
    assert (len(first), len(last)) == (25, 10)


@pytest.mark.usefixtures("registers")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_a_hostile_address_falls_back(nonsense: str) -> None:
    """To the list of posts, with a notice; what was sent is not shown."""
    app = visit("owner.py", owner=nonsense, page_0=nonsense)
    said = words_of(app)
    assert not app.exception
    assert "This address asks for a post that is not here" in said
    assert nonsense not in said


@pytest.mark.usefixtures("registers")
def test_the_public_sees_only_its_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts that own only what is meant for members are not named."""
    monkeypatch.setenv("SCORECARD_AUDIENCE", "public")
    said = words_of(visit("owner.py"))
    assert "Head of Finance" not in said
    assert "Plan actions" in words_of(visit("owner.py", owner="Head of People"))
    assert "Audit" not in words_of(visit("owner.py", owner="Head of People"))
