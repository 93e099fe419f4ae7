"""One item of a register: every due date, report, time limit, stage and link, and the row it was read from."""

from typing import Any

import pandas as pd

from scorecard.snapshot.originals import FOLDER, original_name
from scorecard.snapshot.store import Snapshot, first_row


def item(snapshot: Snapshot, register_id: str, item_id: str) -> dict[str, Any]:
    """One item as plain values, missing ones as None; empty when there is none.

    The columns of the table `register_item`; service (its title), whole (title of the item it is part of); and where
    it was read: path (below the inbox), sheet, source_row, sha256, first_seen_at (UTC), source, publisher, original
    (the file's copy, below the data folder).
    """
    held = first_row(
        snapshot.query(
            """
            select i.*, v.title as service, w.title as whole, l.path, l.sheet, l.sha256, f.first_seen_at,
                s.title as source, s.publisher
            from register_item i left join service v using (service_id)
            left join register_item w on w.register_id = i.register_id and w.item_id = i.part_of
            left join load l on l.load_id = i.load_id
            left join source_file f on f.sha256 = l.sha256 and f.path = l.path
            left join source s on s.source_id = l.source_id
            where i.register_id = ? and i.item_id = ?
            """,
            [register_id, item_id],
        )
    )
    if held:
        held["original"] = f"{FOLDER}/{original_name(held['sha256'], held['path'])}" if held["sha256"] else None
    return held


def dues(snapshot: Snapshot, register_id: str, item_id: str) -> pd.DataFrame:
    """One row per due date of an item, the original first: position (0 is the original), due_on."""
    return snapshot.query(
        "select position, due_on from register_due where register_id = ? and item_id = ? order by position",
        [register_id, item_id],
    )


def reports(snapshot: Snapshot, register_id: str, item_id: str) -> pd.DataFrame:
    """One row per report of an item, the latest first.

    reported_on, status, rating, done (per cent), residual (a score), reason, way_forward; missing is null.
    """
    return snapshot.query(
        """
        select reported_on, status, rating, done, residual, reason, way_forward from register_report
        where register_id = ? and item_id = ? order by reported_on desc
        """,
        [register_id, item_id],
    )


def clocks(snapshot: Snapshot, register_id: str, item_id: str) -> pd.DataFrame:
    """One row per time limit of an item, in the register's order.

    title, due_on, extended_to (or NaT), met_on (or NaT), state (in_time, late, running, overdue).
    """
    return snapshot.query(
        """
        select title, due_on, extended_to, met_on, state from register_clock
        where register_id = ? and item_id = ? order by position
        """,
        [register_id, item_id],
    )


def stages(snapshot: Snapshot, register_id: str, item_id: str) -> pd.DataFrame:
    """One row per stage that an item has reached, in the register's order: title, reached_on."""
    return snapshot.query(
        "select title, reached_on from register_stage where register_id = ? and item_id = ? order by position",
        [register_id, item_id],
    )


def parts(snapshot: Snapshot, register_id: str, item_id: str) -> pd.DataFrame:
    """One row per item that is part of this one, by due date: item_id, title, owner, state, rating, due."""
    return snapshot.query(
        """
        select item_id, title, owner, state, rating, due from register_item
        where register_id = ? and part_of = ? order by due nulls last, title
        """,
        [register_id, item_id],
    )
