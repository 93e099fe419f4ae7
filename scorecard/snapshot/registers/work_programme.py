"""What a scrutiny committee has taken up: its work programme, and how far each item of it has come."""

import pandas as pd

from scorecard.snapshot.registers.declared import OVERDUE
from scorecard.snapshot.registers.items import COLUMNS
from scorecard.snapshot.store import Snapshot


def work_programme(snapshot: Snapshot, committee_id: str) -> pd.DataFrame:
    """One row per item of a register of scrutiny that names a committee, as its owner or in one of its details.

    The columns of `items.items`; register (its title), judged_on (the day as at which it is judged), is_overdue (by the
    ORIGINAL date), reached_on (the day the last stage was reached, or NaT), next_stage (the stage of the register after
    it that others have reached, or None). Those to be done come first, by ORIGINAL due date, then those that ended, the
    latest first. Withdrawn ones count as ended.
    """
    return snapshot.query(
        f"""
        with mine as (
            select i.register_id, i.item_id from register_item i join register r using (register_id)
            cross join committee c
            where r.agenda = 'scrutiny' and c.committee_id = $1 and (
                i.owner = c.title or list_contains(json_extract_string(i.details, '$.*'), c.title))),
        furthest as (
            from register_stage qualify row_number() over (
                partition by register_id, item_id order by position desc) = 1),
        stage as (select distinct register_id, position, title from register_stage)
        select {COLUMNS}, r.title as register, r.judged_on, {OVERDUE} as is_overdue, f.reached_on, (
                select arg_min(s.title, s.position) from stage s
                where s.register_id = i.register_id and s.position > coalesce(f.position, -1)) as next_stage
        from mine join register_item i using (register_id, item_id) join register r using (register_id)
        left join furthest f using (register_id, item_id) left join service v on v.service_id = i.service_id
        order by i.ended is not null, case when i.ended is null then i.due end nulls last, i.ended desc, i.title,
            i.item_id
        """,
        [committee_id],
    )
