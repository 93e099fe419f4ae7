"""The register page: how many are late and why, the items asked for, one item with its receipt."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages_under_test import HOSTILE, visit
from tests.pages_under_test import words_of as every_word_of
from tests.small_registers import HOSTILE_ID, HOSTILE_TITLE, change, publish_registers, publish_without_file


@pytest.fixture
def registers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small registers."""
    publish_registers(tmp_path)
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    return tmp_path


def words_of(app: AppTest) -> str:
    """Everything the page says, with plain spaces."""
    return every_word_of(app).replace("\N{NO-BREAK SPACE}", " ")


def headings(app: AppTest) -> list[str]:
    """The headings below the title."""
    return [each.value for each in app.header]


def items_shown(app: AppTest) -> list[str]:
    """The keys of the items in the table of items."""
    cells = next((list(table.value.iloc[:, 0]) for table in app.table if "State" in table.value.columns), [])
    plain = [cell.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "") for cell in cells]
    return [cell.split("](register?")[0].removeprefix("[").split(": ")[0] for cell in plain]


@pytest.mark.usefixtures("registers")
def test_the_answer_comes_first() -> None:
    """How many are overdue, against the month before, and why; what it hides stands beside it."""
    app = visit("register.py")
    said = [each.value for each in app.markdown]
    assert app.title[0].value == "Audit recommendations"
    assert said[0].replace("\\", "") == (
        "What is late among the recommendations?\n\n**3 recommendations are overdue at 31 October 2026, as many as a"
        " month before**: 1 became overdue because its date passed and 1 was signed off. In all, 6 recommendations are"
        " open: 3 overdue, 1 predicted to be late and 1 due within 45 days. 1 is reported done and not signed off. Of"
        " 1 the dates contradict what is reported."
    )
    assert not app.exception
    assert not [each for each in app.warning if "cannot be shown" in each.value]


@pytest.mark.usefixtures("registers")
def test_a_part_appears_only_where_the_register_has_it() -> None:
    """No empty headings: each register shows what it declares, and nothing else."""
    late = ["Before the date passes", "How late, since the original date"]
    assert headings(visit("register.py")) == [
        "Stock and flow", "Its items", late[0], "Awaiting sign-off", "Reported otherwise than the dates say", late[1],
        "The backlog, burnt down",
    ]  # fmt: skip
    assert headings(visit("register.py", register="complaints")) == [
        "Its items", *late, "Time limits kept", "From step to step", "Counted by",
    ]  # fmt: skip
    assert headings(visit("register.py", register="risks")) == ["Likelihood and impact", "Its items"]
    assert headings(visit("register.py", register="actions")) == [
        "Its items", "Ratings against the report before", *late, "How far they have come",
    ]  # fmt: skip


@pytest.mark.usefixtures("registers")
def test_absent_months_are_said_and_not_drawn() -> None:
    """Their row says that there is no count; the sentence names them; a count after a gap says since when."""
    app = visit("register.py")
    said = words_of(app)
    assert "There is no count for 2 months: Jun 2026 and Aug 2026" in said
    flow = next(table.value for table in app.table if "Count at" in table.value.columns and len(table.value) == 6)
    plain = flow.map(lambda cell: cell.replace("\N{NO-BREAK SPACE}", " "))
    assert plain.iloc[:, :2].to_numpy().tolist() == [
        ["31 Oct 2026", "3 + 1 − 1 = 3"],
        ["30 Sep 2026 (since 31 Jul 2026)", "2 + 2 − 1 = 3"],
        ["Aug 2026", "no count"],
        ["31 Jul 2026 (since 31 May 2026)", "2 + 1 − 1 = 2"],
        ["Jun 2026", "no count"],
        ["31 May 2026", "2"],
    ]
    assert len(app.get("vega_lite_chart")) == 3


@pytest.mark.usefixtures("registers")
def test_newly_overdue_are_named_with_their_posts() -> None:
    """By name of the recommendation and post, as the board asks for them."""
    said = words_of(visit("register.py"))
    assert "Newly overdue since 30 Sep 2026" in said
    assert "[A2: Lock the stores](register?register=audit&item=A2) (Head of Waste): due" in said


