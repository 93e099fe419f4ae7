"""Proposals to re-score a risk: what has happened to a measure or an item it is linked with since it was scored."""

from typing import Any, Final

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN, OVERDUE
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, in_full

_CAUSES: Final = f"""
    risk as (
        select i.* from register_item i join register r using (register_id)
        where r.red_from is not null and {OPEN}),
    linked as (
        select register_id, item_id, kind, target, to_register from register_link
        union
        select to_register, target, kind, item_id, register_id from register_link where kind = 'register'),
    pressing as (
        select e.measure_id, m.title, e.severity, e.sentence, e.since, e.position
        from exception e join measure m using (measure_id)
        where e.adverse and e.state not in ('resolved', 'accepted') and not exists (
            from exception_evidence g where g.measure_id = e.measure_id and g.area_code = e.area_code
                and g.part = e.part and g.exception_rule = e.rule and g.role = 'leading' and g.judgement = 'data')
        qualify row_number() over (partition by e.measure_id order by e.position) = 1),
    late as (
        select i.register_id, i.item_id, i.title, i.days_late, i.due, i.owner, r.item
        from register_item i join register r using (register_id) where {OVERDUE}),
    cause as (
        select l.register_id, l.item_id, 'measure' as cause, null::varchar as cause_register, p.measure_id as cause_id,
            p.title as cause_title, p.severity, p.sentence as said, 0 as days_late, p.since,
            null::date as due, null::varchar as called, null::varchar as cause_owner, p.position
        from linked l join pressing p on l.kind = 'measure' and p.measure_id = l.target
        union all
        select l.register_id, l.item_id, 'item', a.register_id, a.item_id, a.title, null::varchar, null::varchar,
            a.days_late, a.due + 1, a.due, a.item, a.owner, null::integer
        from linked l join late a on l.kind = 'register' and a.register_id = l.to_register and a.item_id = l.target),
    scored as (
        select register_id, item_id, reported_on, residual,
            lag(residual) over (partition by register_id, item_id order by reported_on) as before
        from register_report where residual is not null)
"""


def proposals(snapshot: Snapshot) -> pd.DataFrame:
    """One row per open risk (an item of a register with scores) and cause to score it again, the highest score first.

    A cause is a linked measure that is an exception to act on, other than for want of its figures, or an item linked
    with the risk, by either of them, that is overdue. register_id, item_id, title, owner, residual (its score),
    residual_likelihood, residual_impact, target_score, red_since (of the risk; missing is null); cause (measure, item),
    cause_register (None of a measure), cause_id (measure_id or item_id), cause_title, severity (high, medium, low; None
    of an item), days_late (since the ORIGINAL date; 0 of a measure), since (the day the cause began: of an item the day
    after its original due date), rescored_on (the last day from then on which the residual score was changed, or NaT),
    sentence (plain text).
    """
    frame = snapshot.query(f"""
        with {_CAUSES}
        select r.register_id, r.item_id, r.title, r.owner, r.residual, r.residual_likelihood, r.residual_impact,
            r.target_score, r.red_since, c.cause, c.cause_register, c.cause_id, c.cause_title, c.severity, c.days_late,
            c.since, (
                select max(s.reported_on) from scored s where s.register_id = r.register_id and s.item_id = r.item_id
                    and s.before <> s.residual and s.reported_on >= c.since) as rescored_on,
            c.said, c.due, c.called, c.cause_owner
        from risk r join cause c using (register_id, item_id)
        where c.cause = 'measure' or (c.cause_register, c.cause_id) not in (select (register_id, item_id) from risk)
        order by r.residual desc nulls last, r.title, r.item_id, c.cause desc, c.position, c.days_late desc, c.cause_id
    """)
    frame["sentence"] = [_sentence(one) for one in frame.itertuples(index=False)]
    return frame.drop(columns=["said", "due", "called", "cause_owner"])


def _sentence(one: Any) -> str:
    """What happened, and what has become of the score since."""
    if pd.isna(one.residual):
        return f"{_happened(one)} The risk has no score: give it one."
    score = f"The score of {int(one.residual)}{_parts(one)}"
    if pd.isna(one.rescored_on):
        return f"{_happened(one)} {score} has not changed since: look at it again."
    changed = in_full(one.rescored_on.date())
    return f"{_happened(one)} {score} is of {changed}, after that began: see whether it still holds."


def _happened(one: Any) -> str:
    if one.cause == "measure":
        said = str(one.said).removeprefix(f"{one.cause_title}: ").rstrip(".")
        return f"“{one.cause_title}” is an exception: {said}."
    owner = f" ({one.cause_owner})" if one.cause_owner else ""
    late = f"{count(int(one.days_late), 'day')} past its original date of {in_full(one.due.date())}"
    return f"The {one.called} “{one.cause_title}”{owner} is {late}."


def _parts(one: Any) -> str:
    if pd.isna(one.residual_likelihood) or pd.isna(one.residual_impact):
        return ""
    return f" ({int(one.residual_likelihood)} × {int(one.residual_impact)})"
