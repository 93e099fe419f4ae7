"""The next meetings of the council's bodies and committees."""

from typing import Any, Final

import pyarrow as pa

from pages.components import tables
from pages.components.cycles import counted
from pages.components.dates import day
from pages.components.rows import of as rows_of
from pages.components.snapshot import council, remembered
from pages.components.states import as_text, nothing
from scorecard.snapshot import cycles as reader
from scorecard.snapshot.store import Snapshot

SHOWN: Final = 6


def _dates(shown: Snapshot) -> pa.Table:
    today = council()["as_at"].date()
    return tables.ready(
        [
            {
                "Day": day(one.held_on),
                "Meeting": _meeting(one),
                "Working days": counted.until(today, one.held_on.date()),
            }
            for one in rows_of(reader.dates(shown, SHOWN))
        ]
    )


def _meeting(one: Any) -> str:
    """A committee with a link to its page; another body by its name."""
    title = as_text(one.title)
    return f"[{title}](scrutiny?committee={one.committee_id})" if one.committee_id else title


_table = remembered(_dates)


def show() -> None:
    """The next six meetings, or that the calendar has none."""
    table = _table()
    if not table.num_rows:
        nothing("No meeting to come is in the calendar. The catalogue has a place for them: calendar, and committees.")
        return
    tables.draw(table, "The next meetings of the council's bodies and committees")
