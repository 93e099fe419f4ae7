"""Wards and categories of breakdowns against the rest of the council: all tests of a run, then what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from pipelines.panels import panel_of
from scorecard.judge.finding import Finding
from scorecard.judge.judged import Judged
from scorecard.judge.panel import Figures
from scorecard.judge.parts.findings import find_parts
from scorecard.judge.parts.multiplicity import across
from scorecard.judge.parts.parts import PartTests, chances_of, parts_of
from scorecard.judge.status import STATUSES, Status

Series = tuple[str, str]


@dataclass(frozen=True)
class _Asked:
    """The parts of one measure in one dimension, and the council's own standing."""

    measure_id: str
    tests: PartTests
    low: Figures
    high: Figures
    tolerance: Figures
    home: Status
    dimension: str = ""
    """The heading of the breakdown; empty for wards."""


@dataclass
class PartTestsOfRun:
    """Every part of the council that a run looks at; decided together, so that many looks do not make many alarms."""

    home: str
    names: Mapping[str, str]
    asked: list[_Asked] = field(default_factory=list)

    def add(self, judged: Judged, frame: pd.DataFrame, breakdown: pd.DataFrame) -> None:
        """Look at the wards of a measure (the rows of its panel after the first) and at its breakdowns.

        `frame` has the measure's observations, `breakdown` its rows of the table breakdown.
        """
        if len(judged.panel.areas) > 1 and judged.panel.held[1:].any():
            lines = judged.standing.lines
            tests = chances_of(parts_of(judged.panel, self.names))
            self._ask(judged, tests, (lines.low[1:], lines.high[1:], lines.tolerance[1:]), "")
        if breakdown.empty:
            return
        own = frame[frame["area_code"] == self.home]
        for dimension, rows in breakdown[breakdown["area_code"] == self.home].groupby("dimension_title", sort=False):
            categories = list(dict.fromkeys(rows["category"]))
            both = pd.concat([own, rows.assign(area_code=rows["category"], lower=np.nan, upper=np.nan)])
            panel = panel_of(judged.panel.measure_id, judged.panel.measure, both, [self.home, *categories])
            if panel.periods == judged.panel.periods:
                lines = judged.standing.lines
                home_lines = (lines.low[:1], lines.high[:1], lines.tolerance[:1])
                self._ask(judged, chances_of(parts_of(panel, {}, alike=False)), home_lines, str(dimension))

    def _ask(self, judged: Judged, tests: PartTests, lines: tuple[Figures, Figures, Figures], dimension: str) -> None:
        last = int(judged.panel.last[0])
        if last >= 0:
            home = STATUSES[judged.standing.status[0, last]]
            self.asked.append(_Asked(judged.panel.measure_id, tests, *lines, home, dimension))

    def findings(self) -> dict[Series, list[Finding]]:
        """What the parts have to say: a ward's under its own area, a category's under the council's."""
        found: dict[Series, list[Finding]] = {}
        told: set[tuple[str, str]] = set()
        verdicts = across([each.tests.chance for each in self.asked])
        for asked, verdict in zip(self.asked, verdicts, strict=True):
            lines = (asked.low, asked.high, asked.tolerance)
            for key, finding in find_parts(asked.tests, verdict, *lines, asked.home).items():
                if asked.dimension:
                    name = f"{key} ({asked.dimension})" if (asked.measure_id, key) in told else key
                    told.add((asked.measure_id, key))
                    where = replace(finding, evidence={**finding.evidence, "where": name})
                    found.setdefault((asked.measure_id, self.home), []).append(where)
                else:
                    found.setdefault((asked.measure_id, key), []).append(finding)
        return found


def of_measure(frame: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """The rows of each measure."""
    return {str(name): rows for name, rows in frame.groupby("measure_id", sort=False)} if len(frame) else {}
