"""Items as rows of register_item and its companions, in the columns of schema.sql."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pipelines.registers.names import Names
from pipelines.registers.reading import Held, Report
from pipelines.registers.rows import MEETS
from pipelines.registers.wholes import wholes_of
from scorecard.catalogue import Register, Source
from scorecard.registers.scores import is_stuck, red_since
from scorecard.registers.state import State

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Judged:
    """One register judged: its items and their states."""

    register_id: str
    register: Register
    source: Source
    items: Sequence[Held]
    states: Sequence[State]
    as_at: date
    names: Names
    """How its cells name services, measures, goals and items of registers."""

    def pairs(self) -> Iterator[tuple[Held, State]]:
        """Each item with its state."""
        return zip(self.items, self.states, strict=True)

    @cached_property
    def wholes(self) -> Mapping[str, str]:
        """Item → the item that it is part of."""
        named = self.register.columns.part_of
        return wholes_of({held.item.item_id: held.cell(named) for held in self.items}) if named else {}

    def meeting(self, condition: str) -> set[str]:
        """The items whose latest row meets a condition of the catalogue; all of them where there is none."""
        return {held.item.item_id for held in self.items if held.row.get(f"{MEETS}{condition}", True)}


def item_rows(judged: Judged) -> Rows:
    """register_item: one row an item."""
    return [_item(judged, held, state) for held, state in judged.pairs()]


def _item(judged: Judged, held: Held, state: State) -> dict[str, Any]:
    item, columns, latest = held.item, judged.register.columns, held.latest
    ended = item.ended if item.ended and item.ended <= judged.as_at else None
    return {
        "register_id": judged.register_id,
        "item_id": item.item_id,
        "title": item.title,
        "owner": item.owner,
        "service_id": judged.names.service(_cell(held, columns.service)),
        "opened": item.opened,
        "due": item.due,
        "current_due": item.current_due,
        "times_redated": item.times_redated,
        "closed": item.closed,
        "signed_off": item.signed_off,
        "ended": ended,
        "reported": _cell(held, columns.status),
        "state": state.state,
        "sentence": state.sentence,
        "contradicted": state.contradicted,
        "days_late": item.days_late(judged.as_at),
        "done": item.done,
        "rating": item.rating,
        **_rated(held.reports),
        "reason": _cell(held, columns.reason),
        "way_forward": _cell(held, columns.way_forward),
        "evidence": _cell(held, columns.evidence),
        "priority": item.priority,
        "part_of": judged.wholes.get(item.item_id),
        "stage": _stage(judged.register, held, judged.as_at),
        **_scored(judged, held),
        "reported_on": latest.reported_on,
        "details": json.dumps(_details(judged, held), ensure_ascii=False),
        "load_id": int(held.row["load_number"]),
        "source_row": int(held.row["source_row"]),
    }


def _rated(reports: Sequence[Report]) -> dict[str, Any]:
    """The rating of the report before, and since when it has been as it is."""
    since = None
    for report in reversed(reports):
        if report.rating is None or report.rating != reports[-1].rating:
            break
        since = report.reported_on
    return {"rating_before": reports[-2].rating if len(reports) > 1 else None, "rating_since": since}


def _scored(judged: Judged, held: Held) -> dict[str, Any]:
    score, scores = held.latest.score, judged.register.scores
    if score is None or scores is None:
        return {"is_stuck": False}
    told = [(each.reported_on, each.score.residual) for each in held.reports if each.reported_on and each.score]
    since = red_since(told, scores.red_from)
    is_over = held.item.ended is not None and held.item.ended <= judged.as_at
    return {
        "inherent": score.inherent,
        "residual": score.residual,
        "residual_likelihood": score.likelihood,
        "residual_impact": score.impact,
        "target_score": score.target,
        "appetite": score.appetite,
        "red_since": since,
        "is_stuck": not is_over and is_stuck(since, judged.as_at, scores),
    }


def _stage(register: Register, held: Held, as_at: date) -> str | None:
    """The last stage of its way that it has reached, in the order in which they are declared."""
    reached = [stage.title for stage in register.stages if (day := held.row[stage.on]) is not None and day <= as_at]
    return reached[-1] if reached else None


def _details(judged: Judged, held: Held) -> dict[str, str]:
    """Heading → cell of the further columns that have something in them."""
    named = judged.source.columns
    found = {named[name].heading: _cell(held, name) for name in judged.register.details}
    return {heading: cell for heading, cell in found.items() if cell}


def companion_rows(judged: Judged) -> Mapping[str, Rows]:
    """register_due, register_link, register_report, register_clock and register_stage."""
    found: dict[str, Rows] = {"register_due": [], "register_link": [], "register_report": [], "register_clock": []}
    found["register_stage"] = []
    for held in judged.items:
        key = {"register_id": judged.register_id, "item_id": held.item.item_id}
        found["register_due"] += [{**key, "position": at, "due_on": day} for at, day in enumerate(held.item.dues)]
        found["register_link"] += [{**key, **link} for link in judged.names.links(judged.register, held)]
        found["register_report"] += [{**key, **_report(judged.register, each)} for each in held.reports
                                     if each.reported_on]  # fmt: skip
        found["register_clock"] += [
            {
                **key, "position": each.position, "title": each.title, "due_on": each.due_on,
                "extended_to": each.extended_to, "met_on": each.met_on, "state": each.state,
            }
            for each in held.timings
        ]  # fmt: skip
        found["register_stage"] += [
            {**key, "position": at, "title": stage.title, "reached_on": day}
            for at, stage in enumerate(judged.register.stages)
            if (day := held.row[stage.on]) is not None and day <= judged.as_at
        ]
    return found


def _report(register: Register, report: Report) -> dict[str, Any]:
    columns = register.columns
    return {
        "reported_on": report.reported_on,
        "status": report.row[columns.status] if columns.status else None,
        "rating": report.rating,
        "done": report.row[columns.done] if columns.done else None,
        "residual": report.score.residual if report.score else None,
        "reason": report.row[columns.reason] if columns.reason else None,
        "way_forward": report.row[columns.way_forward] if columns.way_forward else None,
    }


def _cell(held: Held, name: str | None) -> str | None:
    return held.cell(name) if name else None
