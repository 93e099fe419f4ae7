"""The scrutiny page: is it getting better or worse, is that normal, what to ask, and what has changed since."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from scorecard.snapshot.remit_changes import decided_since, exceptions_since, restated_since
from scorecard.snapshot.remit_reported import as_reported, recorded_since
from scorecard.snapshot.remit_trends import remit_runs
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, nothing_published, visit, words_of
from tests.small_plan import add_registers
from tests.small_snapshot import HOME, publish

__all__ = ["council", "empty_council", "nothing_published"]

PEERS = json.dumps({"period": "2025/26", "q1": 38.0, "q3": 44.0, "median": 41.0})
FALLING = json.dumps({"first": 84.0, "last": 79.5, "slope": -1.5})
SEASONAL = json.dumps({"first": 95.0, "last": 96.0, "slope": -0.1})
LIMITS = json.dumps({"value": 93.0, "mean": 96.0, "lower_limit": 94.0, "upper_limit": 98.0})
FINDINGS = (
    ("missed_bins", "change", "sustained", True, "At a higher level for 5 months.", "{}"),
    ("recycling", "direction", "no_trend", None, "No clear rise or fall over the last 7 years.", "{}"),
    ("recycling", "peers", "worst_quarter", None, "Exampleton is 5th of 5.", PEERS),
    ("foi", "direction", "falling", True, "Clearly falling over 4 quarters: by about 1.5 a quarter.", FALLING),
    ("relet", "direction", "falling", False, "Clearly falling over the last 6 quarters.", "{}"),
    ("gas_safety", "direction", "falling", True, "Probably falling over 4 months: by about 0.1.", SEASONAL),
    ("repairs", "variation", "special_cause_concern", True, "Below the lower process limit.", LIMITS),
    ("turnover", "direction", "rising", None, "Probably rising over the last 3 years.", "{}"),
    ("fly_tips", "direction", "not_judged", None, "More than half of its figures are the same.", "{}"),
)
"""What is judged of home: measure, judgement, status, adverse, sentence, evidence."""
REMIT = ("missed_bins", "recycling", "fly_tips", "repairs", "relet", "foi", "gas_safety", "turnover", "audit_actions")


def with_committee(data: Path, *more: str) -> Path:
    """The small snapshot with one committee that met on 6 October, each figure published 15 days after its period."""
    path = publish(data)
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into committee values ('scrutiny', 0, 'Place Scrutiny Committee')")
        for measure in (*REMIT, "counter_visits"):
            connection.execute("insert into committee_measure values ('scrutiny', ?)", [measure])
        connection.execute("insert into meeting values ('scrutiny', '2026-10-06'), ('scrutiny', '2026-12-01')")
        connection.execute("delete from finding")
        for measure, judgement, status, adverse, sentence, evidence in FINDINGS:
            connection.execute(
                "insert into finding values (?, ?, '', ?, ?, ?, 1, ?, ?, '2026-10-01', '2026-10-31')",
                [measure, HOME, judgement, status, adverse, sentence, evidence],
            )
        connection.execute("update observation set known_from = period_end + interval 15 day")
        for statement in more:
            connection.execute(statement)
    return path


RESTATED = (
    "update observation set known_from = '2026-11-10' where measure_id = 'fly_tips' and period = 'Aug 2026'",
    f"""insert into restatement by name select 'fly_tips' as measure_id, '{HOME}' as area_code,
        date '2026-08-01' as period_start, date '2026-08-31' as period_end, 'Aug 2026' as period, 88.0 as old_value,
        90.1 as new_value, timestamp '2026-09-15' as known_from, timestamp '2026-11-10' as known_to,
        'a' as old_sha256, 'corrected_file' as why""",
)
"""Fly-tips in August were first published as 88.0%, and put right on 10 November."""


@pytest.fixture
def committee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose council has one committee and a corrected figure."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    return with_committee(tmp_path, *RESTATED)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """The same, opened."""
    return open_snapshot(with_committee(tmp_path, *RESTATED))


@pytest.mark.usefixtures("committee")
def test_the_answer_counts_what_gets_better_and_worse_beyond_chance() -> None:
    """Each measure is counted once; a measure without a good side neither better nor worse; removed ones not at all."""
    said = words_of(visit("scrutiny.py"))
    assert (
        "Of 9 measures within this remit, **4** are getting worse, **1** is getting better and **1** shows no real"
        " change. **3** are off target. **1** of the 1 that can be compared is worse than most councils like ours."
        in said
    )
    assert (
        "Of the others, 1 is rising or falling, which is neither good nor bad, of 1 it is too early to say and of 1 it"
        " cannot be said from the figures." in said
    )
    assert "The committee last met on 6 October 2026 and meets next on 1 December 2026." in said


@pytest.mark.usefixtures("committee")
def test_what_to_ask_comes_with_a_question_and_no_jargon() -> None:
    """Worse and off target first; the exception's own question, else one for how it stands; peers in words."""
    app = visit("scrutiny.py")
    cards = [one.value.replace("\\", "") for one in app.markdown if "**Ask:**" in one.value]
    assert "Getting worse" in cards[0]
    assert "Off target" in cards[0]
    assert "**Missed bin collections**" in cards[0]
    assert "**Ask:** What is being done about ‘Missed bin collections’?" in cards[0]
    (recycled,) = [one for one in cards if "**Household waste recycled**" in one]
    assert "**Councils like ours:** Worse than most in 2025/26; half of them lie between 38.0% and 44.0%." in recycled
    (repairs,) = [one for one in cards if "**Repairs completed in target time**" in one]
    assert "Its latest figures are not what is usual for it (94.0% to 98.0%, 96.0% on average)" in repairs
    (gas,) = [one for one in cards if "gas safety" in one]
    assert "Probably falling over 4 months, once its usual season is set aside." in gas
    said = words_of(app)
    for jargon in ("process limit", "special-cause", "common cause", "5th of 5"):
        assert jargon not in said


