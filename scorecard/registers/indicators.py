"""Indicators of potential failure: whether the registers themselves show them, and by which items."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from scorecard.catalogue import Catalogue, Register
from scorecard.catalogue.failure_indicator import FailureIndicator
from scorecard.wording import count, in_full

MOST_NAMED: Final = 3
"""Items named in a sentence; of more, how many more there are is told."""
NOT_COUNTED: Final = "Not known: no file of this register has come, so it has no count."

Item = Mapping[str, Any]


def judge_indicators(
    catalogue: Catalogue, items: pd.DataFrame, matching: Mapping[str, set[str]], counted: Collection[str], as_at: date
) -> list[dict[str, Any]]:
    """Rows of failure_indicator, in the columns of schema.sql and the catalogue's order.

    `items` are rows of register_item, `matching` has for each indicator the items that meet its condition (all of
    them where it has none), `counted` are the registers that have a count. `shown` is None for any other register.
    """
    by_register: dict[str, list[Item]] = {}
    for item in items.to_dict("records"):
        by_register.setdefault(item["register_id"], []).append({str(name): cell for name, cell in item.items()})
    rows = []
    for position, (name, indicator) in enumerate(catalogue.failure_indicators.items()):
        row = {
            "indicator_id": name,
            "position": position,
            "title": indicator.title,
            "theme": indicator.theme,
            "register_id": indicator.register_,
            "at_least": indicator.at_least,
            "look_at": indicator.look_at,
        }
        register = catalogue.registers.get(indicator.register_)
        if register is None or indicator.register_ not in counted:
            rows.append({**row, "shown": None, "items": 0, "sentence": NOT_COUNTED})
            continue
        among = [item for item in by_register.get(indicator.register_, []) if _is_counted(item, indicator, as_at)]
        such = [item for item in among if item["item_id"] in matching.get(name, set())]
        found = [item for item in such if _is_such(item, indicator, as_at)]
        among = among if indicator.are == "open" else such
        sentence = _sentence(indicator, register, found, len(among))
        rows.append({**row, "shown": len(found) >= indicator.at_least, "items": len(found), "sentence": sentence})
    return rows


def _is_counted(item: Item, indicator: FailureIndicator, as_at: date) -> bool:
    """Whether an item is one of those among which they are looked for: what is open, or was within the days asked."""
    if _is_open(item, as_at):
        return True
    return indicator.are == "ended" and _has_ended(item, indicator, as_at)


def _is_such(item: Item, indicator: FailureIndicator, as_at: date) -> bool:
    if indicator.are == "ended":
        return _has_ended(item, indicator, as_at)
    return indicator.are == "open" or _is_overdue(item)


def _is_open(item: Item, as_at: date) -> bool:
    ended = _day(item["ended"])
    return item["state"] != "withdrawn" and (ended is None or ended > as_at)


def _is_overdue(item: Item) -> bool:
    """Whether its date has passed; what awaits its sign-off is late by the dates alone."""
    return item["state"] == "overdue" or (item["state"] == "awaiting_sign_off" and int(item["days_late"]) > 0)


def _has_ended(item: Item, indicator: FailureIndicator, as_at: date) -> bool:
    ended = _day(item["ended"])
    return ended is not None and timedelta(0) <= as_at - ended <= timedelta(days=indicator.within_days)


def _sentence(indicator: FailureIndicator, register: Register, found: Sequence[Item], among: int) -> str:
    """ "2 of 6 senior posts open now meet the condition: Section 151 Officer (since 3 March 2026), ..."."""
    if not among:
        return f"The register holds no {register.items} {_among(indicator, 2)}."
    which = count(among, register.item, register.items)
    verdict = _verdict(indicator, len(found))
    if among == 1 and indicator.are != "open":
        which, verdict = f"The one {register.item}", verdict if found else verdict.replace("s ", "s not ", 1)
    elif indicator.are != "open" or indicator.where:
        which = f"{f'{len(found):,}' if found else 'None'} of {which}"
    told = f"{which} {_among(indicator, among)} {verdict}".rstrip()
    if indicator.at_least > 1 and len(found) < indicator.at_least:
        told += f" (it shows from {indicator.at_least:,} on)"
    if not found:
        return f"{told}."
    ordered = sorted(found, key=lambda item: _gravest_first(indicator, item))
    named = [f"{item['title']}{_since(indicator, item)}" for item in ordered[:MOST_NAMED]]
    more = len(found) - len(named)
    return f"{told}: {', '.join(named)}{f' and {more:,} more' if more else ''}."


def _among(indicator: FailureIndicator, how_many: int) -> str:
    """Among which they are looked for; what is overdue or ended, among those that meet the condition."""
    when = "open now"
    if indicator.are == "ended":
        when += f" or ended in the last {count(indicator.within_days, 'day')}"
    if indicator.are == "open" or not indicator.where:
        return when
    return f"{when} that {'meets' if how_many == 1 else 'meet'} the condition"


def _verdict(indicator: FailureIndicator, found: int) -> str:
    several = found > 1
    if indicator.are == "overdue":
        return "are overdue" if several else "is overdue"
    if indicator.are == "ended":
        return "have ended" if several else "has ended"
    if indicator.where:
        return "meet the condition" if several else "meets the condition"
    return ""


def _gravest_first(indicator: FailureIndicator, item: Item) -> tuple[float, str]:
    """The latest by far, those open longest, or those that ended last, come first."""
    opened, ended = _day(item["opened"]), _day(item["ended"])
    if indicator.are == "overdue":
        return -float(item["days_late"]), str(item["title"])
    if indicator.are == "ended":
        return -float(ended.toordinal() if ended else 0), str(item["title"])
    return float(opened.toordinal() if opened else date.max.toordinal()), str(item["title"])


def _since(indicator: FailureIndicator, item: Item) -> str:
    if indicator.are == "overdue":
        return f" ({count(int(item['days_late']), 'day')} late)"
    day = _day(item["ended"] if indicator.are == "ended" else item["opened"])
    if day is None:
        return ""
    return f" ({in_full(day)})" if indicator.are == "ended" else f" (since {in_full(day)})"


def _day(cell: Any) -> date | None:
    """A cell of a frame as a day; None for a missing one."""
    return None if pd.isna(cell) else pd.Timestamp(cell).date()