ASKED: tuple[tuple[dict[str, str], list[str]], ...] = (
    ({}, ["A1", "A3", "A2", "A5", "A4", HOSTILE_ID]),
    ({"state": "overdue"}, ["A1", "A3", "A2"]),
    ({"state": "awaiting_sign_off"}, ["A3"]),
    ({"state": "closed"}, ["A6"]),
    ({"state": "contradicted"}, ["A1"]),
    ({"service": "waste"}, ["A2"]),
    ({"owner": "Head of Finance", "priority": "High"}, ["A1", "A3", "A4"]),
    ({"search": "ledger"}, ["A4"]),
)


@pytest.mark.usefixtures("registers")
def test_the_address_says_which_items() -> None:
    """State, service, owner, priority and words, each alone and together."""
    app = visit("register.py")
    for address, found in ASKED:
        app.query_params.clear()
        app.query_params.update({"register": "audit", **address})
        assert items_shown(app.run()) == found


@pytest.mark.usefixtures("registers")
def test_filters_that_leave_nothing_say_so() -> None:
    """In words; the rest of the page stays."""
    app = visit("register.py", register="audit", owner="Head of Waste", state="awaiting_sign_off")
    assert "No recommendation has all that is asked for. Choose fewer filters." in words_of(app)
    assert "Nothing is overdue" not in words_of(app)
    assert "No action here: due soon." in words_of(visit("register.py", register="actions", state="due_soon"))


@pytest.mark.usefixtures("registers")
def test_long_lists_are_paged() -> None:
    """Twenty-five on a page; the second page has the others, and nonsense shows the first."""
    app = visit("register.py", register="complaints", state="every")
    first = items_shown(app)
    app.query_params["page"] = "2"
    second = items_shown(app.run())
    assert (len(first), len(second), len({*first, *second})) == (25, 25, 50)
    app.query_params["page"] = "x"
    assert items_shown(app.run()) == first


@pytest.mark.usefixtures("registers")
def test_one_item_has_every_date_and_its_receipt() -> None:
    """All its due dates, what disagrees, links both ways, file and row; nothing else of the register."""
    app = visit("register.py", register="audit", item="A1")
    said = words_of(app)
    assert headings(app) == ["Reconcile the bank"]
    for words in (
        "**Original due date:** 1 May 2026",
        "**Re-dated twice, to:** 1 August 2026, then 1 December 2026",
        "183 days past the original date",
        "**What was reported disagrees:** Rated green",
        "[Information requests answered in 20 days](measure?measure=foi)",
        "[R1: Cyber attack](register?register=risks&item=R1)",
        "[Head of Finance](owner?owner=Head%20of%20Finance)",
        "**File:** collections.csv",
        "**Row:** 12",
    ):
        assert words in said
    back = words_of(visit("register.py", register="risks", item="R1"))
    assert "(names this item): [A1: Reconcile the bank]" in back
    assert "**Red since:** 1 January 2025, which makes it a stuck risk" in back


