"""Days and moments as people read them, in the time of the United Kingdom."""

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from scorecard.periods import Frequency, between, month_index

LOCAL: Final = ZoneInfo("Europe/London")


def day(value: date | None) -> str:
    """ "3 March 2026"; "not known" when there is none."""
    return "not known" if value is None or pd.isna(value) else f"{value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """ "3 Mar 2026" on one line, for a column of days."""
    return f"{value.day} {value:%b %Y}".replace(" ", "\N{NO-BREAK SPACE}")


def moment(value: datetime | None) -> str:
    """ "3 March 2026 at 09:30", from a time in UTC."""
    if value is None or pd.isna(value):
        return "not known"
    here = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(LOCAL)
    return f"{day(here)} at {here:%H:%M}"


def since(first_day: date, frequency: str) -> str:
    """The period that begins on a day, as council papers write it: "Q2 2024/25"."""
    begins = month_index(first_day)
    return between(begins, begins + Frequency(frequency).months - 1).label
