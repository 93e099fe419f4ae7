"""Findings and charts as rows of the snapshot."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.judge.finding import Finding
from scorecard.judge.forecast import Made
from scorecard.judge.panel import Panel
from scorecard.judge.shape import Shape
from scorecard.judge.spc.labels import LABELS, POINT_TYPES, point_types
from scorecard.judge.variation import Variation
from scorecard.periods import Period

_LABELS: Final = np.array(LABELS, dtype=object)
_KINDS: Final = np.array(POINT_TYPES, dtype=object)


def finding_rows(
    findings: Mapping[tuple[str, str], Sequence[Finding]], periods: Mapping[tuple[str, str], Period]
) -> pd.DataFrame:
    """One row per finding, in the columns of schema.sql; both arguments are by measure and area."""
    return pd.DataFrame(
        _row(series, each, periods[series]) for series, many in findings.items() if series in periods for each in many
    )


def _row(series: tuple[str, str], finding: Finding, period: Period) -> dict[str, Any]:
    return {
        "measure_id": series[0],
        "area_code": series[1],
        "part": str(finding.evidence.get("where") or ""),
        "judgement": finding.judgement,
        "status": finding.status,
        "adverse": finding.adverse,
        "strength": finding.strength,
        "sentence": finding.sentence,
        "evidence": json.dumps(dict(finding.evidence), allow_nan=False),
        "period_start": period.start,
        "period_end": period.end,
    }


def variation_rows(panel: Panel, shape: Shape, varied: Variation) -> pd.DataFrame:
    """One row per figure that has process limits, in the columns of schema.sql; none for areas that are not charted."""
    chart = varied.chart
    charted = ~np.isnan(shape.values) & ~np.isnan(chart.upl) & shape.tested[:, None]
    area, column = np.nonzero(charted)
    way = chart.signals.way[area, column]
    return pd.DataFrame(
        {
            "measure_id": panel.measure_id,
            "area_code": _taken(panel.areas, area),
            "period_start": _taken([period.start for period in panel.periods], column),
            "period_end": _taken([period.end for period in panel.periods], column),
            "value": shape.values[area, column],
            "mean": chart.mean[area, column],
            "lower_limit": chart.lpl[area, column],
            "upper_limit": chart.upl[area, column],
            "label": _LABELS[chart.signals.label[area, column]],
            "kind": _KINDS[point_types(way, panel.sign)],
        }
    )


def _taken(many: Sequence[Any], at: NDArray[np.intp]) -> NDArray[np.object_]:
    """Words and days by their places, as they are."""
    held = np.empty(len(many), dtype=object)
    held[:] = many
    return held[at]


def together(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The rows of many frames as one; an empty frame when there are none."""
    some = [frame for frame in frames if len(frame)]
    return pd.concat(some, ignore_index=True) if some else pd.DataFrame()


def forecast_rows(made: Iterable[Made]) -> pd.DataFrame:
    """One row per forecast that was ever made, in the columns of schema.sql."""
    return pd.DataFrame([asdict(each) for each in made], columns=[each.name for each in fields(Made)])