@pytest.mark.usefixtures("committee")
def test_the_other_measures_are_folded_by_their_trend() -> None:
    """Each with its figure, target and a link; what cannot be said has its reason."""
    app = visit("scrutiny.py")
    labels = [one.label for one in app.expander]
    assert "Getting better: 1 measure" in labels
    assert "Rising or falling: 1 measure" in labels
    (better,) = [one for one in app.expander if one.label == "Getting better: 1 measure"]
    words = better.markdown[0].value.replace("\\", "")
    assert "[Days to relet an empty home](measure?measure=relet)" in words
    assert "26.1 days in Q2 2026/27, close to target of 25.0 days. Clearly falling over the last 6 quarters." in words


@pytest.mark.usefixtures("committee")
def test_changes_count_from_the_last_meeting_unless_a_day_is_asked_for() -> None:
    """The heading says which day, and whether the committee met on it."""
    assert "What has changed since the meeting on 6 October 2026" in words_of(visit("scrutiny.py"))
    said = words_of(visit("scrutiny.py", since="2026-06-20"))
    assert "What has changed since 20 June 2026" in said
    assert (
        "[Missed bin collections](measure?measure=missed_bins): on target in May 2026, off target in Oct 2026." in said
    )
    assert "What stood then is what had been published by the end of that day." in said
    assert "a new usual level from 1 August 2026: Rounds were drawn anew." in said
    assert "amended, 1 July 2026: Leasehold homes are left <out>." in said


@pytest.mark.usefixtures("committee")
def test_a_figure_restated_since_the_meeting_is_told() -> None:
    """What was published then, what is said now, and why."""
    said = words_of(visit("scrutiny.py"))
    assert "Fly-tips cleared in two days" in said
    assert "Aug 2026: was 88.0%, is 90.1% (a corrected file)." in said


@pytest.mark.usefixtures("committee")
def test_a_past_day_shows_what_had_been_published_by_then() -> None:
    """The figure of then beside that of now; one restated since has no status; no trend is told of a past day."""
    app = visit("scrutiny.py", as_at="2026-10-01")
    said = words_of(app)
    assert "These are the figures that had been published here by the end of 1 October 2026." in said
    assert "What to ask about" not in said
    (table,) = [one.value for one in app.table if "Then" in one.value]
    rows = {row[0]: (row[1].replace("\\", ""), row[2].replace("\\", "")) for row in table.itertuples(index=False)}
    assert rows["[Fly-tips cleared in two days](measure?measure=fly_tips)"] == (
        "88.0% in Aug 2026, restated since", "95.0% in Oct 2026, on target",
    )  # fmt: skip
    assert rows["[Missed bin collections](measure?measure=missed_bins)"][0] == (
        "72 per 100,000 collections in Aug 2026, off target"
    )


