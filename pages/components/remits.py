"""Choosing a committee and the days that it asks about; the themes stand in where there is no committee."""

from datetime import date

import streamlit as st

from pages.components import filters
from pages.components.dates import day
from pages.components.filters import titles
from pages.components.snapshot import council, remembered
from scorecard.snapshot.remits import meetings, remits
from scorecard.snapshot.store import Snapshot


def _offered(shown: Snapshot) -> dict[str, str]:
    """Options for `filters.choose`: each remit with its title."""
    return titles(remits(shown), "remit_id", "title")


def _are_committees(shown: Snapshot) -> bool:
    return bool(remits(shown)["is_committee"].any())


offered = remembered(_offered)
are_committees = remembered(_are_committees)
meetings_of = remembered(meetings)


def called() -> str:
    """What a remit is called: that of a committee, or a theme."""
    return "Committee" if are_committees() else "Theme"


def day_reported() -> date | None:
    """The past day whose figures are asked for, or None for those of now."""
    today: date = council()["as_at"].date()
    chosen = filters.day("As reported on", "as_at", today)
    if chosen > today:
        st.info(f"{day(chosen)} has not come yet: showing how things stand now.")
    return chosen if chosen < today else None


def day_since(remit_id: str, on: date | None) -> date:
    """The day since which changes are asked for: by default the past day shown, else that of the last meeting."""
    today: date = council()["as_at"].date()
    held = [each for each in meetings_of(remit_id) if each <= today]
    chosen = filters.day("Changes since", "since", on or (held[-1] if held else _month_before(today)))
    return min(chosen, today)


def is_meeting(remit_id: str, on: date) -> bool:
    """Whether a committee met on a day."""
    return on in meetings_of(remit_id)


def calendar(remit_id: str) -> str:
    """When the committee last met and when it meets next; nothing of a theme."""
    today: date = council()["as_at"].date()
    days = meetings_of(remit_id)
    last, coming = [each for each in days if each <= today][-1:], [each for each in days if each > today][:1]
    met = [f"last met on {day(each)}" for each in last] + [f"meets next on {day(each)}" for each in coming]
    return f"The committee {' and '.join(met)}." if met else ""


def _month_before(today: date) -> date:
    months = today.year * 12 + today.month - 2
    return date(months // 12, months % 12 + 1, min(today.day, 28))
