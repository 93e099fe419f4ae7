"""Indicators of potential failure: when they show, of what, and in which words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from scorecard.catalogue import Catalogue, Register
from scorecard.catalogue.failure_indicator import FailureIndicator
from scorecard.registers.indicators import judge_indicators
from tests.small_snapshot import EXAMPLES, catalogue_of

AS_AT = date(2026, 11, 20)
POSTS = {
    "title": "Senior posts", "item": "senior post", "items": "senior posts", "question": "Who leads?",
    "source": "posts", "service": "place", "agenda": "posts", "columns": {"title": "post"},
}  # fmt: skip


def catalogue_with(**indicator: object) -> Catalogue:
    """The small catalogue with a register of posts and one indicator over it."""
    told = {"title": "Interims", "theme": "Leadership", "register": "posts", "look_at": "Who is to follow?"}
    return catalogue_of(EXAMPLES).model_copy(
        update={
            "registers": {"posts": Register.model_validate(POSTS)},
            "failure_indicators": {"interims": FailureIndicator.model_validate({**told, **indicator})},
        }
    )


def item(name: str, state: str = "not_due", **cells: object) -> dict[str, Any]:
    """A row of register_item, as far as an indicator looks at it."""
    told = {"register_id": "posts", "item_id": name, "title": name, "opened": None, "ended": None, "days_late": 0}
    return {**told, "state": state, **cells}


def judge(
    catalogue: Catalogue,
    items: list[dict[str, Any]],
    matching: Mapping[str, set[str]] | None = None,
    counted: set[str] | None = None,
) -> dict[str, Any]:
    """The one row of the one indicator; every item meets its condition unless told."""
    meets = {"interims": {each["item_id"] for each in items}} if matching is None else matching
    counts = {"posts"} if counted is None else counted
    (row,) = judge_indicators(catalogue, pd.DataFrame(items), meets, counts, AS_AT)
    return row


def test_what_meets_the_condition_and_is_open_is_named_from_the_longest_on() -> None:
    """Up to three titles with the day since when; of more, how many more; the condition is said to be met."""
    opened = {"D": 4, "A": 1, "C": 3, "B": 2}
    items = [item(name, opened=date(2026, 3, day)) for name, day in opened.items()]
    items += [item("E"), item("left", "closed", ended=AS_AT), item("gone", "withdrawn")]
    catalogue = catalogue_with(where="kind = 'interim'", are="open")
    row = judge(catalogue, items, {"interims": {"A", "B", "left", "gone"}})
    assert (row["shown"], row["items"]) == (True, 2)
    assert row["sentence"] == (
        "2 of 5 senior posts open now meet the condition: A (since 1 March 2026), B (since 2 March 2026)."
    )
    row = judge(catalogue, items, {"interims": set("ABCDE")})
    assert row["sentence"].endswith("C (since 3 March 2026) and 2 more.")
    assert row["position"] == 0
    assert {"title", "theme", "register_id", "at_least", "look_at", "indicator_id"} < row.keys()


def test_overdue_is_by_the_dates_also_when_it_awaits_its_sign_off() -> None:
    """A thing said to be done and not signed off is late once its date has passed, and only then."""
    items = [
        item("late", "overdue", days_late=184), item("later", "overdue", days_late=200),
        item("unsigned", "awaiting_sign_off", days_late=1), item("in time", "awaiting_sign_off"),
        item("soon", "due_soon"), item("done", "closed", ended=AS_AT - timedelta(1), days_late=30),
    ]  # fmt: skip
    row = judge(catalogue_with(are="overdue"), items)
    assert row["items"] == 3
    assert row["sentence"] == (
        "3 of 5 senior posts open now are overdue: later (200 days late), late (184 days late), unsigned (1 day late)."
    )


@pytest.mark.parametrize(
    ("days_ago", "is_within"), [(0, True), (365, True), (366, False), (-1, False)]
)  # fmt: skip
def test_ended_is_within_the_days_before_the_councils_day(days_ago: int, is_within: bool) -> None:
    """The first and the last day count; what ends later is still open."""
    row = judge(catalogue_with(are="ended"), [item("A", "closed", ended=AS_AT - timedelta(days_ago)), item("B")])
    assert row["shown"] is is_within
    which = "of 2 senior posts" if days_ago != 366 else "The one senior post"
    assert f"{which} open now or ended in the last 365 days has" in row["sentence"]


def test_fewer_than_it_takes_do_not_show_it() -> None:
    """The sentence says how many were found and from how many on it shows."""
    items = [item("A", "closed", ended=date(2026, 11, 2)), item("B")]
    row = judge(catalogue_with(are="ended", at_least=2, within_days=30), items)
    assert (row["shown"], row["items"]) == (False, 1)
    assert row["sentence"] == (
        "1 of 2 senior posts open now or ended in the last 30 days has ended (it shows from 2 on): A (2 November 2026)."
    )


@pytest.mark.parametrize("items", [[], [item("A", "withdrawn"), item("B", "closed", ended=date(2026, 1, 1))]])
def test_a_counted_register_without_such_items_shows_nothing(items: list[dict[str, Any]]) -> None:
    """An empty register is an answer: no, and not unknown."""
    row = judge(catalogue_with(are="overdue"), items)
    assert (row["shown"], row["items"]) == (False, 0)
    assert row["sentence"] == "The register holds no senior posts open now."


def test_none_found_is_said() -> None:
    """None of them, with how many were looked at."""
    row = judge(catalogue_with(are="overdue"), [item("A"), item("B")])
    assert (row["shown"], row["sentence"]) == (False, "None of 2 senior posts open now is overdue.")
    row = judge(catalogue_with(are="open", where="kind = 'interim'"), [item("A")], {})
    assert (row["shown"], row["sentence"]) == (False, "None of 1 senior post open now meets the condition.")


def test_what_is_overdue_is_told_of_those_that_meet_the_condition() -> None:
    """The policies that the indicator is about, and not every policy, are what the late ones are a part of."""
    items = [item("A", "overdue", days_late=57), item("B"), item("C", "overdue", days_late=900)]
    catalogue = catalogue_with(are="overdue", where="kind = 'strategy'")
    assert judge(catalogue, items, {"interims": {"A", "B"}})["sentence"] == (
        "1 of 2 senior posts open now that meet the condition is overdue: A (57 days late)."
    )
    assert judge(catalogue, items, {"interims": {"B"}})["sentence"] == (
        "The one senior post open now that meets the condition is not overdue."
    )
    assert judge(catalogue, items, {"interims": set()})["sentence"] == (
        "The register holds no senior posts open now that meet the condition."
    )


def test_without_a_count_it_is_not_known() -> None:
    """No file came: neither shown nor not shown, and the sentence says so. So it is with a register not declared."""
    row = judge(catalogue_with(are="open"), [], counted=set())
    assert (row["shown"], row["items"]) == (None, 0)
    assert "no file" in row["sentence"]
    assert judge(catalogue_with(are="open", register="psots"), [])["shown"] is None


def test_days_are_read_as_frames_hold_them() -> None:
    """Timestamps and missing days of a typed column mean what dates and None mean."""
    items = pd.DataFrame([item("A", "closed", ended=date(2026, 11, 1)), item("B", opened=date(2026, 3, 3))])
    typed = items.assign(ended=pd.to_datetime(items["ended"]), opened=pd.to_datetime(items["opened"]))
    (row,) = judge_indicators(catalogue_with(are="open"), typed, {"interims": {"A", "B"}}, {"posts"}, AS_AT)
    assert row["sentence"] == "1 senior post open now: B (since 3 March 2026)."
