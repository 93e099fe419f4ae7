"""The readers of cycles: which period is being reported, where each return stands, and the council's next dates."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from scorecard.snapshot.cycles import cycles, dates, returns, steps
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.small_snapshot import publish

MONTHS = (("Sep 2026", "2026-09-01", "2026-09-30"), ("Oct 2026", "2026-10-01", "2026-10-31"),
          ("Nov 2026", "2026-11-01", "2026-11-30"), ("Aug 2026", "2026-08-01", "2026-08-31"))  # fmt: skip
STEPS = (
    ("request", "Figures asked for", "Performance team", False, ("2026-10-01", "2026-11-02", "2026-12-01")),
    ("returns", "Services send their returns", "Heads of service", True, ("2026-10-15", "2026-11-16", "2026-12-14")),
    ("review", "Portfolio holders review", "Portfolio holders", False, ("2026-10-21", "2026-11-20", "2026-12-18")),
    ("team", "Management team", "Management Team", False, ("2026-10-27", "2026-11-24", "2026-12-22")),
    ("cabinet", "Cabinet [decides]", "Cabinet", False, ("2026-11-10", "2026-12-08", None)),
)
"""Steps of the monthly cycle with their days for September, October and November."""


def with_cycles(data: Path, *more: str) -> Path:
    """The small snapshot with a monthly, a quarterly and a long-term cycle, a register, bodies and a committee."""
    path = publish(data)
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            insert into cycle values ('monthly', 0, 'Monthly board', 'month', 'What is wrong or turning, each month.'),
                ('quarterly', 1, 'Quarterly report', 'quarter', 'The report to Cabinet.'),
                ('long', 2, 'Council plan', 'plan', 'Four years.'), ('bare', 3, 'No steps', 'year', 'None.');
            insert into body values ('team', 'Management Team'), ('cabinet', 'Cabinet');
            insert into body_meeting values ('team', '2026-10-27'), ('team', '2026-11-24'), ('cabinet', '2026-12-08'),
                ('team', '2026-12-22'), ('cabinet', '2026-11-20');
            insert into committee values ('place', 0, 'Place Scrutiny Committee');
            insert into meeting values ('place', '2026-12-01'), ('place', '2026-06-01');
            insert into source (source_id, title, publisher) values ('tracker', 'Audit tracker', 'Internal Audit');
            insert into register (register_id, position, title, item, items, question, source_id, service_id, agenda,
                audience, due_soon_days, needs_sign_off) values ('audit', 0, 'Audit recommendations', 'recommendation',
                'recommendations', 'What is late?', 'tracker', 'people', 'audit', 'members', 45, true);
            insert into submission values
                ('tracker', '2026-10-01', '2026-10-31', 'Oct 2026', '2026-11-12', '2026-11-13', 'came_late'),
                ('tracker', '2026-11-01', '2026-11-30', 'Nov 2026', '2026-12-11', null, 'to_come');
        """)
        for position, (step, title, who, is_return, days) in enumerate(STEPS):
            for (period, start, end), day in zip(MONTHS, (*days, "2026-09-14"), strict=True):
                connection.execute(
                    "insert into cycle_step values ('monthly', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [position, step, title, who, is_return, period, start, end, day],
                )
        connection.execute("""
            insert into cycle_step values ('quarterly', 0, 'returns', 'Returns', 'Heads of service', true, 'Q2 2026/27',
                '2026-07-01', '2026-09-30', '2026-10-30');
            insert into cycle_step values ('long', 0, 'adopt', 'The plan is adopted', 'Full Council', false,
                'Our plan 2026', '2026-04-01', '2030-03-31', '2026-05-20'), ('long', 1, 'halfway', 'Halfway review',
                'Cabinet', false, 'Our plan 2026', '2026-04-01', '2030-03-31', '2028-04-01');
        """)
        for statement in more:
            connection.execute(statement)
    return path


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """The small snapshot with cycles, opened."""
    return open_snapshot(with_cycles(tmp_path))


