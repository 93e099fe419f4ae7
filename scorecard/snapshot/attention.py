"""The exceptions: which measures need attention, why, since when and who answers for them."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def exceptions(snapshot: Snapshot) -> pd.DataFrame:
    """One row per exception of the home council, the most pressing first.

    measure_id, title, theme_id, theme, service_id, service, rule, severity (high, medium, low), sentence,
    since (the first day of the first period concerned), frequency, owner, critical_few.
    """
    return snapshot.query("""
        select e.measure_id, m.title, m.theme_id, t.title as theme, m.service_id, s.title as service, e.rule,
            e.severity, e.sentence, e.since, m.frequency, e.owner, m.critical_few
        from exception e
        join measure m using (measure_id)
        join theme t using (theme_id)
        join service s using (service_id)
        where e.area_code = (select area_code from council)
        order by e.position
    """)
