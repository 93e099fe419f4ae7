"""A small snapshot of an invented council: a real DuckDB file made from schema.sql, for tests of reading.

Sixteen live measures over all four themes, one proposed and one removed, with wards, peers and a nation; missing
periods, markers, a band target, a break, breakdowns, figures counted from records, a measure that no figure has
come for, findings of all ten judgements, limits, exceptions in every state, problems and rows set aside.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pipelines.tables import catalogue_tables
from scorecard.catalogue import Catalogue
from scorecard.judge.status import Status
from scorecard.periods import Period, between
from scorecard.snapshot.folder import folder_of, switch
from scorecard.wording import figure

SCHEMA = Path(__file__).parent.parent / "scorecard" / "snapshot" / "schema.sql"
NAME = "2026-11-20T093000Z.duckdb"
HOME = "E00000001"
THEMES = {
    "organisational_health": ("Organisational health", "Is the council itself in good order?"),
    "critical_service_delivery": (
        "Critical service delivery",
        "Are the services people rely on being delivered?",
    ),
    "compliance_and_risk": ("Compliance and risk", "Are we keeping within the law and our own limits?"),
    "citizen_intelligence": ("Citizen intelligence", "What are residents telling us?"),
}
SERVICES = {
    "people": ("People and change", "Head of People"),
    "waste": ("Waste and recycling", "Head of Waste"),
    "housing": ("Housing", "Head of Housing"),
    "planning": ("Planning", "Head of Planning"),
    "customers": ("Customer services", "Head of Customer Services"),
}
AREAS = {
    HOME: ("Exampleton Council", "council", None),
    "E00000002": ("Ashby", "council", 1),
    "E00000003": ("Brookvale", "council", 2),
    "E00000004": ("Carrowmoor", "council", 3),
    "E00000005": ("Denford", "council", 4),
    "E05000001": ("Harbour ward", "ward", None),
    "E05000002": ("Hill ward", "ward", None),
    "E92000001": ("England", "nation", None),
}
LAST_MONTH, LAST_QUARTER, LAST_YEAR = 2026 * 12 + 9, 2026 * 12 + 8, 2026 * 12 + 2
COUNTED = "repairs"
"""The measure whose figures are counted from records."""
CHECKSUM = hashlib.sha256(b"collections.csv").hexdigest()


@dataclass(frozen=True)
class Example:
    """One measure and home's figures for it, the latest last; None is a missing period, a text a marker."""

    measure_id: str
    title: str
    theme: str
    service: str
    unit: str
    polarity: str
    months: int
    target: tuple[float, float] | None
    figures: tuple[float | str | None, ...]
    decimals: int = 1
    critical_few: bool = False

    @property
    def periods(self) -> list[Period]:
        """The period of each figure."""
        last = {1: LAST_MONTH, 3: LAST_QUARTER, 12: LAST_YEAR}[self.months]
        ends = [last - self.months * back for back in reversed(range(len(self.figures)))]
        return [between(end - self.months + 1, end) for end in ends]


