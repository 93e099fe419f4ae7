"""The small council's registers: its plan's actions with milestones, risks, recommendations and work programme.

Written into the small snapshot before a page reads it: a real DuckDB file, as a run would have left it.
"""

import json
from datetime import date
from pathlib import Path

import duckdb

from tests.small_snapshot import AS_AT, NAME, insert

REGISTERS = (
    ("plan", "Council plan actions", "action", "actions", "actions", None, None),
    ("risks", "Strategic risks", "risk", "risks", "risks", 8, 15),
    ("audit", "Audit recommendations", "recommendation", "recommendations", "audit", None, None),
    ("programme", "Scrutiny work programme", "item", "items", "scrutiny", None, None),
)
"""Id, title, what one and several of its items are called, agenda, and where amber and red scores begin."""
LAST_REPORT, REPORT_BEFORE = date(2026, 9, 30), date(2026, 6, 30)


def add_registers(data: Path) -> None:
    """Write the registers into the published small snapshot of a data folder."""
    with duckdb.connect(str(data / "snapshots" / NAME)) as connection:
        _declare(connection)
        _plan(connection)
        _others(connection)


def _declare(connection: duckdb.DuckDBPyConnection) -> None:
    insert(connection, "committee", committee_id="town", position=0, title="Town Scrutiny Committee")
    insert(connection, "committee_measure", committee_id="town", measure_id="missed_bins")
    for position, (register_id, title, item, items, agenda, amber, red) in enumerate(REGISTERS):
        insert(
            connection, "register", register_id=register_id, position=position, title=title, item=item, items=items,
            question="What is late?", source_id="collections", service_id="people", agenda=agenda,
            audience="members", due_soon_days=45, needs_sign_off=register_id == "audit", counted_to=AS_AT,
            judged_on=AS_AT,
            amber_from=amber, red_from=red, highest=5 if red else None,
        )  # fmt: skip


def item(connection: duckdb.DuckDBPyConnection, register_id: str, item_id: str, title: str, **more: object) -> None:
    """One item; what is not named is as in an item that is in hand and due at the end of March 2027."""
    values: dict[str, object] = {
        "owner": "Head of Waste", "service_id": "waste", "opened": date(2026, 4, 1), "due": date(2027, 3, 31),
        "times_redated": 0, "state": "not_due", "sentence": "Due on 31 March 2027.", "days_late": 0,
        "is_stuck": False, "details": "{}", "load_id": 1, "source_row": 2, **more,
    }  # fmt: skip
    values.setdefault("current_due", values["due"])
    insert(connection, "register_item", register_id=register_id, item_id=item_id, title=title, **values)


def link(connection: duckdb.DuckDBPyConnection, source: str, kind: str, target: str) -> None:
    """A link from "register/item" to a measure, goal or service, or to another "register/item"."""
    register_id, item_id = source.split("/")
    to_register, _, to_item = target.rpartition("/")
    insert(connection, "register_link", register_id=register_id, item_id=item_id, kind=kind, target=to_item,
           to_register=to_register or None)  # fmt: skip


def report(
    connection: duckdb.DuckDBPyConnection,
    item_id: str,
    on: date,
    rating: str | None = None,
    residual: int | None = None,
) -> None:
    """What was reported of "register/item" on a day."""
    register_id, name = item_id.split("/")
    insert(connection, "register_report", register_id=register_id, item_id=name, reported_on=on, rating=rating,
           residual=residual)  # fmt: skip