def test_a_cycle_without_steps_is_not_offered(snapshot: Snapshot) -> None:
    """In the catalogue's order, those that have steps."""
    assert list(cycles(snapshot)["cycle_id"]) == ["monthly", "quarterly", "long"]
    snapshot.close()


def test_the_period_being_reported_is_the_last_that_has_ended(snapshot: Snapshot) -> None:
    """October on 20 November, with the one before and the one after; earlier ones are left out."""
    frame = steps(snapshot, "monthly")
    assert list(dict.fromkeys(zip(frame["turn"], frame["period"], strict=True))) == [
        ("before", "Sep 2026"), ("now", "Oct 2026"), ("next", "Nov 2026"),
    ]  # fmt: skip
    assert list(frame.loc[frame["turn"] == "now", "step"]) == [step for step, *_ in STEPS]
    assert frame.loc[(frame["turn"] == "next") & (frame["step"] == "cabinet"), "due_on"].isna().all()
    assert not frame["is_post"].any()
    snapshot.close()


def test_a_period_that_has_not_ended_is_shown_where_none_has(snapshot: Snapshot) -> None:
    """A plan of four years is its own only period."""
    assert set(steps(snapshot, "long")["turn"]) == {"now"}
    assert steps(snapshot, "nonsense").empty
    snapshot.close()


def test_each_measure_and_register_stands_where_its_return_does(snapshot: Snapshot) -> None:
    """Monthly measures wait for October's return, which is late; the register's came a day late."""
    frame = returns(snapshot, "month", date(2026, 10, 1), date(2026, 10, 31))
    register = frame[frame["kind"] == "register"].iloc[0]
    assert (register["thing_id"], register["state"], register["owner"]) == ("audit", "came_late", "Head of People")
    assert register["came_on"].date() == date(2026, 11, 13)
    measures = frame[frame["kind"] == "measure"].set_index("thing_id")
    assert set(measures["state"]) == {"late"}
    assert set(measures.index) == {"missed_bins", "fly_tips", "repairs", "gas_safety", "call_wait"}
    assert set(measures["due_on"].dt.date) == {date(2026, 11, 15)}
    assert frame["state"].iloc[-1] == "came_late"  # the late ones stand first
    snapshot.close()


def test_a_quarter_waits_for_the_last_month_of_a_monthly_return(snapshot: Snapshot) -> None:
    """Its source sends each month: the quarter is whole when September has come, which is late here."""
    frame = returns(snapshot, "quarter", date(2026, 7, 1), date(2026, 9, 30))
    assert set(frame.loc[frame["thing_id"] == "foi", "state"]) == {"late"}
    assert "register" not in set(frame["kind"])
    assert not frame["thing_id"].duplicated().any()
    snapshot.close()


def test_without_dates_a_figure_that_is_here_has_come_and_one_that_is_not_has_no_date(tmp_path: Path) -> None:
    """Nothing is called late where nobody said by when it is due."""
    snapshot = open_snapshot(with_cycles(tmp_path, "delete from submission", "delete from observation"
                                         " where measure_id = 'fly_tips' and period_end = '2026-10-31'"))  # fmt: skip
    frame = returns(snapshot, "month", date(2026, 10, 1), date(2026, 10, 31)).set_index("thing_id")
    assert frame.at["missed_bins", "state"] == "came"
    assert frame.at["fly_tips", "state"] == "no_date"
    assert "audit" not in frame.index  # how often it comes is told by its dates
    snapshot.close()


def test_a_plan_has_no_returns(snapshot: Snapshot) -> None:
    """No measure is reported once a plan."""
    assert returns(snapshot, "plan", date(2026, 4, 1), date(2030, 3, 31)).empty
    snapshot.close()


def test_the_next_dates_begin_with_the_council_s_day(snapshot: Snapshot) -> None:
    """Bodies and committees together, by day; past meetings are left out."""
    frame = dates(snapshot, 3)
    assert [(one.date(), title) for one, title in zip(frame["held_on"], frame["title"], strict=True)] == [
        (date(2026, 11, 20), "Cabinet"), (date(2026, 11, 24), "Management Team"),
        (date(2026, 12, 1), "Place Scrutiny Committee"),
    ]  # fmt: skip
    snapshot.close()