EXAMPLES = (
    Example("missed_bins", "Missed bin collections", "critical_service_delivery", "waste",
            "per 100,000 collections", "lower", 1, (60, 60),
            (48, 52, 57, 55, None, 61, 58, 63, 66, 72, 80, 92), 0, True),
    Example("recycling", "Household waste recycled", "critical_service_delivery", "waste",
            "%", "higher", 12, (50, 50), (41.2, 42.0, 43.1, 41.9, 44.0, 43.7, 44.8)),
    Example("fly_tips", "Fly-tips cleared in two days", "critical_service_delivery", "waste",
            "%", "higher", 1, (90, 90), (91.0, 92.5, 93.0, 90.1, 94.4, 95.0)),
    Example("repairs", "Repairs completed in target time", "critical_service_delivery", "housing",
            "%", "higher", 1, (95, 95), (96.1, 95.2, 95.9, 94.0, 93.1, 93.0), 1, True),
    Example("relet", "Days to relet an empty home", "critical_service_delivery", "housing",
            "days", "lower", 3, (25, 25), (31.0, 30.2, 29.4, 28.0, 27.2, 26.1)),
    Example("major_apps", "Major planning applications decided in time", "compliance_and_risk", "planning",
            "%", "higher", 3, (80, 80), (88, 91, 86, 90), 0),
    Example("foi", "Information requests answered in 20 days", "compliance_and_risk", "customers",
            "%", "higher", 3, (90, 90), (84.0, 82.1, 80.0, 79.5), 1, True),
    Example("gas_safety", "Homes with a gas safety certificate", "compliance_and_risk", "housing",
            "%", "higher", 1, (100, 100), (100, 100, 99.8, 99.7), 1, True),
    Example("audit_actions", "Audit actions overdue", "compliance_and_risk", "people",
            "actions", "lower", 3, None, (12, 9, 14), 0),
    Example("sickness", "Days lost to sickness for each employee", "organisational_health", "people",
            "days", "lower", 3, (9, 9), (9.4, 9.8, 9.1, 8.8)),
    Example("agency", "Spend on agency staff", "organisational_health", "people",
            "£ million", "lower", 12, (4, 4), (3.1, 4.4, 5.2, 4.1)),
    Example("reserves", "General reserves", "organisational_health", "people",
            "% of net revenue", "band", 12, (5, 10), (4.2, 6.0, 7.5, 8.1)),
    Example("turnover", "Staff turnover", "organisational_health", "people",
            "%", "neutral", 12, None, (11.0, "c", 12.5)),
    Example("call_wait", "Average wait on the telephone", "citizen_intelligence", "customers",
            "minutes", "lower", 1, (3, 3), (2.4, 2.6, 2.2, 2.9, 3.1)),
    Example("complaints", "Complaints upheld", "citizen_intelligence", "customers",
            "complaints", "lower", 3, None, (23, 31, 18), 0),
    Example("satisfaction", "Residents satisfied with the council", "citizen_intelligence", "customers",
            "%", "higher", 12, (70, 70), ()),
    Example("shared_bikes", "Journeys by shared bicycle", "critical_service_delivery", "planning",
            "journeys", "higher", 3, None, (), 0),
    Example("counter_visits", "Visits to the service desk", "citizen_intelligence", "customers",
            "visits", "lower", 3, None, (412, 388, 365), 0),
)  # fmt: skip
BREAK, REBASE = date(2026, 4, 1), date(2026, 8, 1)
AS_AT = date(2026, 11, 20)
MORE: Mapping[str, Mapping[str, Any]] = {
    "missed_bins": {
        "targets": [
            {"kind": "fixed", "value": 60, "since": date(2026, 4, 1), "reason": "Waste contract, 2026"},
            {"kind": "fixed", "value": 70, "reason": "Council plan 2024"},
        ],
        "tolerance": {"points": 3},
        "lifecycle": [
            {"decision": "live", "on": date(2024, 4, 1), "reason": "The new contract", "approved_by": "Cabinet"},
            {"decision": "amended", "on": BREAK, "reason": "Assisted collections are counted too.",
             "approved_by": "Corporate Board", "breaks_comparability": True},
        ],
        "rebases": [{"on": REBASE, "reason": "Rounds were drawn anew."}],
        "links": {"lg_inform": 46, "local_outcomes_framework": "Waste 3", "former": "BV 88", "plan_goal": "clean"},
        "counter_measure": "recycling",
    },
    "repairs": {"basis": "year_to_date", "small_numbers": 5},
    "foi": {
        "kind": "outcome",
        "lifecycle": [{"decision": "retained", "on": date(2026, 5, 20), "reason": "A duty of law.",
                       "approved_by": "Audit Committee"}],
    },
    "gas_safety": {"targets": [{"kind": "limit", "value": 100, "statutory": True, "reason": "Gas safety rules"}]},
    "audit_actions": {"audience": "members"},
    "relet": {
        "lifecycle": [
            {"decision": "amended", "on": date(2026, 7, 1), "reason": "Leasehold homes are left <out>.",
             "approved_by": "Head of Housing"},
        ],
    },
    "shared_bikes": {
        "lifecycle": [{"decision": "proposed", "on": date(2026, 9, 1), "reason": "The scheme opens in spring."}],
        "links": {"plan_goal": "moving"},
    },
    "counter_visits": {
        "lifecycle": [
            {"decision": "live", "on": date(2020, 4, 1), "reason": "One desk for all.", "approved_by": "Cabinet"},
            {"decision": "removed", "on": date(2026, 10, 1), "reason": "The desk has closed.",
             "approved_by": "Cabinet"},
        ],
    },
}  # fmt: skip
"""What a measure says beyond its example, as the catalogue would."""
BREAKDOWNS = (
    ("repairs", "priority", "Priority", {"Emergency": (99.2, 98.4), "Routine": (88.1, 92.0), "Urgent": (94.0, 95.5)}),
    ("repairs", "trade", "Trade", {"Electrical": (95.0, None), "Joinery": ("c", 90.1), "Plumbing": (91.2, 93.3)}),
)
"""Measure, dimension, its title, and each category's figure in October 2026 and a year before."""


