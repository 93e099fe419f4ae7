"""A measure judged in every way that its own figures allow: the one place where those judgements are put together.

A new judgement is a module beside this one and a line in `judge`. Peers and parts need figures of others, and what is
late needs the calendar: `pipelines.judging` adds those.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scorecard.catalogue import Tolerance
from scorecard.judge.assurance import assure
from scorecard.judge.assurance_findings import assurance_findings
from scorecard.judge.change.detection import Changes, changes
from scorecard.judge.change.findings import change_findings
from scorecard.judge.finding import Finding
from scorecard.judge.forecast.findings import forecast_findings
from scorecard.judge.forecast.score import Score
from scorecard.judge.forecast.year_end import Forecasts, forecast_year
from scorecard.judge.panel import Panel
from scorecard.judge.shape import Shape, shape_findings, shape_of
from scorecard.judge.standing import Standing, stand
from scorecard.judge.target import PeerValues
from scorecard.judge.target_findings import target_findings
from scorecard.judge.travel import travel_findings
from scorecard.judge.variation import Profile, Variation, variation_findings, vary


@dataclass(frozen=True)
class Judged:
    """A panel and all that was judged of it."""

    panel: Panel
    standing: Standing
    shape: Shape
    variation: Variation
    changes: Changes
    forecasts: Forecasts
    findings: Mapping[str, tuple[Finding, ...]]
    """By area code: target, shape, variation, change, direction, assurance and forecast, where there is a figure."""


def judge(
    panel: Panel, tolerance: Tolerance, peer_values: PeerValues, as_at: date, profile: Profile = "reference",
    record: Score | None = None,
) -> Judged:  # fmt: skip
    """Judge a measure as at a day, each area by itself.

    `peer_values` are the peers' figures of each period, for targets that are set by them. `profile` names the NHS
    rules whose limits are drawn. `record` is the kept score of the measure's forecasts.
    """
    standing = stand(panel, tolerance, peer_values)
    shape = shape_of(panel)
    found = changes(shape.stretch, shape.phases, shape.ceiling, shape.step, shape.counts)
    varied = vary(shape, profile)
    forecasts = forecast_year(panel, as_at)
    by_area = (target_findings(panel, standing), assurance_findings(panel, assure(panel, standing, *varied.limits)))
    by_row = (
        shape_findings(shape, found.step),
        variation_findings(shape, varied),
        change_findings(shape, found),
        travel_findings(shape, found),
        forecast_findings(forecasts, tolerance, record),
    )
    findings = {
        area: tuple(
            each
            for each in (*(many.get(area) for many in by_area), *(many[row] for many in by_row))
            if each is not None
        )
        for row, area in enumerate(panel.areas)
        if panel.last[row] >= 0
    }
    return Judged(panel, standing, shape, varied, found, forecasts, findings)
