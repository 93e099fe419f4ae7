"""Judge every series of the home council and its wards, and find the exceptions among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isnan

import pandas as pd

from pipelines.before import Before
from pipelines.exception_rows import exception_tables
from pipelines.finding_rows import finding_rows, forecast_rows, together, variation_rows
from pipelines.judgement_rows import judgement_rows
from pipelines.panels import by_period, panel_of
from pipelines.part_judging import PartTestsOfRun, of_measure
from scorecard.catalogue import Catalogue, Measure, PeerMedianTarget, PeerQuartileTarget, Stage, stage_on
from scorecard.judge.data import Loaded, data_findings
from scorecard.judge.due import Due, expected_of, next_due
from scorecard.judge.exceptions import ExceptionList, exceptions
from scorecard.judge.finding import Finding
from scorecard.judge.forecast import Made, back_cast, merge, outturns, rows, score, with_outturns
from scorecard.judge.judged import Judged, judge
from scorecard.judge.panel import Panel
from scorecard.judge.peers.comparison import compare
from scorecard.judge.peers.findings import peers_finding
from scorecard.judge.target import PeerValues
from scorecard.periods import Period

Series = tuple[str, str]


@dataclass(frozen=True)
class Areas:
    """The places of a run, by area code."""

    home: str
    parts: Sequence[str]
    peers: Sequence[str]
    names: Mapping[str, str]
    people: Mapping[str, float]


@dataclass(frozen=True)
class Figures:
    """What is judged: the observations, the breakdowns, and what is known of the files they came from."""

    observations: pd.DataFrame
    breakdown: pd.DataFrame
    sources: Mapping[int, str] = field(default_factory=dict)
    """Load → title of its source."""
    loaded: Mapping[str, Loaded] = field(default_factory=dict)
    """Source → what became of the rows of its files."""


@dataclass(frozen=True)
class Judgements:
    """The tables that judging fills, in the columns of schema.sql, and the exceptions they hold."""

    tables: Mapping[str, pd.DataFrame]
    listed: ExceptionList


def judge_all(catalogue: Catalogue, figures: Figures, areas: Areas, as_at: date, before: Before) -> Judgements:
    """Judge the home area and its parts (wards) as at a day, and list the exceptions.

    `before` is what the snapshot before this one knew: its exceptions, figures and forecasts.
    """
    run = _Run(catalogue, figures, areas, as_at, before, PartTestsOfRun(areas.home, areas.names))
    frames, breakdowns = of_measure(figures.observations), of_measure(figures.breakdown)
    none = figures.observations.iloc[0:0], figures.breakdown.iloc[0:0]
    for measure_id, measure in catalogue.measures.items():
        frame, breakdown = frames.get(measure_id, none[0]), breakdowns.get(measure_id, none[1])
        run.measure(measure_id, measure, frame, breakdown)
    return run.ended()


@dataclass
class _Run:
    catalogue: Catalogue
    figures: Figures
    areas: Areas
    as_at: date
    before: Before
    part_tests: PartTestsOfRun
    judgements: list[pd.DataFrame] = field(default_factory=list)
    variations: list[pd.DataFrame] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    findings: dict[Series, list[Finding]] = field(default_factory=dict)
    periods: dict[Series, Period] = field(default_factory=dict)

    def measure(self, measure_id: str, measure: Measure, frame: pd.DataFrame, breakdown: pd.DataFrame) -> None:
        """Judge one measure: `frame` has its observations, `breakdown` its rows of the table breakdown."""
        home = self.areas.home
        panel = panel_of(measure_id, measure, frame, [home, *self.areas.parts])
        own = panel_of(measure_id, measure, frame, [home])
        peers = panel_of(measure_id, measure, frame, self.areas.peers)
        kept = self._kept(own)
        judged = judge(
            panel, self.catalogue.tolerance_of(measure), _peer_values(peers), self.as_at,
            self.catalogue.defaults.variation, score(kept),
        )  # fmt: skip
        due = _due(self.catalogue, panel, home, self.as_at)
        self.judgements.append(judgement_rows(panel, judged.standing, {home: due} if due else {}))
        self.variations.append(variation_rows(panel, judged.shape, judged.variation))
        self.made += merge(kept, [each for each in rows(judged.forecasts) if each.area_code == home])
        self._add(judged)
        self._of_home(judged, own, peers, frame, due)
        if stage_on(measure.lifecycle, self.as_at) is Stage.live:
            self.part_tests.add(judged, frame, breakdown)

    def _kept(self, own: Panel) -> list[Made]:
        """The measure's forecasts of earlier runs, and those it would have made, with the outturns known by now."""
        earlier = [each for each in self.before.forecasts if each.measure_id == own.measure_id]
        known = {(own.measure_id, *key): outturn for key, outturn in outturns(own).items()}
        return with_outturns(merge(earlier, back_cast(own)), known)

    def _add(self, judged: Judged) -> None:
        panel = judged.panel
        for area, many in judged.findings.items():
            self.findings[panel.measure_id, area] = list(many)
            self.periods[panel.measure_id, area] = panel.periods[int(panel.last[panel.row(area)])]

    def _of_home(self, judged: Judged, own: Panel, peers: Panel, frame: pd.DataFrame, due: Due | None) -> None:
        """What needs more than the council's own figures: its peers, and the calendar."""
        measure_id, home = own.measure_id, self.areas.home
        found = self.findings.setdefault((measure_id, home), [])
        if own.held.any() and peers.held.any():
            compared = compare(own, peers, _band(judged), *self._sources(frame))
            if compared is not None:
                found.append(peers_finding(compared, own.measure, self.areas.names.get(home, home)))
        source = own.measure.source_ids[0]
        found += data_findings(
            own, home, self.as_at, due, self.before.figures.get(measure_id, {}),
            self.before.changeable(measure_id, home),
            self.figures.loaded.get(source), self.before.has_other_definition(measure_id, own.measure),
        )  # fmt: skip

    def _sources(self, frame: pd.DataFrame) -> tuple[str | None, str | None]:
        """The titles of the sources of home's latest figure and of the peers' latest ones."""
        latest = frame[frame["value"].notna()].sort_values("period_end")
        of_home, of_peers = (latest[latest["area_code"].isin(codes)] for codes in ([self.areas.home], self.areas.peers))
        titles = [self.figures.sources.get(int(each["load_id"].iloc[-1])) for each in (of_home, of_peers) if len(each)]
        return (titles[0], titles[1]) if len(titles) == 2 else (None, None)

    def ended(self) -> Judgements:
        """The tables, when every measure has been judged."""
        for series, many in self.part_tests.findings().items():
            self.findings.setdefault(series, []).extend(many)
        listed = exceptions(
            self.catalogue, self.findings, self.before.memory, self.as_at, home=self.areas.home, periods=self.periods,
            names=self.areas.names, people=self.areas.people,
        )  # fmt: skip
        gone = [each for each in self.before.forecasts if each.measure_id not in self.catalogue.measures]
        tables = {
            "judgement": together(self.judgements),
            "finding": finding_rows(self.findings, self.periods),
            "variation": together(self.variations),
            "forecast": forecast_rows([*self.made, *gone]),
            **exception_tables(listed),
        }
        return Judgements(tables, listed)


def _peer_values(peers: Panel) -> PeerValues:
    """The peers' figures of each period, for a measure with a target that is set by them."""
    by_peers = any(isinstance(each, PeerMedianTarget | PeerQuartileTarget) for each in peers.measure.targets)
    return by_period(peers) if by_peers else {}


def _band(judged: Judged) -> tuple[float, float] | None:
    """The target band of home's latest figure, for a measure that is best within one."""
    last, lines = int(judged.panel.last[0]), judged.standing.lines
    if judged.panel.measure.polarity != "band" or last < 0 or isnan(lines.low[0, last]):
        return None
    return float(lines.low[0, last]), float(lines.high[0, last])


def _due(catalogue: Catalogue, panel: Panel, area: str, as_at: date) -> Due | None:
    """What is outstanding from an area; nothing is before the measure is live or after it was removed."""
    expected = expected_of(panel.measure, catalogue)
    if expected is None:
        return None
    rows = zip(panel.periods, panel.exists[panel.row(area)], strict=True)
    held = [period for period, exists in rows if exists and period.months == expected.every.months]
    due = next_due(expected, max(held, default=None), as_at)
    return due if due and stage_on(panel.measure.lifecycle, due.period.start) is Stage.live else None
