"""Items of every register that concern one service, and what presses among them."""

from typing import Final

import pandas as pd

from scorecard.snapshot.registers.declared import OVERDUE
from scorecard.snapshot.registers.items import COLUMNS
from scorecard.snapshot.services import TREE
from scorecard.snapshot.store import Snapshot

PRESSES: Final = f"({OVERDUE} or state in ('due_soon', 'predicted_late'))"
"""The condition for an item that is late by its ORIGINAL date, will be, or is due soon."""


def items_due(snapshot: Snapshot, service_id: str) -> pd.DataFrame:
    """One row per item of a service and all below it, of any register, that is overdue, due soon or predicted late.

    The columns of `items.items`; register (its title), item (what it calls one), judged_on (the day as at which
    the register is judged), is_overdue (by the ORIGINAL date).
    The longest overdue come first, then by ORIGINAL due date.
    """
    return snapshot.query(
        f"""
        with recursive {TREE}
        select {COLUMNS}, r.title as register, r.item, r.judged_on, {OVERDUE} as is_overdue
        from register_item i join register r using (register_id) left join service v on v.service_id = i.service_id
        where i.service_id in (select service_id from tree where list_contains(line, $1)) and {PRESSES}
        order by is_overdue desc, case when is_overdue then -i.days_late end, i.due, r.position, i.title, i.item_id
        """,
        [service_id],
    )


def pressing(snapshot: Snapshot) -> pd.DataFrame:
    """One row per register with items that press, in the catalogue's order.

    register_id, title, items (what they are called), open, overdue (by the ORIGINAL date), due_soon, predicted_late,
    stuck (risks red for longer than the register allows). All counts.
    """
    return snapshot.query(f"""
        select r.register_id, r.title, r.items, count(*) filter (i.state not in ('closed', 'withdrawn')) as open,
            count(*) filter ({OVERDUE}) as overdue, count(*) filter (state = 'due_soon') as due_soon,
            count(*) filter (state = 'predicted_late') as predicted_late,
            count(*) filter (is_stuck and state not in ('closed', 'withdrawn')) as stuck
        from register r join register_item i using (register_id)
        group by r.register_id, r.title, r.items, r.position order by r.position
    """)