@pytest.mark.usefixtures("registers")
def test_the_public_sees_no_names_of_files(registers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor registers that are not meant for it; the row may be named."""
    monkeypatch.setenv("SCORECARD_AUDIENCE", "public")
    app = visit("register.py", register="actions", item="P1")
    said = words_of(app)
    assert headings(app) == ["A cleaner town"]
    assert "collections.csv" not in said
    assert "SHA-256" not in said
    assert list(app.selectbox(key="filter_register").options) == ["Plan actions"]


@pytest.mark.usefixtures("registers")
def test_words_of_a_file_are_shown_as_they_are() -> None:
    """A title with markup is text, and its key is safe in an address."""
    app = visit("register.py", register="audit", item=HOSTILE_ID)
    assert headings(app)[0].replace("\\", "").replace("\N{WORD JOINER}", "") == HOSTILE_TITLE
    listed = next(cell for cell in _first_column(visit("register.py")) if "A/7" in cell)
    assert listed.endswith("](register?register=audit&item=A%2F7%20%28old%29%26state%3Dclosed)")
    assert "[of](" not in listed


def _first_column(app: AppTest) -> list[str]:
    return next(list(table.value.iloc[:, 0]) for table in app.table if "State" in table.value.columns)


@pytest.mark.usefixtures("registers")
def test_few_cases_are_called_few() -> None:
    """Two of three upheld is said with what it could be, and never as a plain share."""
    said = words_of(visit("register.py", register="complaints"))
    assert "Upheld: 2 of 3 (investigated), 67%, but so few that anything from 9% to 99% is consistent." in said
    assert "Stage 1 answered" in said
    assert "57 of 60, 95% (1 extended)" in said
    assert "Ring first." in said


@pytest.mark.usefixtures("registers")
def test_risks_stand_in_a_table_and_propose() -> None:
    """Each cell with its score in words; stuck, above appetite, and proposals to re-score with their reason."""
    app = visit("register.py", register="risks")
    said = words_of(app)
    assert (
        "**Of 3 risks at 31 October 2026, 1 is red, 1 is amber and 1 is green.** 1 is above appetite, 1 is stuck and"
        " there are 2 proposals to re-score." in said
    )
    assert "20, red] **1**: [Cyber attack](register?register=risks&item=R1)" in said
    for heading in ("Proposals to re-score (2)", "Stuck risks (1)", "Above appetite (1)"):
        assert f"**{heading}**" in said
    assert "“Missed bin collections” is an exception" in said
    assert "“Reconcile the bank” (Head of Finance) is 183 days past its original date" in said


@pytest.mark.usefixtures("registers")
def test_ratings_are_set_against_the_report_before() -> None:
    """How many more, which, why, the agreed way forward; and a whole that its parts do not explain."""
    said = words_of(visit("register.py", register="actions"))
    assert "**1 is red, as many as in the report before; 1 is amber, 1 more than in the report before.**" in said
    assert "was green: Rounds were redrawn **Agreed way forward:** A second crew" in said
    assert "but its 2 parts are better: the worst is green." in said


@pytest.mark.usefixtures("registers")
def test_the_backlog_is_told_against_its_aim() -> None:
    """How much is dealt with, how much is left, and whether that is the pace agreed."""
    said = words_of(visit("register.py"))
    assert "**Of the 2 overdue at 31 May 2026, 1 (50%) had been dealt with by 31 October 2026; 1 is left.**" in said
    assert "which at an even pace is 71% by now: it is behind that." in said


def test_nothing_overdue_is_said(registers: Path) -> None:
    """Not a table of noughts."""
    change(registers, "delete from register_item where days_late > 0 and register_id = 'audit'")
    said = words_of(visit("register.py"))
    assert "Nothing is overdue." in said
    assert "Nothing that is reported done waits for sign-off." in said


def test_a_register_of_which_all_is_done(registers: Path) -> None:
    """The page still stands: nothing open, in words."""
    change(registers, "update register_item set state = 'closed', ended = due where register_id = 'audit'")
    app = visit("register.py")
    assert "No recommendation here: all open." in words_of(app)
    assert not [each for each in app.warning if "cannot be shown" in each.value]


def test_without_a_file_it_says_what_is_expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which source, and from whom; no empty parts."""
    publish_without_file(tmp_path)
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    app = visit("register.py")
    assert "No file has come for it yet" in words_of(app)
    assert "Service returns, sent by Waste and recycling" in words_of(app)
    assert headings(app) == []
    assert not app.exception


def test_without_registers_it_says_so(registers: Path) -> None:
    """None in the catalogue, or none for this reader."""
    change(registers, "delete from register")
    app = visit("register.py")
    assert "The catalogue has no register yet, or none that is meant for you." in words_of(app)


@pytest.mark.usefixtures("registers")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_a_hostile_address_falls_back(nonsense: str) -> None:
    """Each part of the address alone is checked: the page shows something true, and never what was sent."""
    app = visit("register.py", **dict.fromkeys(("register", "state", "service", "owner", "priority", "by"), nonsense))
    said = words_of(app)
    assert not app.exception
    assert "This address asks for a register that is not here" in said
    assert nonsense not in said
    assert items_shown(app)
    app.query_params["item"] = nonsense
    item = words_of(app.run())
    assert "asks for an item that is not in this register" in item
    assert nonsense not in item


@pytest.mark.usefixtures("registers")
def test_another_register_drops_the_filters_of_the_one_before() -> None:
    """Its items have other posts: no notice about a post that is not there."""
    app = visit("register.py", register="audit", owner="Head of Finance", state="awaiting_sign_off")
    app.selectbox(key="filter_register").select("actions").run()
    assert app.title[0].value == "Plan actions"
    assert "is not here" not in words_of(app)
    assert "owner" not in app.query_params
