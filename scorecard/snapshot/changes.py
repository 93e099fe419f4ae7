"""Decisions about the measures themselves, and the targets that were set for them."""

from datetime import date

import pandas as pd

from scorecard.periods import FINANCIAL_YEAR_STARTS, financial_year_of
from scorecard.snapshot.store import Snapshot


def year_began(day: date) -> date:
    """The first day of the financial year that contains a day."""
    return date(financial_year_of(day), FINANCIAL_YEAR_STARTS, 1)


def decisions(snapshot: Snapshot) -> pd.DataFrame:
    """One row per decision about a measure, the latest first.

    measure_id, title, decision (proposed, live, retained, amended, removed), decided_on (the day from which it
    holds), reason, approved_by (None when nobody has agreed yet), breaks_comparability, is_to_come (it holds only
    from a day after the council's `as_at`).
    """
    return snapshot.query("""
        select l.measure_id, m.title, l.decision, l.decided_on, l.reason, l.approved_by, l.breaks_comparability,
            l.decided_on > (select as_at from council) as is_to_come
        from lifecycle l join measure m using (measure_id)
        order by l.decided_on desc, m.position, l.position desc
    """)


def targets(snapshot: Snapshot) -> pd.DataFrame:
    """One row per target, the newest of each measure first.

    measure_id, kind, since (the first day it holds; null is always), in_words, reason, is_to_come (it holds only
    from a day after the council's `as_at`), is_in_force (the newest that holds).
    """
    return snapshot.query("""
        select measure_id, kind, since, in_words, reason, is_to_come,
            not is_to_come and row_number() over (
                partition by measure_id, is_to_come order by position desc
            ) = 1 as is_in_force
        from (
            select t.*, m.position as measure_position,
                coalesce(since > (select as_at from council), false) as is_to_come
            from target t join measure m using (measure_id)
        )
        order by measure_position, position desc
    """)
