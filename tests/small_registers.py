"""Four registers in the small snapshot: every part of a register's page has something to show in one of them.

Audit recommendations (signed off, re-dated, contradicted, months without a count), complaints (time limits, steps,
counted by theme), risks (scores and reports), actions (ratings, parts, stages); and a register without a file.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.small_snapshot import NAME, insert, publish

JUDGED = date(2026, 10, 31)
HOSTILE_TITLE = "Keys [of](https://evil.example) the `vault` <b>*now*</b>"
HOSTILE_ID = "A/7 (old)&state=closed"
Counts = tuple[tuple[int, int | None, int | None, int], ...]
"""Month of 2026, added, closed, closing."""


def publish_registers(data: Path, **given: Any) -> Path:
    """The small snapshot with its registers, current in a data folder."""
    path = publish(data, **given)
    with duckdb.connect(str(path)) as connection:
        connection.begin()
        _registers(connection)
        _audit(connection)
        _complaints(connection)
        _risks(connection)
        _actions(connection)
        connection.commit()
    return path


def publish_without_file(data: Path) -> Path:
    """The small snapshot with one register that no file has come for."""
    path = publish(data)
    with duckdb.connect(str(path)) as connection:
        _register(connection, 0, "policies", "Policies", "policy", "policies", counted_to=None, judged_on=None)
    return path


def change(data: Path, sql: str) -> None:
    """Change the published snapshot."""
    with duckdb.connect(str(data / "snapshots" / NAME)) as connection:
        connection.execute(sql)


def add_item(connection: duckdb.DuckDBPyConnection, register: str, name: str, state: str, **given: Any) -> None:
    """One item, with its due dates (`dues`, the original first) and `details`."""
    dues = given.pop("dues", ())
    plain: dict[str, Any] = {
        "title": f"Item {name}", "owner": "Head of People", "service_id": "people", "opened": date(2026, 1, 10),
        "due": dues[0] if dues else None, "current_due": dues[-1] if dues else None,
        "times_redated": max(len(dues) - 1, 0), "sentence": f"{name} is {state}.", "days_late": 0, "is_stuck": False,
        "details": json.dumps(given.pop("details", {})), "load_id": 1, "source_row": 12,
    }  # fmt: skip
    insert(connection, "register_item", register_id=register, item_id=name, state=state, **(plain | given))
    for position, due in enumerate(dues):
        insert(connection, "register_due", register_id=register, item_id=name, position=position, due_on=due)


def _registers(connection: duckdb.DuckDBPyConnection) -> None:
    _register(connection, 0, "audit", "Audit recommendations", "recommendation", "recommendations",
              needs_sign_off=True, agenda="audit", baseline_on=date(2026, 5, 31), baseline_target=100.0,
              baseline_reason="Agreed by the Audit Committee", baseline_by=date(2026, 12, 31))  # fmt: skip
    _register(connection, 1, "complaints", "Complaints", "complaint", "complaints", agenda="complaints")
    _register(connection, 2, "risks", "Risks", "risk", "risks", agenda="risks", amber_from=8, red_from=15, highest=5)
    _register(connection, 3, "actions", "Plan actions", "action", "actions", agenda="actions", audience="public")
    _register(connection, 4, "policies", "Policies", "policy", "policies", counted_to=None, judged_on=None)


def _register(
    connection: duckdb.DuckDBPyConnection, position: int, name: str, title: str, item: str, items: str, **given: Any
) -> None:
    plain = {
        "question": f"What is late among the {items}?", "source_id": "collections", "service_id": "people",
        "agenda": "policies", "audience": "members", "due_soon_days": 45, "needs_sign_off": False,
        "counted_to": JUDGED, "judged_on": JUDGED,
    }  # fmt: skip
    insert(
        connection, "register", register_id=name, position=position, title=title, item=item, items=items,
        **(plain | given),
    )  # fmt: skip


def _audit(connection: duckdb.DuckDBPyConnection) -> None:
    add_item(connection, "audit", "A1", "overdue", dues=(date(2026, 5, 1), date(2026, 8, 1), date(2026, 12, 1)),
             days_late=183, priority="High", title="Reconcile the bank", owner="Head of Finance",
             contradicted="Rated green, but 183 days past its original date.", reason="Staff have left")  # fmt: skip
    add_item(connection, "audit", "A2", "overdue", dues=(date(2026, 10, 20),), days_late=11, priority="Low",
             title="Lock the stores", owner="Head of Waste", service_id="waste")  # fmt: skip
    add_item(connection, "audit", "A3", "awaiting_sign_off", dues=(date(2026, 9, 1), date(2026, 11, 1)), days_late=60,
             closed=date(2026, 9, 15), priority="High", title="Train the team", owner="Head of Finance")  # fmt: skip
    add_item(connection, "audit", "A4", "predicted_late", dues=(date(2026, 12, 20),), priority="High", done=20.0,
             title="New ledger", sentence="20% done with 80% of its time gone.", owner="Head of Finance")  # fmt: skip
    add_item(connection, "audit", "A5", "due_soon", dues=(date(2026, 11, 20),), title="Write the policy",
             priority="Low")  # fmt: skip
    add_item(connection, "audit", "A6", "closed", dues=(date(2026, 7, 1),), closed=date(2026, 7, 2), days_late=19,
             signed_off=date(2026, 7, 20), ended=date(2026, 7, 20), details={"Opinion": "Limited"})  # fmt: skip
    add_item(connection, "audit", HOSTILE_ID, "not_due", title=HOSTILE_TITLE,
             dues=(date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1)))  # fmt: skip
    add_flow(connection, "audit", "overdue", ((5, None, None, 2), (7, 1, 1, 2), (9, 2, 1, 3), (10, 1, 1, 3)))
    add_flow(connection, "audit", "open", ((5, None, None, 8), (7, 0, 1, 7), (9, 0, 0, 7), (10, 0, 1, 6)))
    for day, dealt in ((date(2026, 5, 31), 0), (date(2026, 7, 31), 1), (JUDGED, 1)):
        insert(connection, "register_burn", register_id="audit", counted_on=day, backlog=2, dealt_with=dealt)
    insert(connection, "register_link", register_id="audit", item_id="A1", kind="measure", target="foi")
    insert(connection, "register_link", register_id="audit", item_id="A1", kind="register", target="R1",
           to_register="risks")  # fmt: skip


def add_flow(connection: duckdb.DuckDBPyConnection, register: str, stock: str, counts: Counts) -> None:
    """The counts of a stock, each at the end of its month."""
    before: tuple[date, int] | None = None
    for month, added, closed, closing in counts:
        day = date(2026, month + 1, 1) - timedelta(days=1)
        insert(
            connection, "register_flow", register_id=register, stock=stock, counted_on=day,
            since=before[0] if before else None, opening=before[1] if before else None, added=added, closed=closed,
            closing=closing,
        )  # fmt: skip
        before = day, closing


def _complaints(connection: duckdb.DuckDBPyConnection) -> None:
    for number in range(60):
        name, is_late = f"C{number:03}", number < 2
        due = date(2026, 10, 1) - timedelta(days=number)
        ended = None if is_late else due - timedelta(days=1)
        add_item(connection, "complaints", name, "overdue" if is_late else "closed", title="A missed bin", owner=None,
                 dues=(due,), days_late=30 + number if is_late else 0, ended=ended,
                 details={"Learning": "Ring first."})  # fmt: skip
        insert(connection, "register_clock", register_id="complaints", item_id=name, position=0,
               title="Stage 1 answered", due_on=due, extended_to=date(2026, 10, 9) if number == 3 else None,
               met_on=ended, state="overdue" if is_late else "late" if number == 2 else "in_time")  # fmt: skip
    steps = (
        ("Made", 13, None, None, None, None, None),
        ("Investigated", 3, 13, "Made", 23.1, 5.0, 53.8),
        ("Upheld", 2, 3, "Investigated", 66.7, 9.4, 99.2),
    )
    for position, (title, items, out_of, of_title, share, lower, upper) in enumerate(steps):
        insert(connection, "register_tally", register_id="complaints", step=title.lower(), position=position,
               title=title, period="2025/26", period_end=date(2026, 3, 31), items=items, out_of=out_of,
               of_title=of_title, share=share, lower=lower, upper=upper)  # fmt: skip
    for theme, opened in (("Bins", 40), ("Calls", 20)):
        for year, end in (("2024/25", date(2025, 3, 31)), ("2025/26", date(2026, 3, 31))):
            insert(connection, "register_breakdown", register_id="complaints", dimension="theme",
                   dimension_title="Theme", category=theme, period=year, period_end=end, opened=opened,
                   closed=opened, open=0, overdue=0)  # fmt: skip


def _risks(connection: duckdb.DuckDBPyConnection) -> None:
    risks: tuple[tuple[str, str, int, int, dict[str, Any]], ...] = (
        ("R1", "Cyber attack", 4, 5, {"is_stuck": True, "red_since": date(2025, 1, 1), "appetite": 10}),
        ("R2", "Flooding", 2, 4, {"appetite": 12}),
        ("R3", "Loss of a supplier", 2, 3, {}),
    )
    for name, title, likelihood, impact, more in risks:
        residual = likelihood * impact
        add_item(connection, "risks", name, "not_due", title=title, inherent=25, residual=residual,
                 residual_likelihood=likelihood, residual_impact=impact, target_score=6, reported_on=JUDGED,
                 owner="Director of Place", **more)  # fmt: skip
        for back, score in ((0, residual), (92, 8)):
            insert(connection, "register_report", register_id="risks", item_id=name, residual=score, status="Open",
                   reported_on=JUDGED - timedelta(days=back))  # fmt: skip
    insert(connection, "register_link", register_id="risks", item_id="R2", kind="measure", target="missed_bins")


def _actions(connection: duckdb.DuckDBPyConnection) -> None:
    add_item(connection, "actions", "P1", "not_due", dues=(date(2027, 3, 31),), rating="amber", rating_before="green",
             title="A cleaner town", reason="Rounds were redrawn", way_forward="A second crew")  # fmt: skip
    add_item(connection, "actions", "P1a", "closed", dues=(date(2026, 6, 30),), rating="complete", part_of="P1",
             title="Buy the vans", ended=date(2026, 6, 1), closed=date(2026, 6, 1))  # fmt: skip
    add_item(connection, "actions", "P1b", "not_due", dues=(date(2026, 12, 31),), rating="green",
             rating_before="green", part_of="P1", title="Train the crews", stage="Begun")  # fmt: skip
    add_item(connection, "actions", "P2", "overdue", dues=(date(2026, 9, 30),), days_late=31, rating="red",
             rating_before="red", rating_since=date(2026, 7, 31), title="A bridge at Ford Lane")  # fmt: skip
    for position, (title, day) in enumerate((("Accepted", date(2026, 2, 1)), ("Begun", date(2026, 4, 1)))):
        insert(connection, "register_stage", register_id="actions", item_id="P1b", position=position, title=title,
               reached_on=day)  # fmt: skip
    insert(connection, "register_link", register_id="actions", item_id="P1", kind="goal", target="clean")
