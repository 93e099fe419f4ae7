"""The state of an item by rule: lateness from the original date, sign-off, predictions, and what contradicts it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from scorecard.registers.item import Item
from scorecard.registers.prediction import Record, predicted_late, records_of
from scorecard.registers.state import State, state_of

DAY = date(2026, 10, 31)
ITEM = Item("A1", "Mend the roof", opened=date(2026, 1, 1), dues=(date(2026, 9, 30),))


def judged(item: Item, *, today: date = DAY, prediction: str | None = None) -> State:
    """The state on DAY, with a month and a half of notice."""
    return state_of(item, DAY, today, prediction, 45)


@pytest.mark.parametrize(
    ("changes", "state", "says"),
    [
        ({}, "overdue", "31 days past its original date of 30 September 2026"),
        ({"dues": (date(2026, 10, 31),)}, "due_soon", "Due on 31 October 2026"),
        ({"dues": (date(2026, 12, 15),)}, "due_soon", "Due on 15 December 2026"),
        ({"dues": (date(2026, 12, 16),)}, "not_due", "Due on 16 December 2026"),
        ({"dues": ()}, "not_due", "no due date"),
        ({"closed": date(2026, 9, 30)}, "closed", "Closed on 30 September 2026, in time"),
        ({"closed": date(2026, 10, 2)}, "closed", "2 days after its original date"),
        ({"closed": date(2026, 11, 1)}, "overdue", "31 days past"),
        ({"closed": date(2026, 9, 1), "meaning": "withdrawn"}, "withdrawn", "Withdrawn on 1 September 2026"),
        ({"missing_since": date(2026, 6, 30)}, "withdrawn", "Not reported any more since 30 June 2026"),
        ({"needs_sign_off": True, "closed": date(2026, 9, 1)}, "awaiting_sign_off", "not signed off, 31 days past"),
        (
            {"needs_sign_off": True, "closed": date(2026, 9, 1), "signed_off": date(2026, 10, 1)},
            "closed",
            "Signed off on 1 October 2026, 1 day after its original date",
        ),
    ],
)
def test_the_state_follows_from_the_dates(changes: Mapping[str, object], state: str, says: str) -> None:
    """Each state has its rule, and its sentence says why."""
    found = judged(replace(ITEM, **changes))  # type: ignore[arg-type]
    assert (found.state, found.contradicted) == (state, None)
    assert says in found.sentence


def test_redating_never_clears_lateness() -> None:
    """A later date that is still to come leaves the item late since its original one, and the sentence says both."""
    moved = replace(ITEM, dues=(date(2026, 9, 30), date(2026, 12, 31)))
    found = judged(moved)
    assert (found.state, moved.days_late(DAY), moved.times_redated) == ("overdue", 31, 1)
    assert "re-dated once, to 31 December 2026, which is to come" in found.sentence


def test_a_date_that_passed_after_the_register_was_sent_makes_nothing_late() -> None:
    """What has been done since is not known, and the sentence says so."""
    found = judged(replace(ITEM, dues=(date(2026, 11, 10),)), today=date(2026, 11, 20))
    assert found.state == "due_soon"
    assert "The date has passed since; whether it is done is not known after 31 October 2026." in found.sentence


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"meaning": "on_course"}, "Reported as on course, but 31 days past"),
        ({"meaning": "closed"}, "no day says so: it counts as open"),
        ({"meaning": "open", "closed": date(2026, 9, 1)}, "Reported as open, but its dates say that it is done"),
        ({"meaning": "overdue", "dues": (date(2027, 1, 1),)}, "its original date has not passed"),
        ({"rating": "green"}, "Rated green, but 31 days past"),
        ({"rating": "complete"}, "Rated complete, but no day says"),
        ({"closed": date(2025, 12, 31)}, "Closed on 31 December 2025, before it was opened on 1 January 2026"),
        ({"meaning": "closed", "needs_sign_off": True, "closed": date(2026, 9, 1)}, "it is not signed off"),
    ],
)
def test_what_is_reported_is_held_against_the_dates(changes: Mapping[str, object], says: str) -> None:
    """The derived state stands, and the contradiction is told."""
    found = judged(replace(ITEM, **changes))  # type: ignore[arg-type]
    assert found.contradicted is not None
    assert says in found.contradicted


def test_pace_predicts_lateness_before_the_date() -> None:
    """A quarter done with most of its time gone will not be done in time; half of its time must have gone first."""
    item = replace(ITEM, dues=(date(2026, 12, 31),), done=25.0)
    told = predicted_late(item, DAY, {}, 45)
    assert told == (
        "25% done with 83% of its time gone: at this pace it will be done in April 2029, and it is due on "
        "31 December 2026."
    )
    assert predicted_late(replace(item, done=82.0), DAY, {}, 45) is None
    assert predicted_late(replace(item, dues=(date(2028, 1, 1),)), DAY, {}, 45) is None
    assert "not begun" in str(predicted_late(replace(item, done=0.0), DAY, {}, 45))
    assert judged(item, prediction=told).state == "predicted_late"


def test_an_owner_s_record_predicts_only_when_chance_is_excluded() -> None:
    """Nine of nine late says something of what is due soon; five of nine does not, nor do seven of seven."""
    soon = replace(ITEM, dues=(date(2026, 11, 15),), owner="Head of Roofs")
    for late, due, expected in ((9, 9, True), (5, 9, False), (7, 7, False)):
        past = [
            replace(soon, item_id=f"P{at}", dues=(date(2026, 9, 28 if at < late else 30),), closed=date(2026, 9, 30))
            for at in range(due)
        ]
        told = predicted_late(soon, DAY, records_of(past, DAY), 45)
        assert (told is not None) == expected, (late, due)
    assert predicted_late(soon, DAY, {"Head of Roofs": Record(9, 9, True)}, 5) is None