def test_a_day_before_the_record_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was published is then not known: the page says what it shows instead, by period and not by publication."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    with_committee(tmp_path, "update observation set known_from = '2026-11-20 09:30:00'")
    said = words_of(visit("scrutiny.py", as_at="2026-10-01"))
    assert "is not on record: the record of figures begins on 20 November 2026." in said
    assert "Some may have come, or been corrected, after it." in said


def test_figures_are_those_on_record_at_the_end_of_the_day(snapshot: Snapshot) -> None:
    """August stood at 88.0 until it was put right; September was published on 15 October and not before."""
    for day, period, value, restated in (
        (date(2026, 9, 14), "Jul 2026", 93.0, False),
        (date(2026, 9, 15), "Aug 2026", 88.0, True),
        (date(2026, 10, 14), "Aug 2026", 88.0, True),
        (date(2026, 10, 15), "Sep 2026", 94.4, False),
    ):
        then = as_reported(snapshot, "scrutiny", day).set_index("measure_id").loc["fly_tips"]
        assert (then["period"], then["value"], then["is_restated"]) == (period, value, restated)
        assert (then["now_period"], then["now_value"]) == ("Oct 2026", 95.0)
    assert recorded_since(snapshot) == date(2020, 4, 15)
    snapshot.close()


def test_before_the_record_a_figure_counts_from_the_day_it_was_due(tmp_path: Path) -> None:
    """A period that had ended, but whose figures were not due yet, could not have been reported."""
    snapshot = open_snapshot(with_committee(tmp_path, "update observation set known_from = '2026-11-20 09:30:00'"))
    # The small snapshot's only dues: August by 15 September, September by 15 October, October by 15 November.
    for day, period in (
        (date(2026, 9, 14), "Jul 2026"),
        (date(2026, 9, 15), "Aug 2026"),
        (date(2026, 11, 14), "Sep 2026"),
    ):
        then = as_reported(snapshot, "scrutiny", day).set_index("measure_id")
        assert then.at["fly_tips", "period"] == period
        assert then.at["fly_tips", "published_on"] is None
    snapshot.close()


def test_restated_is_what_stood_on_the_day_and_stands_no_more(snapshot: Snapshot) -> None:
    """One put right by the end of that day, published after it, or within another remit, is not told."""
    assert list(restated_since(snapshot, "scrutiny", date(2026, 10, 6))["old_value"]) == [88.0]
    assert restated_since(snapshot, "scrutiny", date(2026, 11, 10)).empty
    assert restated_since(snapshot, "scrutiny", date(2026, 9, 14)).empty
    assert restated_since(snapshot, "compliance_and_risk", date(2026, 10, 6)).empty
    snapshot.close()


def test_an_exception_is_new_when_its_first_period_had_not_been_reported(tmp_path: Path) -> None:
    """Without a list of then, by its first period; those about data by their day; those of wards are named."""
    path = with_committee(
        tmp_path, "delete from exception where measure_id not in ('missed_bins', 'foi')",
        "update exception set since = '2026-09-01' where measure_id = 'missed_bins'",
    )  # fmt: skip
    snapshot = open_snapshot(path)
    # September is published on 15 October.
    for day, new in ((date(2026, 10, 14), True), (date(2026, 10, 15), False)):
        frame = exceptions_since(snapshot, "scrutiny", day)
        come = frame[frame["has_come"].astype(bool)]
        assert ("missed_bins" in set(come["measure_id"])) is new
        assert "foi" not in set(come["measure_id"])
    assert "Harbour ward" in set(exceptions_since(snapshot, "scrutiny", date(2026, 10, 14))["place"])
    snapshot.close()


