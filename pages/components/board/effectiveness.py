"""Does the framework itself work: what was agreed and done, and what came and ended in time?"""

from collections.abc import Iterator
from typing import Final

from pages.components.board import actions, failure_indicators, part
from pages.components.board.part import Part, Way
from pages.components.dates import day
from pages.components.registers import addresses
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from scorecard.snapshot import attention, calendar
from scorecard.snapshot.store import Snapshot

Row = dict[str, str]
PROMISED: Final = ("actions", "audit", "policies", "complaints", "projects", "scrutiny")
"""Items of the agenda whose registers hold promises: a risk or a post is not kept by ending in time."""
HEADING: Final = "What was agreed or due, and how much of it was done"
LEAST_KEPT: Final = 4
"""Registers that are told: those that kept the smallest share of their dates."""
LEAST: Final = "Of the registers, those that kept the smallest share of their dates are shown."
SHOWN: Final = 20
"""Rows of the table, more than it can have."""


def _effectiveness(shown: Snapshot, service_id: str) -> Part:
    rows = [*_way_forwards(service_id), *_exceptions(shown, service_id), *_returns(shown), *_registers(service_id)]
    whole = " Indicators and returns are counted for the whole council." if service_id else ""
    return Part(
        f"{failure_indicators.answer()}{whole} {LEAST}",
        sheets=part.sheet(f"**{HEADING}.**", rows, HEADING, most=SHOWN),
        ways=(
            *(part.to_register(one.register_id, one.title) for one in part.registers_of("assessment", service_id)),
            Way("cycle", "The board's month"), Way("data_quality", "Returns, source by source"),
        ),
    )  # fmt: skip


made = remembered(_effectiveness)


def _row(what: str, of: int, done: int, words: str) -> Row:
    share = f" ({100 * done / of:.0f}%)" if of else ""
    return {"What": what, "Of": f"{of:,}", "Done": f"**{done:,}**{share}", "Which means": words}


def _way_forwards(service_id: str) -> Iterator[Row]:
    """Way forwards agreed at the end of the quarter before, and how many of their items are no longer red or amber."""
    for agenda, words in (("actions", "actions of the plan"), ("projects", "projects")):
        held = [one for one in rows_of(actions.rated(agenda, service_id))
                if one.rating_then in actions.POOR and one.way_forward_then]  # fmt: skip
        if held:
            better = sum(one.rating not in actions.POOR for one in held)
            yield _row(
                f"Way forwards agreed by {day(held[0].before_on)}: red and amber {words}", len(held), better,
                "rated green, complete or done since",
            )  # fmt: skip


def _exceptions(shown: Snapshot, service_id: str) -> Iterator[Row]:
    every = attention.every(shown)
    held = every[every["adverse"].astype(bool)]
    held = held[held["directorate_id"] == service_id] if service_id else held
    if len(held):
        resolved = int((held["state"] == "resolved").sum())
        yield _row(
            "[Exceptions](exceptions) of measures, on the list now or just resolved", len(held), resolved, "resolved"
        )


def _returns(shown: Snapshot) -> Iterator[Row]:
    held = calendar.calendar(shown)
    timed = int(held["timed"].sum())
    if timed:
        returns = "[Returns](data_quality) of the last thirteen periods whose day is known"
        yield _row(returns, timed, int(held["in_time"].sum()), "came in time")


def _registers(service_id: str) -> Iterator[Row]:
    """Items that ended within the last year, and how many by their original date: the registers that kept fewest."""
    ended = [one for one in rows_of(part.standing(service_id)) if one.ended and one.agenda in PROMISED]
    for one in sorted(ended, key=lambda one: one.in_time / one.ended)[:LEAST_KEPT]:
        named = addresses.link(one.title, addresses.of_register(one.register_id))
        yield _row(f"{named} ended in the last year", int(one.ended), int(one.in_time), "by their original date")
