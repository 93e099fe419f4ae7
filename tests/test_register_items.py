"""Rows put together to items: history from repeated reports, every due date, clocks, scores and tallies."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipelines.registers.item_rows import Judged, item_rows
from pipelines.registers.names import Names
from pipelines.registers.reading import Held, items_of
from pipelines.registers.rows import RegisterRows, count_days, judged_on
from scorecard.catalogue import Register, Source
from scorecard.periods import month_index
from scorecard.registers.scores import is_stuck, red_since, score_of
from scorecard.registers.state import state_of
from scorecard.registers.tally import tally

COLUMNS = {
    "ref": {"header": "Reference"}, "title": {"header": "Title"}, "told": {"header": "Told", "type": "date"},
    "opened": {"header": "Opened", "type": "date"}, "due": {"header": "Due", "type": "date"},
    "due_2": {"header": "Second", "type": "date"}, "closed": {"header": "Closed", "type": "date"},
    "rag": {"header": "RAG"}, "status": {"header": "Status"}, "likely": {"header": "L", "type": "integer"},
    "impact": {"header": "I", "type": "integer"},
}  # fmt: skip
DECLARED: dict[str, Any] = {
    "title": "Actions", "item": "action", "items": "actions", "question": "Done?", "source": "s", "service": "place",
    "agenda": "actions",
}  # fmt: skip
JUNE, SEPTEMBER, DECEMBER = date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)


def source(*key: str) -> Source:
    """A source of records with every column a register may want."""
    period = {"within": "file_name", "find": "(.*)", "forms": ["month"]}
    return Source.model_validate(
        {
            "title": "S", "publisher": "P", "holds": "records", "files": ["*.csv"], "format": "delimited",
            "columns": COLUMNS, "period": period, "key": key,
        }
    )  # fmt: skip


def register(**said: Any) -> Register:
    """A register over that source."""
    columns = {"title": "title", **said.pop("columns", {})}
    return Register.model_validate({**DECLARED, "columns": columns, **said})


def held(rows: Sequence[dict[str, Any]], *, to: date = DECEMBER) -> RegisterRows:
    """The rows as they come from staging, of one file that covers the year up to a day."""
    blank = dict.fromkeys(COLUMNS)
    frame = pd.DataFrame(
        [{"load_number": 0, "source_row": at, **blank, **row} for at, row in enumerate(rows, start=2)], dtype=object
    )
    return RegisterRows(frame, range(month_index(date(2026, 1, 1)), month_index(to) + 1), {0: to})


def row_of(declared: Register, items: Sequence[Held], as_at: date) -> dict[str, Any]:
    """The only item as a row of register_item."""
    states = [state_of(each.item, as_at, as_at, None, 45) for each in items]
    judged = Judged("r", declared, source("ref"), items, states, as_at, Names({}, {}, {}))
    (row,) = item_rows(judged)
    return row


REPORTED = register(
    columns={"opened": "opened", "due": "due", "revised": ["due_2"], "reported": "told", "rating": "rag"},
    ratings={"R": "red", "A": "amber", "G": "green"},
)


def test_an_item_is_what_its_latest_report_says_and_its_history_stands() -> None:
    """A re-dating in a single overwritten column is still counted, and the rating tells since when it holds."""
    told = [
        {"ref": "1", "title": "Old", "told": JUNE, "opened": date(2026, 1, 1), "due": date(2026, 8, 1), "rag": "G"},
        {
            "ref": "1",
            "title": "Old",
            "told": SEPTEMBER,
            "due": date(2026, 8, 1),
            "due_2": date(2026, 10, 1),
            "rag": "R",
        },
        {"ref": "1", "title": "New", "told": DECEMBER, "due": date(2026, 8, 1), "due_2": date(2027, 1, 1), "rag": "R"},
    ]
    items = items_of(REPORTED, source("ref", "told"), held(told), DECEMBER)
    (item,) = [each.item for each in items]
    assert (item.item_id, item.title, item.opened) == ("1", "New", date(2026, 1, 1))
    assert item.dues == (date(2026, 8, 1), date(2026, 10, 1), date(2027, 1, 1))
    row = row_of(REPORTED, items, DECEMBER)
    assert (row["rating"], row["rating_before"], row["rating_since"]) == ("red", "red", SEPTEMBER)
    assert (row["state"], row["days_late"], row["times_redated"]) == ("overdue", 152, 2)


def test_an_item_left_out_of_later_reports_is_withdrawn_and_later_rows_are_not_known_yet() -> None:
    """It ends with the first report that leaves it out; a report after the day it is judged as at is not read."""
    told = [
        {"ref": "1", "title": "A", "told": JUNE, "due": date(2026, 12, 1)},
        {"ref": "2", "title": "B", "told": JUNE},
        {"ref": "2", "title": "B", "told": SEPTEMBER},
        {"ref": "2", "title": "B at last", "told": DECEMBER},
    ]
    one, two = (each.item for each in items_of(REPORTED, source("ref", "told"), held(told), date(2026, 10, 31)))
    assert (one.ended, one.is_withdrawn, two.ended, two.title) == (SEPTEMBER, True, None, "B")


def test_a_status_without_a_day_counts_from_the_day_the_file_reaches() -> None:
    """A register that only says "done" is done by the end of the file that said so."""
    declared = register(columns={"status": "status", "due": "due"}, statuses={"TRUE": "closed", "FALSE": "open"})
    due = date(2026, 3, 1)
    told = [{"ref": "1", "title": "A", "status": "TRUE", "due": due}, {"ref": "2", "title": "B", "status": "FALSE"}]
    rows = held(told, to=JUNE)
    one, two = (each.item for each in items_of(declared, source("ref"), rows, DECEMBER))
    assert (one.ended, one.ends_unseen, one.days_late(DECEMBER), two.ended) == (JUNE, True, 0, None)


def test_clocks_count_working_days_and_an_extension_moves_the_limit() -> None:
    """Ten working days from Thursday 24 December 2026 reach over two bank holidays and New Year's Day."""
    clock = {"title": "Answered", "start": "opened", "until": "closed", "working_days": 10, "extended": "due_2"}
    declared = register(columns={"opened": "opened", "closed": "closed"}, clocks=[{**clock, "is_due": True}])
    began, limit = date(2026, 12, 24), date(2027, 1, 12)
    late, extended, running, not_begun = (
        each
        for each in items_of(
            declared,
            source("ref"),
            held(
                [
                    {"ref": "1", "title": "A", "opened": began, "closed": date(2027, 1, 13)},
                    {
                        "ref": "2",
                        "title": "B",
                        "opened": began,
                        "closed": date(2027, 1, 13),
                        "due_2": date(2027, 1, 20),
                    },
                    {"ref": "3", "title": "C", "opened": began},
                    {"ref": "4", "title": "D"},
                ]
            ),
            limit,
        )
    )
    assert [each.timings[0].due_on for each in (late, extended, running)] == [limit] * 3
    assert [each.timings[0].state for each in (late, extended, running)] == ["running"] * 3
    assert (late.item.due, extended.item.due, not_begun.timings) == (limit, date(2027, 1, 20), ())