def test_exceptions_come_and_go_by_the_list_of_then_where_it_is_remembered(tmp_path: Path) -> None:
    """On the list now and not then: come. On it then and not now: gone. On both: neither."""
    remembered = (
        "insert into exception_memory values ('{}', '" + HOME + "', '', 'performance', '2026-08-31', 'off_target',"
        " 'continuing', '2026-05-01', '2026-05-31', 3, 1.0)"
    )
    path = with_committee(
        tmp_path, *(remembered.format(each) for each in ("missed_bins", "relet")),
        "delete from exception where part <> '' or area_code <> '" + HOME + "' or state in ('resolved', 'accepted')",
    )  # fmt: skip
    snapshot = open_snapshot(path)
    frame = exceptions_since(snapshot, "scrutiny", date(2026, 10, 6))
    come, gone = (set(frame.loc[frame["has_come"].astype(bool) == way, "measure_id"]) for way in (True, False))
    assert come == {"recycling", "foi"}
    assert gone == {"relet"}
    snapshot.close()


def test_decisions_count_from_the_day_after_to_the_council_s_day(snapshot: Snapshot) -> None:
    """Amendments, targets and rebases that took effect since, also of measures that were removed."""
    frame = decided_since(snapshot, "scrutiny", date(2026, 6, 30))
    assert [tuple(row) for row in frame[["measure_id", "what"]].itertuples(index=False)] == [
        ("counter_visits", "removed"), ("missed_bins", "rebase"), ("relet", "amended"),
    ]  # fmt: skip
    assert "relet" not in set(decided_since(snapshot, "scrutiny", date(2026, 7, 1))["measure_id"])
    snapshot.close()


def test_a_run_of_figures_has_its_gaps_and_does_not_cross_a_break(snapshot: Snapshot) -> None:
    """Missed bins are counted differently from April 2026 on; a missing period is a gap."""
    assert remit_runs(snapshot, "scrutiny")["missed_bins"] == [61, 58, 63, 66, 72, 80, 92]
    assert remit_runs(snapshot, "scrutiny")["turnover"] == [11.0, None, 12.5]
    snapshot.close()


@pytest.mark.usefixtures("council")
def test_without_committees_the_themes_stand_in() -> None:
    """A council that names no committee is offered its themes, and a month ago to compare with."""
    app = visit("scrutiny.py")
    assert app.selectbox(key="filter_committee").options[0] == "Organisational health"
    assert "What has changed since 20 October 2026" in words_of(app)
    assert not app.exception


@pytest.mark.usefixtures("committee")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """Each of the three is told, none repeated, and the page is whole."""
    app = visit("scrutiny.py", committee=nonsense, as_at=nonsense, since=nonsense)
    said = words_of(app)
    assert not app.exception
    assert said.count("that is not here") == 1
    assert said.count("asks for a date that cannot be used") == 2
    assert nonsense not in said
    assert "Of 9 measures within this remit" in said


@pytest.mark.usefixtures("committee")
def test_a_day_to_come_shows_how_things_stand_now() -> None:
    """It is said, and nothing is foretold."""
    said = words_of(visit("scrutiny.py", as_at="2027-03-01", since="2027-03-01"))
    assert "1 March 2027 has not come yet: showing how things stand now." in said
    assert "What has changed since 20 November 2026" in said


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_says_so() -> None:
    """A designed empty state."""
    app = visit("scrutiny.py")
    assert "There are no measures yet." in words_of(app)
    assert not app.exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_what_to_do() -> None:
    """A plain card, never a stack trace."""
    app = visit("scrutiny.py")
    assert "No figures have been published yet." in words_of(app)
    assert not app.exception


def test_the_work_programme_of_the_committee(council: Path) -> None:
    """What it has taken up, how far it has come and what is next; other committees' items and past days have none."""
    add_registers(council)
    app = visit("scrutiny.py", committee="town")
    said = words_of(app)
    assert "**1 item is on the work programme**, none is overdue by the original date." in said
    (items,) = [table.value for table in app.table if "Reached" in table.value]
    assert items["Reached"].iloc[0].replace("\N{NO-BREAK SPACE}", " ") == "Accepted, 1 Jun 2026"
    assert items["Next"].to_list() == ["Examined"]
    assert "1 item done or withdrawn" in [each.label for each in app.expander]
    assert "Of another committee" not in said
    assert not app.exception
    assert "Work programme" not in words_of(visit("scrutiny.py", committee="town", as_at="2026-10-01"))


@pytest.mark.usefixtures("council")
def test_themes_have_no_work_programme() -> None:
    """Only committees take up items."""
    assert "Work programme" not in words_of(visit("scrutiny.py"))
