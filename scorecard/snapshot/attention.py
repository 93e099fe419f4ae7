"""The exceptions: which measures need attention, why, since when, what to ask and who answers for them."""

from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot, first_row

SETTLED: Final = ("resolved", "accepted")
"""States in which nobody need act."""


def exceptions(snapshot: Snapshot) -> pd.DataFrame:
    """One row per exception to act on, the most pressing first: adverse, neither resolved nor accepted.

    measure_id, title, theme_id, theme, service_id, service, rule, severity (high, medium, low), sentence,
    since (the first day of the first period concerned), frequency, owner, critical_few, area_code, part (of the
    breakdown, or ""), place (the name of the ward or part, or "" for the council), state (new, continuing, improving,
    relapsed), adverse, periods (how many it has held), confirmed, question, accepted_until (a date or NaT),
    directorate_id and directorate (the top of the services above the measure's), audience, unit, decimals.
    """
    return _listed(snapshot, f"e.adverse and e.state not in {SETTLED}")


def every(snapshot: Snapshot) -> pd.DataFrame:
    """One row per exception of any state, good news too, in the order of the list and the columns of `exceptions`."""
    return _listed(snapshot, "true")


def grounds(snapshot: Snapshot) -> pd.DataFrame:
    """One row per finding behind any exception, each exception's leading finding first.

    measure_id, area_code, part, exception_rule, judgement, sentence.
    """
    return snapshot.query("""
        select measure_id, area_code, part, exception_rule, judgement, sentence
        from exception_evidence order by measure_id, area_code, part, exception_rule, position
    """)


def by_chance(snapshot: Snapshot) -> str:
    """How many measures chance alone would flag, in a sentence; empty when that was not worked out."""
    return str(first_row(snapshot.query("select sentence from exception_summary")).get("sentence", ""))


def _listed(snapshot: Snapshot, wanted: str) -> pd.DataFrame:
    return snapshot.query(f"""
        with recursive above as (
            select service_id, service_id as top_id, within from service
            union all
            select above.service_id, s.service_id, s.within from above join service s on s.service_id = above.within)
        select e.measure_id, m.title, m.theme_id, t.title as theme, m.service_id, s.title as service, e.rule,
            e.severity, e.sentence, e.since, m.frequency, e.owner, m.critical_few, e.area_code, e.part,
            case when e.part <> '' then e.part when a.is_home then '' else coalesce(a.name, e.area_code) end as place,
            e.state, e.adverse, e.periods, e.confirmed, e.question, e.accepted_until,
            d.service_id as directorate_id, d.title as directorate, m.audience, m.unit, m.decimals
        from exception e
        join measure m using (measure_id)
        join theme t using (theme_id)
        join service s using (service_id)
        join above on above.service_id = m.service_id and above.within is null
        join service d on d.service_id = above.top_id
        left join area a using (area_code)
        where {wanted}
        order by e.position
    """)
