"""One measure judged again as at one of its periods, from the snapshot alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import duckdb
import numpy as np
from pydantic import ValidationError

from pipelines.explain.period import period_of
from pipelines.judging import Judgements
from pipelines.panels import by_period, panel_of
from pipelines.recomputing import Held, findings_in, held_in, judged_from, of_one, until
from scorecard.catalogue import Measure
from scorecard.errors import SettingError
from scorecard.judge.due import expected_of
from scorecard.judge.finding import Finding
from scorecard.judge.judged import Judged, judge
from scorecard.judge.panel import Panel
from scorecard.periods import Period
from scorecard.snapshot.store import Snapshot


@dataclass(frozen=True)
class JudgedThen:
    """An area's series as it was judged, or would have been, when `period` was its latest."""

    held: Held
    """What was judged: nothing later than the period."""
    measure_id: str
    area: str
    name: str
    period: Period
    is_latest: bool
    """Whether the period is the latest of the snapshot, so that nothing was left out."""
    judged: Judged
    """With every number in the middle; its first row is the council."""
    judgements: Judgements
    """What a run would have published."""

    @property
    def measure(self) -> Measure:
        """As the snapshot's catalogue has it."""
        return self.held.catalogue.measures[self.measure_id]

    @property
    def row(self) -> int:
        """The area's row in the panel."""
        return self.judged.panel.row(self.area)

    @property
    def column(self) -> int:
        """The period's column in the panel."""
        return int(self.judged.panel.last[self.row])

    @property
    def is_home(self) -> bool:
        """Whether it is the council itself, and not a part of it."""
        return self.area == self.held.areas.home

    @cached_property
    def of_areas(self) -> dict[str, list[Finding]]:
        """By area code, all findings of the measure."""
        found, _ = findings_in(self.judgements.tables["finding"], self.measure_id)
        return {area: many for (_, area), many in found.items()}

    @property
    def findings(self) -> list[Finding]:
        """Those of the area, its parts among them."""
        return self.of_areas.get(self.area, [])

    def finding(self, judgement: str) -> Finding | None:
        """The area's first finding of a judgement."""
        return next((each for each in self.findings if each.judgement == judgement), None)


def judged_then(snapshot: Snapshot, measure_id: str, area: tuple[str, str], wanted: str) -> JudgedThen:
    """Judge a measure again as at the period that is `wanted`, for an area (its code and name).

    Raises SettingError when the snapshot cannot be judged again, has no such measure, does not judge the area, or the
    area has no figure for the period.
    """
    held = _held(snapshot)
    if measure_id not in held.catalogue.measures:
        raise SettingError(
            f"Snapshot {snapshot.name} does not have the measure '{measure_id}'.",
            why="It came into the catalogue after that snapshot was published.",
            fix="Load again with: python -m pipelines run",
        )
    code, name = area
    areas = [held.areas.home, *held.areas.parts]
    if code not in areas:
        raise SettingError(
            f"{name} is not judged.",
            why="Only the council and its own wards are; the figures of other areas are there to compare with.",
            fix="Leave out --area for the council, or give one of its wards.",
        )
    one = of_one(held, measure_id)
    whole = _panel(one, measure_id, areas)
    period = period_of(whole, whole.row(code), wanted, name)
    is_latest = period == whole.periods[int(whole.last[whole.row(code)])]
    then = one if is_latest else until(one, measure_id, period, _day_of(one, measure_id, period))
    return JudgedThen(
        then, measure_id, code, name, period, is_latest, _judged(then, measure_id, areas), judged_from(then)
    )


def _held(snapshot: Snapshot) -> Held:
    try:
        return held_in(snapshot.path)
    except (duckdb.Error, ValidationError) as fault:
        raise SettingError(
            f"Snapshot {snapshot.name} cannot be judged again.",
            why=f"It is damaged or was published by another version: {str(fault).splitlines()[0]}.",
            fix="Publish anew with: python -m pipelines run --force",
        ) from fault


def _panel(held: Held, measure_id: str, areas: list[str]) -> Panel:
    rows = held.figures.observations
    return panel_of(measure_id, held.catalogue.measures[measure_id], rows[rows["measure_id"] == measure_id], areas)


def _judged(held: Held, measure_id: str, areas: list[str]) -> Judged:
    measure = held.catalogue.measures[measure_id]
    peers = by_period(_panel(held, measure_id, list(held.areas.peers)))
    return judge(
        _panel(held, measure_id, areas), held.catalogue.tolerance_of(measure), peers, held.as_at,
        held.catalogue.defaults.variation,
    )  # fmt: skip


def _day_of(held: Held, measure_id: str, period: Period) -> date:
    """The day on which the figure of a period was due; the day after it ended, where none is set."""
    expected = expected_of(held.catalogue.measures[measure_id], held.catalogue)
    return min(held.as_at, expected.due_on(period.end) if expected else period.end + timedelta(days=1))


def figures_of(then: JudgedThen) -> int:
    """How many figures the series has up to the period."""
    return int(np.sum(then.judged.panel.held[then.row]))