def test_counts_are_made_for_whole_months_that_files_cover() -> None:
    """A month that has not ended by the council's day is no count, and nothing is judged beyond the files."""
    rows = held([{"ref": "1", "title": "A"}], to=SEPTEMBER)
    dated, undated = register(columns={"closed": "closed"}), register()
    assert count_days(dated, rows, date(2026, 9, 29))[-2:] == [date(2026, 7, 31), date(2026, 8, 31)]
    assert count_days(undated, rows, date(2026, 9, 29)) == [date(2026, 8, 31)]
    assert (judged_on(rows, DECEMBER), judged_on(rows, JUNE)) == (SEPTEMBER, JUNE)


def test_scores_are_likelihood_times_impact_and_red_has_a_beginning() -> None:
    """A cell off the scale is not believed; a report without a score breaks the run of red."""
    scores = register(scores={"residual": ["likely", "impact"], "red_from": 15}).scores
    assert scores is not None
    assert score_of(scores, {"likely": 5.0, "impact": 4.0}).residual == 20
    assert score_of(scores, {"likely": 6.0, "impact": 4.0}).residual is None
    told = [(date(2025, 6, 30), 20), (date(2025, 12, 31), None), (JUNE, 16), (SEPTEMBER, 15)]
    assert red_since(told, 15) == JUNE
    assert red_since([*told, (DECEMBER, 14)], 15) is None
    assert not is_stuck(JUNE, date(2027, 6, 30), scores)
    assert is_stuck(JUNE, date(2027, 7, 1), scores)


def test_a_tally_has_exact_intervals_and_counts_each_step_in_its_own_year() -> None:
    """Two upheld of three investigated is 67%, and anything from 9% to 99% is consistent with it."""
    declared = register(
        columns={"opened": "opened"},
        steps={
            "made": {"title": "Made"},
            "investigated": {"title": "Investigated", "of": "made", "on": "closed"},
            "upheld": {"title": "Upheld", "of": "investigated", "on": "closed"},
        },
    )
    made = {str(at): date(2025, 5, 1) for at in range(13)}
    decided = {str(at): date(2025, 9, 1) for at in range(3)} | {"12": date(2026, 4, 1)}
    upheld = {str(at): date(2025, 9, 1) for at in range(2)}
    found = tally(declared, {"made": made, "investigated": decided, "upheld": upheld}, DECEMBER)
    first = {each.step: each for each in found if each.period.label == "2025/26"}
    assert [(name, each.items, each.out_of) for name, each in first.items()] == [
        ("made", 13, None), ("investigated", 3, 13), ("upheld", 2, 3),
    ]  # fmt: skip
    assert first["upheld"].share == pytest.approx(66.67, abs=0.01)
    assert (round(first["upheld"].lower or 0), round(first["upheld"].upper or 0)) == (9, 99)
    last = {each.step: each for each in found if each.period.label == "2026/27"}
    assert (last["investigated"].items, last["investigated"].out_of, last["investigated"].share) == (1, 0, None)
