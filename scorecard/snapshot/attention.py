"""The exceptions: which measures need attention, why, since when, what to ask and who answers for them."""

import pandas as pd

from scorecard.snapshot.store import Snapshot, first_row


def exceptions(snapshot: Snapshot) -> pd.DataFrame:
    """One row per exception to act on, the most pressing first: adverse, neither resolved nor accepted.

    measure_id, title, theme_id, theme, service_id, service, rule, severity (high, medium, low), sentence,
    since (the first day of the first period concerned), frequency, owner, critical_few, area_code, part (of the
    breakdown, or ""), place (the name of the ward or part, or "" for the council), state (new, continuing, improving,
    relapsed), adverse, periods (how many it has held), confirmed, question, accepted_until (a date or NaT).
    """
    return _listed(snapshot, "e.adverse and e.state not in ('resolved', 'accepted')")


def improvements(snapshot: Snapshot) -> pd.DataFrame:
    """One row per measure that has got better, in the columns of `exceptions`; back on target is `resolved`."""
    return _listed(snapshot, "not e.adverse")


def settled(snapshot: Snapshot) -> pd.DataFrame:
    """One row per exception that is resolved or accepted, in the columns of `exceptions`; the resolved ones first."""
    return _listed(snapshot, "e.adverse and e.state in ('resolved', 'accepted')")


def evidence(snapshot: Snapshot, measure_id: str, area_code: str, part: str) -> pd.DataFrame:
    """One row per finding behind the exceptions of a measure in one place, the leading finding first.

    exception_rule, role (leading, also, confirms, accepted), rule (or None), judgement, status,
    since (a date or NaT), strength, sentence, evidence (JSON).
    """
    return snapshot.query(
        """
        select v.exception_rule, v.role, v.rule, v.judgement, v.status, v.since, v.strength,
            v.sentence, v.evidence
        from exception_evidence v
        join exception e on e.measure_id = v.measure_id and e.area_code = v.area_code and e.part = v.part
            and e.rule = v.exception_rule
        where v.measure_id = ? and v.area_code = ? and v.part = ?
        order by e.position, v.position
        """,
        [measure_id, area_code, part],
    )


def by_chance(snapshot: Snapshot) -> str:
    """How many measures chance alone would flag, in a sentence; empty when that was not worked out."""
    return str(first_row(snapshot.query("select sentence from exception_summary")).get("sentence", ""))


def _listed(snapshot: Snapshot, wanted: str) -> pd.DataFrame:
    return snapshot.query(f"""
        select e.measure_id, m.title, m.theme_id, t.title as theme, m.service_id, s.title as service, e.rule,
            e.severity, e.sentence, e.since, m.frequency, e.owner, m.critical_few, e.area_code, e.part,
            case when e.part <> '' then e.part when a.is_home then '' else coalesce(a.name, e.area_code) end as place,
            e.state, e.adverse, e.periods, e.confirmed, e.question, e.accepted_until
        from exception e
        join measure m using (measure_id)
        join theme t using (theme_id)
        join service s using (service_id)
        left join area a using (area_code)
        where {wanted}
        order by e.position
    """)