def _plan(connection: duckdb.DuckDBPyConnection) -> None:
    item(connection, "plan", "A1", "Collect bins <on> their day", state="overdue", due=date(2026, 9, 30),
         current_due=date(2027, 1, 31), times_redated=1, days_late=51, rating="red", rating_before="amber",
         rating_since=LAST_REPORT, reason="Two vehicles are off the road.", way_forward="Hire two until March.",
         sentence="51 days past its original date of 30 September 2026; re-dated once, to 31 January 2027, which is"
         " to come.", reported_on=LAST_REPORT, done=60)  # fmt: skip
    item(connection, "plan", "A1a", "Draw the rounds anew", part_of="A1", state="closed", ended=date(2026, 6, 3),
         closed=date(2026, 6, 3), due=date(2026, 6, 30), sentence="Closed on 3 June 2026, in time.")  # fmt: skip
    item(connection, "plan", "A1b", "Buy two vehicles", part_of="A1", due=date(2026, 12, 15), state="due_soon")
    item(connection, "plan", "A2", "Open a second recycling centre", rating="amber", rating_before="amber",
         reported_on=LAST_REPORT, done=40, state="predicted_late", due=date(2026, 12, 31))  # fmt: skip
    item(connection, "plan", "A3", "Clear every fly-tip in two days", rating="complete", state="closed",
         ended=date(2026, 8, 20), closed=date(2026, 8, 20), due=date(2026, 6, 30), days_late=51,
         reported_on=LAST_REPORT)  # fmt: skip
    item(connection, "plan", "A4", "Plant a thousand trees", rating="green", reported_on=LAST_REPORT)
    item(connection, "plan", "A5", "Mend the town clock", rating="green", reported_on=LAST_REPORT)
    for name in ("A1", "A2", "A3", "A4"):
        link(connection, f"plan/{name}", "goal", "clean")
    link(connection, "plan/A1", "measure", "missed_bins")
    link(connection, "plan/A1b", "measure", "recycling")
    link(connection, "plan/A2", "measure", "recycling")
    link(connection, "plan/A3", "measure", "fly_tips")
    for name, before, now in (
        ("A1", "amber", "red"), ("A2", "amber", "amber"), ("A3", "green", "complete"), ("A4", "green", "green"),
        ("A5", "amber", "green"),
    ):  # fmt: skip
        report(connection, f"plan/{name}", REPORT_BEFORE, before)
        report(connection, f"plan/{name}", LAST_REPORT, now)


def _others(connection: duckdb.DuckDBPyConnection) -> None:
    item(connection, "risks", "R1", "The waste contract fails", owner="Director of Place", inherent=20, residual=16,
         residual_likelihood=4, residual_impact=4, target_score=8, red_since=date(2025, 3, 31), is_stuck=True,
         reported_on=LAST_REPORT)  # fmt: skip
    item(connection, "risks", "R2", "Homes without a gas certificate", residual=6, residual_likelihood=2,
         residual_impact=3, target_score=4, service_id="housing", reported_on=LAST_REPORT)  # fmt: skip
    item(connection, "audit", "I1", "Weigh every load", state="awaiting_sign_off", due=date(2026, 10, 31),
         days_late=20, closed=date(2026, 10, 20),
         sentence="Reported done on 20 October 2026 and not signed off, 20 days past its original date.")  # fmt: skip
    item(connection, "audit", "I2", "Keep the weighbridge book", state="closed", ended=date(2026, 5, 4),
         signed_off=date(2026, 5, 4), due=date(2026, 6, 30))  # fmt: skip
    item(connection, "programme", "P1", "Why bins are missed", owner="Town Scrutiny Committee", state="due_soon",
         due=date(2026, 12, 10), stage="Accepted")  # fmt: skip
    item(connection, "programme", "P2", "Graffiti", state="closed", ended=date(2026, 3, 2), due=None, stage="Examined",
         details=json.dumps({"Committee": "Town Scrutiny Committee"}))  # fmt: skip
    item(connection, "programme", "P3", "Of another committee", details=json.dumps({"Committee": "Elsewhere"}))
    for position, (title, day) in enumerate((("Nominated", date(2026, 5, 1)), ("Accepted", date(2026, 6, 1)))):
        insert(connection, "register_stage", register_id="programme", item_id="P1", position=position, title=title,
               reached_on=day)  # fmt: skip
    insert(connection, "register_stage", register_id="programme", item_id="P2", position=2, title="Examined",
           reached_on=date(2026, 3, 2))  # fmt: skip
    for source, kind, target in (
        ("risks/R1", "measure", "missed_bins"), ("risks/R1", "register", "plan/A1"),
        ("risks/R2", "measure", "gas_safety"), ("audit/I1", "measure", "missed_bins"),
        ("audit/I1", "register", "risks/R1"), ("audit/I2", "measure", "missed_bins"),
    ):  # fmt: skip
        link(connection, source, kind, target)
    report(connection, "risks/R1", REPORT_BEFORE, residual=20)
    report(connection, "risks/R1", LAST_REPORT, residual=16)
    report(connection, "risks/R2", LAST_REPORT, residual=6)
