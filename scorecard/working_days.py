"""Working days as English law and councils count them: not Saturdays, not Sundays, not bank holidays in England."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

import holidays
import numpy as np
from numpy.typing import NDArray

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2050, 12, 31)
"""Days outside have no working-day number: a date there is a slip of the pen or not yet anybody's concern."""


@lru_cache(maxsize=1)
def bank_holidays() -> NDArray[np.datetime64]:
    """Every bank holiday in England from FIRST_DAY to LAST_DAY, one-off ones such as coronations included."""
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    return np.array(sorted(holidays.country_holidays("GB", subdiv="ENG", years=years)), dtype="datetime64[D]")


@lru_cache(maxsize=1)
def calendar() -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """Every day from FIRST_DAY to LAST_DAY, and how many working days there have been up to and with it."""
    days = np.arange(np.datetime64(FIRST_DAY), np.datetime64(LAST_DAY + timedelta(days=1)))
    working = np.cumsum(np.is_busday(days, holidays=bank_holidays()), dtype=np.int64)
    return days, working


def working_days(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`: the day something arrives does not count.

    Source: Freedom of Information Act 2000, section 10(1) and (6): "not later than the twentieth working day
    following the date of receipt". Raises KeyError for a day outside the calendar.
    """
    return int(_number_of(end) - _number_of(start))


def _number_of(day: date) -> int:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise KeyError(f"{day} is outside the calendar, {FIRST_DAY} to {LAST_DAY}")
    return int(calendar()[1][(day - FIRST_DAY).days])


def working_day_after(day: date, how_many: int) -> date:
    """The day that is so many working days after `day`; the next working day from it for 0.

    Raises KeyError for a day outside the calendar.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise KeyError(f"{day} is outside the calendar, {FIRST_DAY} to {LAST_DAY}")
    roll: Literal["preceding", "following"] = "preceding" if how_many else "following"
    later = np.busday_offset(np.datetime64(day), how_many, roll, holidays=bank_holidays())
    return date.fromisoformat(str(later))
