"""What a register's stock began with, what came, what went and what is left, month by month."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import filters, lists, snapshot, tables, vega
from pages.components.dates import short_day
from pages.components.palette import palette
from pages.components.registers import addresses, chosen, flow_chart, flow_words
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.periods import between, month_index
from scorecard.snapshot.registers import flow
from scorecard.snapshot.store import Snapshot
from scorecard.wording import MINUS, count, joined

LATELY: Final = 25
"""Months that are shown first: the last two years and the month before them."""
MOST_NAMED: Final = 10
"""Newly overdue items that are named before the others are folded away."""
NARROWEST: Final = 340
_ALL: Final = "all"
_STOCKS: Final = {"overdue": "Overdue", "open": "Open"}


@dataclass(frozen=True)
class Shown:
    """Ready to be drawn: title, points and words of each chart; the table; which months have no count."""

    charts: tuple[tuple[str, pa.Table, str], ...]
    table: pa.Table
    absent: str


def _months(shown: Snapshot, register_id: str) -> int:
    held = flow.flow(shown, register_id)
    if held.empty:
        return 0
    return month_index(held["counted_on"].max()) - month_index(held["counted_on"].min()) + 1


months = snapshot.remembered(_months)


def show(register_id: str) -> None:
    """Heading, a chart for each stock, the sentence and the same figures as a table; nothing without a count."""
    held = months(register_id)
    if not held:
        return
    st.header("Stock and flow")
    lately = {"": "The last two years", _ALL: "All years"}
    years = filters.choose("Show", "years", lately) if held > LATELY else _ALL
    ready = _ready(register_id, years)
    with st.grid(2, min_column_width=NARROWEST):
        for title, points, words in ready.charts:
            with st.container(gap="xxsmall"):
                st.markdown(f"**{title}.** {as_text(words)}")
                vega.draw(points, flow_chart.specification(palette()), words, flow_chart.HEIGHT)
    st.caption(f"{flow_chart.KEY} {ready.absent}".strip())
    with st.expander("The figures of these charts"):
        tables.draw(ready.table, "What each count began with, what came, what went and what it ended with")


def newly_overdue(register_id: str) -> None:
    """The items whose dates passed between the last two counts, each with its post; nothing without a count before."""
    since, lines = _newly(register_id)
    if not since:
        return
    st.subheader(f"Newly overdue since {since}")
    if not lines:
        st.markdown("None.")
        return
    st.markdown("\n".join(f"- {line}" for line in lines[:MOST_NAMED]))
    lists.folded(lines[MOST_NAMED:], f"{count(len(lines) - MOST_NAMED, 'other')} newly overdue")


def _made(shown: Snapshot, register_id: str, years: str) -> Shown:
    held = flow.flow(shown, register_id)
    held["month"] = [month_index(each) for each in held["counted_on"]]
    last = int(held["month"].max())
    first = int(held["month"].min()) if years == _ALL else last - LATELY + 1
    held = held[held["month"] >= first]
    latest = chosen.latest(register_id)
    dated = chosen.shape(register_id).get("due", False)
    stocks = [stock for stock in _STOCKS if stock in latest and (stock == "open" or dated)]
    charts = tuple(
        (title, flow_chart.points(held[held["stock"] == stock], first, last), _words(latest[stock]))
        for stock, title in _STOCKS.items()
        if stock in stocks
    )
    headings = _headings(stocks, needs_sign_off=chosen.found(register_id)["needs_sign_off"])
    rows = [_row(held, month, headings) for month in range(last, first - 1, -1)]
    return Shown(charts, tables.ready(rows), _absent(held, first, last))


_ready = snapshot.remembered(_made)


def _words(one: Any) -> str:
    said = flow_words.sentence(one)
    if one.highest == one.closing and one.closing:
        return f"{said} No count since {short_day(one.first_counted_on)} was higher."
    return f"{said} The highest count since {short_day(one.first_counted_on)} was {int(one.highest):,}."


def _row(held: pd.DataFrame, month: int, headings: dict[str, str]) -> dict[str, str]:
    """One count: of each stock what it began with, what came, what went and what it ended with, as a sum."""
    mine = {one.stock: one for one in rows_of(held[held["month"] == month])}
    if not mine:
        return {"Count at": between(month, month).label, **dict.fromkeys(headings.values(), "no count")}
    first: Any = next(iter(mine.values()))
    gap = not pd.isna(first.since) and month_index(first.since) < month - 1
    since = f" (since {short_day(first.since)})" if gap else ""
    sums = {heading: _sum(mine.get(stock)) for stock, heading in headings.items()}
    return {"Count at": f"{short_day(first.counted_on)}{since}", **sums}


def _sum(one: Any) -> str:
    """ "8 + 1 − 0 = 9"; a first count by itself."""
    if one is None:
        return "–"
    if pd.isna(one.since):
        return f"{one.closing:,}"
    return f"{int(one.opening):,} + {int(one.added):,} {MINUS} {int(one.closed):,} = {one.closing:,}"


def _headings(stocks: list[str], *, needs_sign_off: bool) -> dict[str, str]:
    """Stock → the heading of its column."""
    ended = flow_words.ended_word(needs_sign_off=needs_sign_off)
    words = {
        "overdue": f"Overdue before + became overdue {MINUS} {ended} = overdue",
        "open": f"Open before + opened {MINUS} {ended} = open",
    }
    return {stock: words[stock] for stock in stocks}


def _absent(held: pd.DataFrame, first: int, last: int) -> str:
    """Which months have no count, in words."""
    counted = set(held["month"])
    missing = [between(month, month).label for month in range(min(counted), last + 1) if month not in counted]
    if not missing:
        return ""
    named = f": {joined(missing)}" if len(missing) <= 6 else ""
    return f"There is no count for {count(len(missing), 'month')}{named}; their place is left empty and marked ×."


def _named(shown: Snapshot, register_id: str) -> tuple[str, tuple[str, ...]]:
    late = _latest_overdue(shown, register_id)
    if late is None or pd.isna(late.since):
        return "", ()
    return short_day(late.since), tuple(
        _line(register_id, one) for one in rows_of(flow.newly_overdue(shown, register_id))
    )


_newly = snapshot.remembered(_named)


def _latest_overdue(shown: Snapshot, register_id: str) -> Any:
    frame = flow.latest(shown)
    mine = frame[(frame["register_id"] == register_id) & (frame["stock"] == "overdue")]
    return next(iter(rows_of(mine)), None)


def _line(register_id: str, one: Any) -> str:
    named = addresses.item_link(register_id, one.item_id, one.title)
    post = f" ({as_text(one.owner)})" if one.owner else ""
    moved = f", re-dated to {short_day(one.current_due)}" if one.times_redated else ""
    done = f"; done on {short_day(one.ended)}" if one.is_ended else ""
    return f"{named}{post}: due {short_day(one.due)}{moved}{done}"
