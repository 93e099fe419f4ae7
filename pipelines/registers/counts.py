"""What is counted of a register: stock and flow, the tally of its steps, breakdowns, and the burn-down of a backlog."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Final

from pipelines.registers.item_rows import Judged, Rows
from pipelines.registers.rows import RegisterRows, count_days
from scorecard.periods import Period, between, financial_year_of
from scorecard.registers.flow import Stock, burn_down, stock_and_flow
from scorecard.registers.tally import broken_down, tally, year_of

STOCKS: Final[tuple[Stock, ...]] = ("open", "overdue")


def count_rows(judged: Judged, held: RegisterRows) -> Mapping[str, Rows]:
    """register_flow, register_tally, register_breakdown and register_burn, in the columns of schema.sql."""
    return {
        "register_flow": _flow(judged, held),
        "register_tally": _tally(judged, held),
        "register_breakdown": _breakdown(judged, held),
        "register_burn": _burn(judged, held),
    }


def _flow(judged: Judged, held: RegisterRows) -> Rows:
    items, days = [each.item for each in judged.items], count_days(judged.register, held, judged.as_at)
    return [
        {"register_id": judged.register_id, "stock": stock, **asdict(count)}
        for stock in STOCKS
        for count in stock_and_flow(items, stock, days)
    ]


def _tally(judged: Judged, held: RegisterRows) -> Rows:
    """The years that files cover, in part at least: of those before, only what was still open then is there."""
    register, first = judged.register, between(min(held.months), min(held.months)).start
    if not register.steps:
        return []
    days = {name: _days(judged, name, step.on) for name, step in register.steps.items()}
    return [
        {
            "register_id": judged.register_id, "step": each.step, "position": each.position, "title": each.title,
            "period": each.period.label, "period_end": each.period.end, "items": each.items, "out_of": each.out_of,
            "of_title": each.of_title, "share": each.share, "lower": each.lower, "upper": each.upper,
        }
        for each in tally(register, days, judged.as_at)
        if each.period.end >= first
    ]  # fmt: skip


def _days(judged: Judged, step: str, on: str | None) -> dict[str, date]:
    """The items that pass a step, with the day that says in which year they count."""
    passed = judged.meeting(f"step {step}")
    found = {held.item.item_id: held.row[on] if on else held.item.opened for held in judged.items}
    return {item_id: day for item_id, day in found.items() if day and item_id in passed}


def _breakdown(judged: Judged, held: RegisterRows) -> Rows:
    years, items = _years(judged, held), [each.item for each in judged.items]
    return [
        {
            "register_id": judged.register_id, "dimension": name,
            "dimension_title": judged.source.columns[name].heading, "category": each.category,
            "period": each.period.label, "period_end": each.period.end, "opened": each.opened, "closed": each.closed,
            "open": each.open, "overdue": each.overdue,
        }
        for name in judged.register.by
        for each in broken_down(items, [one.cell(name) for one in judged.items], years, judged.as_at)
    ]  # fmt: skip


def _years(judged: Judged, held: RegisterRows) -> list[Period]:
    """The financial years in which it was counted."""
    days = count_days(judged.register, held, judged.as_at)
    return [year_of(year) for year in sorted({financial_year_of(day) for day in days})]


def _burn(judged: Judged, held: RegisterRows) -> Rows:
    baseline = judged.register.baseline
    if baseline is None or baseline.on > judged.as_at:
        return []
    days = count_days(judged.register, held, judged.as_at)
    return [
        {"register_id": judged.register_id, "counted_on": day, "backlog": backlog, "dealt_with": dealt}
        for day, backlog, dealt in burn_down([each.item for each in judged.items], baseline.on, days)
    ]