def catalogue_of(examples: tuple[Example, ...]) -> Catalogue:
    """The catalogue that would make these measures."""
    return Catalogue.model_validate(
        {
            "council": {
                "name": "Exampleton Council",
                "home": HOME,
                "as_at": AS_AT,
                "leadership": ["Director of Place", "Director of Resources"],
                "notice": "Exampleton is an invented council: none of these figures are real.",
            },
            "plan": {
                "title": "Our plan 2026",
                "since": date(2026, 4, 1),
                "goals": {
                    "clean": {"title": "Clean streets", "promise": "We collect every bin on its day."},
                    "moving": {"title": "Moving about", "promise": "You can cross town without a car."},
                },
            },
            "themes": {name: {"title": title, "question": asks} for name, (title, asks) in THEMES.items()},
            "services": {
                "place": {"title": "Place", "owner": "Director of Place"},
                **{name: {"title": title, "owner": owner, "within": "place"}
                   for name, (title, owner) in SERVICES.items()},
            },
            "sources": {
                "collections": {
                    "title": "Service returns", "publisher": "Waste and recycling", "licence": "Internal",
                    "link": "https://example.org/returns", "files": ["*.csv"], "format": "delimited",
                    "columns": {"missed": {"header": "Missed", "type": "number"}},
                },
            },
            "measures": {example.measure_id: _entry(example) for example in examples},
        }
    )  # fmt: skip


def _entry(example: Example) -> dict[str, Any]:
    low, high = example.target or (None, None)
    fixed = {"kind": "fixed", "value": low, "reason": "Council plan"}
    band = {"kind": "band", "low": low, "high": high, "reason": "Council plan"}
    return {
        "title": example.title,
        "definition": f"{example.title}, as residents would understand it.",
        "counted": "Everything recorded in the period; duplicates are left out.",
        "caveat": "Recording changed in April 2026." if example.critical_few else None,
        "theme": example.theme,
        "service": example.service,
        "critical_few": example.critical_few,
        "unit": example.unit,
        "decimals": example.decimals,
        "polarity": example.polarity,
        "frequency": {1: "month", 3: "quarter", 12: "year"}[example.months],
        "figures": {"source": "collections", "value": "missed"},
        "targets": [] if low is None else [fixed if low == high else band],
        **MORE.get(example.measure_id, {}),
    }


def publish(data: Path, name: str = NAME, *, factor: float = 1.0, examples: tuple[Example, ...] = EXAMPLES) -> Path:
    """Write the snapshot into a data folder and switch `current` to it; `factor` multiplies every figure."""
    folder = folder_of(data)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(_built(factor, examples))
    switch(folder, name)
    return path


