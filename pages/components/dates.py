"""Days and moments as people read them, in the time of the United Kingdom."""

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from scorecard.periods import Frequency, ending

LOCAL: Final = ZoneInfo("Europe/London")


def day(value: date | None) -> str:
    """ "3 March 2026"; "not known" when there is none."""
    return "not known" if value is None or pd.isna(value) else f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """ "3 March 2026 at 09:30", from a time in UTC."""
    if value is None or pd.isna(value):
        return "not known"
    here = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(LOCAL)
    return f"{day(here)} at {here:%H:%M}"


def since(first_day: date, frequency: str) -> str:
    """The period that begins on a day, as council papers write it: "Q2 2024/25"."""
    length = Frequency(frequency)
    begins = ending(first_day, Frequency.month)
    return begins.shifted(0).label if length.months == 1 else ending(_last_month(first_day, length), length).label


def _last_month(first_day: date, length: Frequency) -> date:
    return ending(first_day, Frequency.month).shifted(length.months - 1).end
