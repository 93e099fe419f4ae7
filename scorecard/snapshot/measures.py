"""What the measures are, and how each stands: every question about the list of measures."""

from typing import Any

import pandas as pd

from scorecard.snapshot.store import Snapshot, first_row


def council(snapshot: Snapshot) -> dict[str, Any]:
    """The home council: area_code, name, as_at (the day lateness is judged on), notice or None, contact or None."""
    return first_row(snapshot.query("select * exclude (catalogue) from council"))


def themes(snapshot: Snapshot) -> pd.DataFrame:
    """One row per theme that has measures, removed ones aside, in the catalogue's order: theme_id, title, question."""
    return snapshot.query("""
        select theme_id, title, question from theme
        where theme_id in (select theme_id from measure where stage <> 'removed') order by position
    """)


def latest(snapshot: Snapshot) -> pd.DataFrame:
    """One row per measure, in the catalogue's order, with home's latest judgement.

    measure_id, title, definition, counted, caveat, theme_id, theme, service_id, service, owner, kind,
    critical_few, unit, decimals, polarity, frequency, stage (proposed, live, removed), goal (title of the council
    plan's goal, or None); period, value (in the measure's unit; missing is null),
    marker, target_low, target_high, status, status_sentence, last_period and last_year (directions),
    direction_sentence. A measure that was never judged has the status "unavailable".
    """
    return snapshot.query("""
        select m.measure_id, m.title, m.definition, m.counted, m.caveat, m.theme_id, t.title as theme,
            m.service_id, s.title as service, m.owner, m.kind, m.critical_few, m.unit, m.decimals, m.polarity,
            m.frequency, m.stage, g.title as goal, j.period, j.value, o.marker, j.target_low, j.target_high,
            coalesce(j.status, 'unavailable') as status,
            coalesce(j.status_sentence, 'No figure has come for this council.') as status_sentence,
            coalesce(j.last_period, 'unknown') as last_period, coalesce(j.last_year, 'unknown') as last_year,
            coalesce(j.direction_sentence, '') as direction_sentence
        from measure m
        join theme t using (theme_id)
        join service s using (service_id)
        left join goal g on g.goal_id = m.plan_goal
        left join judgement j on j.measure_id = m.measure_id and j.is_latest
            and j.area_code = (select area_code from council)
        left join observation o on o.measure_id = j.measure_id and o.area_code = j.area_code
            and o.period_start = j.period_start and o.period_end = j.period_end
        order by m.position
    """)


def definition(snapshot: Snapshot, measure_id: str) -> dict[str, Any]:
    """One measure as the catalogue has it; empty when there is no such measure.

    measure_id, title, theme and service (titles), theme_id, owner, kind, critical_few, unit, decimals,
    polarity, frequency, basis, definition, counted, caveat, counter_measure and counter_title (or None), stage,
    audience, small_numbers, tolerance and judged_how (in words), goal, promise and plan (or None), lg_inform,
    local_outcomes_framework, former, definition_sha256.
    """
    return first_row(
        snapshot.query(
            """
        select m.measure_id, m.title, t.title as theme, m.theme_id, s.title as service, m.owner, m.kind,
            m.critical_few, m.unit, m.decimals, m.polarity, m.frequency, m.basis, m.definition, m.counted,
            m.caveat, m.counter_measure, c.title as counter_title, m.stage, m.audience, m.small_numbers,
            m.tolerance, m.judged_how, g.title as goal, g.promise, g.plan, m.lg_inform, m.local_outcomes_framework,
            m.former, m.definition_sha256
        from measure m
        join theme t using (theme_id)
        join service s using (service_id)
        left join goal g on g.goal_id = m.plan_goal
        left join measure c on c.measure_id = m.counter_measure
        where m.measure_id = ?
    """,
            [measure_id],
        )
    )
