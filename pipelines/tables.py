"""The tables of a snapshot, in the columns of schema.sql."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from pipelines.committee_rows import committee_rows
from pipelines.cycle_rows import cycle_rows
from pipelines.intake import Intake
from pipelines.load import Load
from pipelines.measure_rows import lifecycle_rows, measure_rows, rebase_rows, target_rows
from pipelines.problems import Problem
from scorecard.catalogue import Catalogue


def catalogue_tables(catalogue: Catalogue, as_at: date) -> dict[str, pd.DataFrame]:
    """theme, goal, service, committee and its tables, the cycles and theirs, source, measure and its tables, as rows.

    They are in the catalogue's order. A measure's stage is that of the day `as_at`.
    """
    themes = [
        {"theme_id": name, "position": at, "title": theme.title, "question": theme.question}
        for at, (name, theme) in enumerate(catalogue.themes.items())
    ]
    services = [
        {"service_id": name, "position": at, "title": each.title, "owner": each.owner, "within": each.within}
        for at, (name, each) in enumerate(catalogue.services.items())
    ]
    sources = [
        {"source_id": name, "title": s.title, "publisher": s.publisher, "licence": s.licence, "link": s.link}
        for name, s in catalogue.sources.items()
    ]
    plan = catalogue.plan
    goals = [
        {"goal_id": name, "position": at, "title": goal.title, "promise": goal.promise, "plan": plan.title}
        for at, (name, goal) in enumerate(plan.goals.items())
    ] if plan else []  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "theme": themes,
        "goal": goals,
        "service": services,
        **committee_rows(catalogue),
        **cycle_rows(catalogue, as_at),
        "source": sources,
        "lifecycle": lifecycle_rows(catalogue),
        "rebase": rebase_rows(catalogue),
        "target": target_rows(catalogue),
    }
    tables = {name: pd.DataFrame(many) for name, many in rows.items()}
    measures = pd.DataFrame(measure_rows(catalogue, as_at)).astype({"small_numbers": "Int64", "lg_inform": "Int64"})
    return {**tables, "measure": measures}


def council_table(catalogue: Catalogue, intake: Intake, as_at: date) -> pd.DataFrame:
    """One row: the home council, the day lateness is judged as at, and the whole catalogue."""
    home = intake.areas.places[intake.areas.home]
    chosen = catalogue.council.home
    is_catalogues = intake.areas.home == intake.areas.known(chosen)
    return pd.DataFrame(
        [
            {
                "area_code": home.code,
                "name": catalogue.council.name if is_catalogues else home.name,
                "as_at": as_at,
                "notice": catalogue.council.notice,
                "contact": catalogue.council.contact,
                "catalogue": catalogue.model_dump_json(by_alias=True),
            }
        ]
    )


def area_table(intake: Intake, used: Iterable[str]) -> pd.DataFrame:
    """One row for each area that has figures, is home, is a peer, or is within home."""
    home, ranks = intake.areas.home, {code: rank for rank, code in enumerate(intake.peers.codes, start=1)}
    wanted = {*used, home, *ranks, *intake.areas.parts()}
    return pd.DataFrame(
        {
            "area_code": place.code,
            "name": place.name,
            "level": place.level,
            "within": place.within,
            "ended_on": place.ended_on,
            "replaced_by": ",".join(place.replaced_by) or None,
            "is_home": place.code == home,
            "peer_rank": ranks.get(place.code),
            "peer_group": intake.peers.group if place.code in ranks else None,
        }
        for place in intake.areas.places.values()
        if place.code in wanted
    ).astype({"peer_rank": "Int64"})


def file_table(intake: Intake, seen: Mapping[tuple[str, str], datetime], now: datetime) -> pd.DataFrame:
    """One row per version of a file: those in the inbox, and earlier ones whose figures still stand.

    `seen` says by path and sha256 when a version was first found; moments are UTC.
    """
    outcomes: dict[tuple[str, str], set[str]] = {}
    for load in intake.loads:
        key = (load.file.sha256, load.file.path)
        outcomes.setdefault(key, set()).add("refused" if load.refused else "loaded")
    words = {frozenset({"loaded"}): "loaded", frozenset({"refused"}): "refused", frozenset(): "unmatched"}

    def outcome(key: tuple[str, str]) -> str:
        return intake.aside.get(key) or words.get(frozenset(outcomes.get(key, set())), "part_loaded")

    return pd.DataFrame(
        {
            "sha256": file.sha256,
            "path": file.path,
            "bytes": file.size,
            "modified_at": file.modified_at.astimezone(UTC).replace(tzinfo=None),
            "first_seen_at": seen.get((file.path, file.sha256), now).astimezone(UTC).replace(tzinfo=None),
            "outcome": outcome((file.sha256, file.path)),
            "in_inbox": file.in_inbox,
        }
        for file in intake.files
    )


def load_tables(intake: Intake) -> dict[str, pd.DataFrame]:
    """load, check_result and quarantined_row; a load's id is its position in the intake."""
    loads = [_load(number, load) for number, load in enumerate(intake.loads)]
    checks = [
        {
            "load_id": number,
            "check_name": result.name,
            "column_name": result.column,
            "rule": result.rule,
            "severity": result.severity.value,
            "passed": result.passed,
            "checked": result.checked,
            "failed": result.failed,
            "sentence": result.sentence,
            "scope": result.scope,
        }
        for number, load in enumerate(intake.loads)
        for result in load.results
    ]
    held = [
        {
            "load_id": number,
            "source_row": row.row,
            "code": row.code.value,
            "sentence": row.sentence,
            "cells": json.dumps(row.cells, ensure_ascii=False),
            "put_right_in": load.put_right.get(row.row),
        }
        for number, load in enumerate(intake.loads)
        for row in load.held
    ]
    rows = {"load": loads, "check_result": checks, "quarantined_row": held}
    return {name: pd.DataFrame(many) for name, many in rows.items()}


def _load(number: int, load: Load) -> dict[str, Any]:
    return {
        "load_id": number,
        "sha256": load.file.sha256,
        "path": load.file.path,
        "source_id": load.source_id,
        "sheet": load.sheet,
        "encoding": load.encoding,
        "header_row": load.header_row,
        "outcome": "refused" if load.refused else "loaded",
        "rows_found": load.rows_found,
        "rows_accepted": load.rows_accepted,
        "rows_set_aside": len(load.held),
        "rows_skipped": load.rows_skipped,
        "period_start": load.period.start if load.period and not load.refused else None,
        "period_end": load.period.end if load.period and not load.refused else None,
        "delimiter": load.whole.delimiter if load.whole else None,
        "top": json.dumps(load.top, ensure_ascii=False) if load.held else None,
    }


def problem_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """One row per problem, the gravest first."""
    order = {"refuse": 0, "quarantine": 1, "note": 2}
    ranked = sorted(problems, key=lambda each: (order[each.severity.value], each.path or "", each.row or 0, each.code))
    frame = pd.DataFrame(
        {
            "problem_id": number,
            "code": each.code.value,
            "severity": each.severity.value,
            "source_id": each.source_id,
            "path": each.path,
            "sheet": each.sheet,
            "source_row": each.row,
            "column_name": each.column,
            "rows": each.rows,
            "sentence": each.sentence,
            "fix": each.fix,
        }
        for number, each in enumerate(ranked, start=1)
    )
    return frame.astype({"source_row": "Int64"}) if len(frame) else frame