@cache
def _built(factor: float, examples: tuple[Example, ...]) -> bytes:
    """The whole file, written once for each content."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        _write(path, factor, examples)
        return path.read_bytes()


def _write(path: Path, factor: float, examples: tuple[Example, ...]) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA.read_text("utf-8"))
        connection.begin()
        _write_people_and_places(connection)
        _write_catalogue(connection, examples)
        _write_files(connection)
        for position, example in enumerate(examples):
            _write_observations(connection, position, example, factor)
            _write_judgements(connection, example, factor)
        _write_breakdowns(connection, {example.measure_id for example in examples})
        _write_exceptions(connection, examples)
        connection.commit()


def insert(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    """One row; the columns that are not named stay null."""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"insert into {table} ({names}) values ({marks})", list(values.values()))


def _write_catalogue(connection: duckdb.DuckDBPyConnection, examples: tuple[Example, ...]) -> None:
    catalogue = catalogue_of(examples or EXAMPLES[:1])
    insert(
        connection,
        "council",
        area_code=HOME,
        name="Exampleton Council",
        as_at=AS_AT,
        notice="Exampleton is an invented council: none of these figures are real.",
        contact="Performance team, performance@exampleton.example",
        catalogue=catalogue.model_dump_json(by_alias=True),
    )
    tables = catalogue_tables(catalogue, AS_AT)
    about_measures = {"measure", "lifecycle", "rebase", "target"}
    for table, frame in tables.items():
        if len(frame) and (examples or table not in about_measures):
            connection.register("incoming", frame)
            names = ", ".join(frame.columns)
            connection.execute(f"insert into {table} ({names}) select {names} from incoming")
            connection.unregister("incoming")


def _write_breakdowns(connection: duckdb.DuckDBPyConnection, wanted: set[str]) -> None:
    for measure_id, dimension, title, categories in BREAKDOWNS:
        if measure_id not in wanted:
            continue
        for category, figures in categories.items():
            for period, given in zip((between(LAST_MONTH, LAST_MONTH), between(LAST_MONTH - 12, LAST_MONTH - 12)),
                                     figures, strict=True):  # fmt: skip
                insert(
                    connection,
                    "breakdown",
                    measure_id=measure_id,
                    area_code=HOME,
                    dimension=dimension,
                    dimension_title=title,
                    category=category,
                    period_start=period.start,
                    period_end=period.end,
                    period=period.label,
                    value=given if isinstance(given, float) else None,
                    marker=given if isinstance(given, str) else None,
                )


def _write_people_and_places(connection: duckdb.DuckDBPyConnection) -> None:
    insert(
        connection,
        "run",
        run_id="20261120-093000",
        started_at=datetime(2026, 11, 20, 9, 29, 48),
        finished_at=datetime(2026, 11, 20, 9, 30),
        outcome="published",
        catalogue_sha256="0" * 64,
        inputs_sha256="1" * 64,
        council=HOME,
        files_read=3,
        files_refused=1,
        rows_set_aside=3,
        measures=len(EXAMPLES),
        exceptions=4,
        summary="3 files were read and 1 was refused; 3 rows were set aside.",
    )
    for code, (name, level, rank) in AREAS.items():
        insert(
            connection,
            "area",
            area_code=code,
            name=name,
            level=level,
            is_home=code == HOME,
            peer_rank=rank,
            peer_group="Nearest neighbours" if rank else None,
            within=HOME if level == "ward" else None,
        )


def _write_files(connection: duckdb.DuckDBPyConnection) -> None:
    seen = datetime(2026, 11, 20, 9, 0)
    for path, digest, outcome in (
        ("collections.csv", CHECKSUM, "loaded"),
        ("wards.csv", "b" * 64, "loaded"),
        ("repairs_October.xlsx", "c" * 64, "refused"),
        ("notes to self.docx", "d" * 64, "unmatched"),
    ):
        insert(
            connection,
            "source_file",
            sha256=digest,
            path=path,
            bytes=20480,
            modified_at=seen,
            first_seen_at=seen,
            outcome=outcome,
            in_inbox=True,
        )
    for load_id, (path, digest, outcome, accepted, aside) in enumerate(
        (
            ("collections.csv", CHECKSUM, "loaded", 240, 2),
            ("wards.csv", "b" * 64, "loaded", 60, 1),
            ("repairs_October.xlsx", "c" * 64, "refused", 0, 0),
        ),
        start=1,
    ):
        insert(
            connection,
            "load",
            load_id=load_id,
            sha256=digest,
            path=path,
            source_id="collections",
            header_row=1,
            encoding="utf-8",
            outcome=outcome,
            rows_found=accepted + aside + 2,
            rows_accepted=accepted,
            rows_set_aside=aside,
            rows_skipped=2,
            period_start=date(2020, 4, 1),
            period_end=date(2026, 10, 31),
            delimiter=",",
            top=json.dumps([["area", "missed"]]) if aside else None,
        )
    for name, column, passed, failed in (
        ("has the columns of the contract", None, True, 0),
        ("is a whole number", "missed", False, 2),
        ("has each area and period once", None, True, 0),
    ):
        insert(
            connection,
            "check_result",
            load_id=1,
            check_name=name,
            column_name=column,
            rule=name,
            severity="quarantine",
            passed=passed,
            checked=242,
            failed=failed,
            sentence=f"{name}: {failed or 'none'} of 242 rows do not",
        )
    for name, passed, sentence in (
        ("usual_rows", True, "it has 240 rows, as usual"),
        ("blanks", False, "21 of 240 rows, 8.8%, have no '<b>Ward</b>'; the limit is 5%"),
    ):
        insert(
            connection,
            "check_result",
            load_id=1,
            check_name=name,
            rule=name,
            severity="note",
            passed=passed,
            checked=240,
            failed=0 if passed else 240,
            sentence=sentence,
            scope="file",
        )
    for row, cells in (
        (17, (HOME, '=HYPERLINK("http://x")')),
        (18, (HOME, "-4.5")),
        (19, ("@nowhere", "12")),
    ):
        insert(
            connection,
            "quarantined_row",
            load_id=1 if row < 19 else 2,
            source_row=row,
            code="not_a_number",
            sentence=f"Row {row}: 'missed' is not a whole number.",
            cells=json.dumps(cells),
        )
    for month, due, came, state in (
        (8, date(2026, 9, 15), date(2026, 9, 1), "in_time"),
        (9, date(2026, 10, 15), None, "late"),
        (10, date(2026, 11, 15), None, "late"),
        (11, date(2026, 12, 4), None, "due_soon"),
    ):
        period = between(2026 * 12 + month - 1, 2026 * 12 + month - 1)
        insert(
            connection,
            "submission",
            source_id="collections",
            period_start=period.start,
            period_end=period.end,
            period=period.label,
            due_on=due,
            came_on=came,
            state=state,
        )
    insert(
        connection,
        "problem",
        problem_id=1,
        code="missing_column",
        severity="refuse",
        source_id="collections",
        path="repairs_October.xlsx",
        sheet="Return",
        rows=0,
        column_name="Completed on",
        sentence="repairs_October.xlsx, sheet Return: there is no column 'Completed on'.",
        fix="Add the column to the workbook and send the file again; last month's figures stay up.",
    )
    insert(
        connection,
        "problem",
        problem_id=2,
        code="not_a_number",
        severity="quarantine",
        source_id="collections",
        path="collections.csv",
        source_row=17,
        rows=2,
        column_name="missed",
        sentence="collections.csv: two rows have a 'missed' that is not a whole number.",
        fix="Correct rows 17 and 18 in the service system and send the file again.",
    )


def _write_observations(connection: duckdb.DuckDBPyConnection, position: int, example: Example, factor: float) -> None:
    counted = example.measure_id == COUNTED
    for code, scale in {
        HOME: 1.0,
        "E00000002": 0.9,
        "E00000003": 1.05,
        "E00000004": 1.2,
        "E00000005": 0.8,
        "E05000001": 1.1,
        "E05000002": 0.95,
        "E92000001": 1.02,
    }.items():
        for period, given in zip(example.periods, example.figures, strict=True):
            if given is None or (AREAS[code][1] == "ward" and example.months != 1):
                continue
            value = given * scale * factor if isinstance(given, int | float) else None
            latest = period == example.periods[-1]
            insert(
                connection,
                "observation",
                measure_id=example.measure_id,
                area_code=code,
                value=value,
                period_start=period.start,
                period_end=period.end,
                period=period.label,
                load_id=1,
                numerator=value,
                denominator=100 if value is not None else None,
                source_row=None if counted else 40 + position,
                marker=given if isinstance(given, str) else "p" if latest and example.months == 12 else None,
                sha256=CHECKSUM,
                records=1412 if counted else None,
                counted_from=date(2026, 4, 1) if counted else None,
                known_from=datetime(2026, 11, 20, 9, 30),
            )


def _write_judgements(connection: duckdb.DuckDBPyConnection, example: Example, factor: float) -> None:
    before: float | None = None
    for period, given in zip(example.periods, example.figures, strict=True):
        if given is None:
            continue
        value = given * factor if isinstance(given, int | float) else None
        status = _status(value, example)
        shown = figure(value, example.unit, example.decimals)
        moved = _moved(before, value, example.polarity)
        low, high = example.target or (None, None)
        insert(
            connection,
            "judgement",
            measure_id=example.measure_id,
            area_code=HOME,
            period_start=period.start,
            period_end=period.end,
            period=period.label,
            value=value,
            target_low=low,
            target_high=high,
            tolerance=None if low is None else low * 0.05,
            status=status,
            status_sentence=f"{example.title}: {shown} in {period.label}.",
            since=period.start,
            last_period=moved,
            last_year="unknown",
            is_latest=period == example.periods[-1],
            direction_sentence=f"It was {figure(before, example.unit, example.decimals)} the period before.",
        )
        before = value
    if example.measure_id == "satisfaction":
        quarter = between(LAST_YEAR - 11, LAST_YEAR)
        insert(
            connection,
            "judgement",
            measure_id=example.measure_id,
            area_code=HOME,
            period_start=quarter.start,
            period_end=quarter.end,
            period=quarter.label,
            status="overdue",
            is_latest=True,
            status_sentence=f"{example.title}: no figure has come for {quarter.label}.",
            last_period="unknown",
            last_year="unknown",
            direction_sentence="The direction cannot be said.",
        )


def _status(value: float | None, example: Example) -> Status:
    if value is None:
        return Status.unavailable
    if example.target is None:
        return Status.no_target
    low, high = example.target
    short = {"higher": low - value, "lower": value - high}.get(example.polarity, max(low - value, value - high))
    return Status.on_target if short <= 0 else Status.close if short <= low * 0.05 else Status.off_target


def _moved(before: float | None, value: float | None, polarity: str) -> str:
    if before is None or value is None:
        return "unknown"
    if before == value:
        return "same"
    if polarity in ("neutral", "band"):
        return "higher" if value > before else "lower"
    return "better" if (value > before) == (polarity == "higher") else "worse"


STATES = ("continuing", "improving", "relapsed", "new")
"""Of the exceptions, in their order."""
OTHERS = (
    ("missed_bins", "hidden_part", "E05000001", "", True, "continuing",
     "Missed bin collections, Harbour ward: 240 there, 60 elsewhere."),
    ("missed_bins", "improved", HOME, "", False, "new", "Missed bin collections: better since April 2026."),
    ("call_wait", "improved", HOME, "", False, "resolved", "Average wait on the telephone: 3.1 minutes, on target."),
    ("relet", "improved", HOME, "", False, "continuing", "Days to relet an empty home: better since Q3 2025/26."),
    ("fly_tips", "improved", HOME, "", False, "continuing", "Fly-tips cleared in two days: better since May 2026."),
    ("missed_bins", "sudden", HOME, "Food waste", True, "resolved",
     "Missed bin collections, Food waste: no longer sudden."),
    ("missed_bins", "sudden", HOME, "Garden waste", True, "accepted",
     "Missed bin collections, Garden waste: 31 in Oct 2026; the crews are in training."),
)  # fmt: skip
"""A ward hidden behind the council, good news, an end and an acceptance: measure, rule, area, part, ..."""
EVIDENCE = (
    ("missed_bins", "off_target", "leading", "target", "off_target", "92 in Oct 2026 against a target of 60."),
    ("missed_bins", "off_target", "also", "change", "sustained", "At a higher level for 5 months."),
    ("missed_bins", "off_target", "also", "variation", "special_cause_concern", "At a higher level for 5 months."),
    ("missed_bins", "off_target", "confirms", "direction", "rising", "Clearly rising over the last 12 months."),
    ("satisfaction", "data_missing", "leading", "data", "late", "No figure for 2025/26, due on 30 June 2026."),
)
FINDINGS = (
    ("missed_bins", HOME, "shape", "small_counts", None, "It rests on small counts."),
    ("missed_bins", HOME, "target", "off_target", True, "92 against a target of 60."),
    ("missed_bins", HOME, "change", "sustained", True, "At a higher level for 5 months."),
    ("missed_bins", HOME, "direction", "not_judged", None, "Too few figures to tell a rise from chance."),
    ("missed_bins", HOME, "assurance", "not_judged", None, "Too few figures to tell a rise from chance."),
    ("missed_bins", HOME, "peers", "best_quarter", False, "Exampleton is 2nd of 13."),
    ("missed_bins", HOME, "variation", "common_cause", None, "Within its usual limits."),
    (
        "missed_bins",
        HOME,
        "forecast",
        "will_miss",
        True,
        "Forecast for 2026/27: 70 (between 60 and 80): likely to miss.",
    ),
    ("missed_bins", HOME, "data", "stale_definition", None, "Nobody has decided on the measure for 43 months."),
    ("missed_bins", "E05000001", "parts", "hidden", True, "Harbour ward: 240 there, 60 elsewhere."),
    ("missed_bins", "E05000002", "parts", "as_expected", None, "Hill ward: no more than chance explains."),
    ("repairs", HOME, "shape", "apart", None, "It builds up over the year."),
    ("gas_safety", HOME, "target", "too_few", None, "So few that it is too few to call."),
    ("gas_safety", HOME, "shape", "too_few", None, "There are fewer than five figures."),
    ("fly_tips", HOME, "shape", "regular", None, "Its figures are regular enough."),
    ("fly_tips", HOME, "change", "not_judged", None, "More than half of its figures are the same."),
)
"""All ten judgements of the first measure; measures that build up, rest on few cases, and cannot be judged."""
KINDS = ("common_cause", "special_cause_concern", "special_cause_improvement", "special_cause_neutral_high",
         "special_cause_neutral_low")  # fmt: skip
VARIED = ("missed_bins", COUNTED)


def _write_exceptions(connection: duckdb.DuckDBPyConnection, examples: tuple[Example, ...]) -> None:
    wanted = (
        (
            "missed_bins",
            "off_target",
            "high",
            "Missed bin collections were 92 per 100,000 in Oct 2026 against a"
            " target of 60: off target for five months and rising.",
        ),
        (
            "recycling",
            "off_target",
            "medium",
            "Household waste recycled was 44.8% in 2025/26 against a target of 50%: off target for seven years.",
        ),
        (
            "foi",
            "off_target",
            "high",
            "Information requests answered in 20 days were 79.5% in Q2 2026/27 against a"
            " target of 90%: off target for a year and falling.",
        ),
        (
            "satisfaction",
            "data_missing",
            "low",
            "No figure has come for residents satisfied with the council in 2025/26; it was due on 30 June 2026.",
        ),
    )
    held = {example.measure_id: example for example in examples}
    for position, (measure_id, rule, severity, sentence) in enumerate(wanted):
        if measure_id not in held:
            continue
        insert(
            connection,
            "exception",
            measure_id=measure_id,
            area_code=HOME,
            rule=rule,
            since=held[measure_id].periods[0].start if held[measure_id].figures else date(2025, 4, 1),
            severity=severity,
            sentence=sentence,
            position=position,
            period_start=date(2026, 7, 1),
            period_end=date(2026, 9, 30),
            owner=SERVICES[held[measure_id].service][1],
            evidence=json.dumps({"periods": 5}),
            state=STATES[position],
            periods=5,
            confirmed=position == 0,
            question=f"What is being done about ‘{held[measure_id].title}’?",
        )
    if "missed_bins" in held:
        _write_other_exceptions(connection)
        _write_findings(connection)
        for measure_id in VARIED:
            _write_variation(connection, held[measure_id])


def _write_other_exceptions(connection: duckdb.DuckDBPyConnection) -> None:
    """The other exceptions, what stands behind two of them, and how many chance alone would give."""
    for position, (measure_id, rule, area, part, adverse, state, sentence) in enumerate(OTHERS, start=10):
        insert(
            connection,
            "exception",
            measure_id=measure_id,
            area_code=area,
            part=part,
            rule=rule,
            adverse=adverse,
            state=state,
            periods=3,
            since=date(2026, 7, 1),
            accepted_until=date(2027, 3, 31) if state == "accepted" else None,
            severity="low",
            sentence=sentence,
            position=position,
            period_start=date(2026, 9, 1),
            period_end=date(2026, 9, 30),
            owner="Head of Waste",
            question="What is different there?",
            evidence="{}",
        )
    for position, (measure_id, rule, role, judgement, status, sentence) in enumerate(EVIDENCE):
        insert(
            connection,
            "exception_evidence",
            measure_id=measure_id,
            area_code=HOME,
            part="",
            exception_rule=rule,
            position=position,
            role=role,
            judgement=judgement,
            status=status,
            strength=1.0,
            sentence=sentence,
            evidence="{}",
        )
    insert(
        connection,
        "exception_summary",
        as_at=AS_AT,
        judged=16,
        expected_by_chance=0.1,
        sentence="Of 16 measures judged, about 0.1 would be flagged by chance alone in one reporting period.",
        concerns=5,
        confirmed=1,
        improvements=4,
        resolved=1,
        accepted=1,
    )


def _write_findings(connection: duckdb.DuckDBPyConnection) -> None:
    for measure_id, area, judgement, status, adverse, sentence in FINDINGS:
        insert(
            connection,
            "finding",
            measure_id=measure_id,
            area_code=area,
            judgement=judgement,
            status=status,
            adverse=adverse,
            strength=1.0,
            sentence=sentence,
            evidence="{}",
            period_start=date(2026, 10, 1),
            period_end=date(2026, 10, 31),
        )


def _write_variation(connection: duckdb.DuckDBPyConnection, example: Example) -> None:
    """Each figure on its XmR chart, of every kind in turn; what builds up is charted by what was added."""
    for at, (period, given) in enumerate(zip(example.periods, example.figures, strict=True)):
        if isinstance(given, int | float):
            insert(
                connection,
                "variation",
                measure_id=example.measure_id,
                area_code=HOME,
                period_start=period.start,
                period_end=period.end,
                value=given if example.measure_id != COUNTED else given / 2,
                mean=60,
                lower_limit=45,
                upper_limit=75,
                label="Above UCL" if at % len(KINDS) else "Common Cause",
                kind=KINDS[at % len(KINDS)],
            )
