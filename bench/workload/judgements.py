"""Everything: all ten judgements of every series of the workload, the exceptions, and their tables in a snapshot."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from bench.workload.council import HOME, catalogue_of, frame_of
from bench.workload.observations import observations
from pipelines.before import Before
from pipelines.finding_rows import finding_rows, together
from pipelines.judging import Areas, Figures, judge_all
from pipelines.panels import panel_of
from pipelines.part_judging import of_measure
from pipelines.publish import publish
from pipelines.records.counting import BREAKDOWN
from scorecard.catalogue import Catalogue
from scorecard.judge.data import data_findings
from scorecard.judge.due import next_due
from scorecard.judge.finding import Finding
from scorecard.judge.panel import Panel
from scorecard.judge.peers.comparison import compare
from scorecard.judge.peers.findings import peers_finding
from scorecard.periods import Period

Series = tuple[str, str]


def store_judgements(source: Path, data: Path) -> None:
    """Read the workload's input, judge it, and publish the tables of the judgements into the folder `data`.

    The areas are the parts of a council that is all of them together. `judge_all` makes eight of the ten judgements
    of each area. The two that it makes of the council alone are here made of every area too: each is held beside the
    others as its peers, and its data are judged.
    """
    found = observations(source)
    catalogue, frame = catalogue_of(found), frame_of(found)
    as_at = catalogue.council.as_at
    assert as_at is not None, "catalogue_of gives a day"
    figures = Figures(frame, pd.DataFrame(columns=BREAKDOWN))
    judged = judge_all(catalogue, figures, Areas(HOME, found.areas, (), {}, {}), as_at, Before())
    others = _Others(catalogue, as_at)
    for measure_id, of_one in of_measure(frame).items():
        others.add(panel_of(measure_id, catalogue.measures[measure_id], of_one, found.areas))
    findings = together([judged.tables["finding"], finding_rows(others.findings, others.periods)])
    publish(data, {**judged.tables, "finding": findings})


@dataclass
class _Others:
    """What is made of every area that `judge_all` makes of the council alone."""

    catalogue: Catalogue
    as_at: date
    findings: dict[Series, list[Finding]] = field(default_factory=dict)
    periods: dict[Series, Period] = field(default_factory=dict)

    def add(self, panel: Panel) -> None:
        expected = self.catalogue.sources[panel.measure.source_ids[0]].expected
        for row, area in enumerate(panel.areas):
            last = int(panel.last[row])
            if last < 0:
                continue
            home, peers = _some(panel, [row]), _some(panel, [each for each in range(len(panel.areas)) if each != row])
            compared = compare(home, peers)
            due = next_due(expected, panel.periods[last], self.as_at) if expected else None
            found = [peers_finding(compared, panel.measure, area)] if compared else []
            self.findings[panel.measure_id, area] = [*found, *data_findings(home, area, self.as_at, due)]
            self.periods[panel.measure_id, area] = panel.periods[last]


def _some(panel: Panel, at: list[int]) -> Panel:
    """The panel of some of its areas, by their rows."""
    arrays = {
        name: getattr(panel, name)[at]
        for name in ("values", "numerators", "denominators", "lower", "upper", "markers", "exists")
    }
    areas = tuple(np.array(panel.areas, dtype=object)[at])
    return Panel(panel.measure_id, panel.measure, areas, panel.periods, regular=panel.regular, **arrays)
