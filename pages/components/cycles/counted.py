"""How far off a day is, in working days of England."""

from datetime import date

from scorecard.wording import count


def until(today: date, day: date) -> str:
    """ "today", "in 1 working day", "in 6 working days"; "before the next working day" where none lies between."""
    from scorecard.working_days import working_days  # loads the bank holidays

    if day == today:
        return "today"
    many = working_days(today, day)
    return f"in {count(many, 'working day')}" if many else "before the next working day"


def late(today: date, due: date) -> str:
    """ "late by 3 working days"; by days of the calendar where no working day has passed since."""
    from scorecard.working_days import working_days  # loads the bank holidays

    many = working_days(due, today)
    return f"late by {count(many, 'working day')}" if many else f"late by {count((today - due).days, 'day')}"
