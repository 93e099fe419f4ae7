"""The workload as a council: its catalogue, a measure for every metric, and its figures as the snapshot holds them."""

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from bench.workload.observations import TIMES, Metric, Observations
from scorecard.catalogue import Catalogue

HOME: Final = "Council"
"""All areas together, which its parts are held against."""
UNITS: Final = {"count": "cases", "percent": "%", "mean": "days", "rate_per_1000": "per 1,000"}
MOVED: Final = 3
"""Months by which all figures are moved back: the last would be March's, with nothing of the year left to forecast."""
RULES: Final[dict[str, dict[str, Any]]] = {
    "off_target": {"for_periods": 1, "severity_if_worsening": "high"},
    "data_missing": {},
    "sudden": {"chance": 0.01},
    "sustained": {"chance": 0.01},
    "hidden_part": {"chance": 0.05},
    "forecast": {"chance": 0.1},
    "behind_peers": {},
    "improved": {"chance": 0.01, "back_after": 3},
}
"""The exception rules that the project's own catalogue begins with."""


def catalogue_of(found: Observations) -> Catalogue:
    """A catalogue with a measure for each metric, judged some days after the last month ends."""
    rules = {
        kind: {"title": kind, "when": kind, **({} if kind == "improved" else {"severity": "medium"}), **more}
        for kind, more in RULES.items()
    }
    returns = {
        "title": "Returns", "publisher": "Services", "files": ["*.csv"], "format": "delimited",
        "columns": {name: {"header": name, "type": "number"} for name in ("numerator", "denominator")},
        "expected": {"every": "month", "within_days": 30},
    }  # fmt: skip
    return Catalogue.model_validate(
        {
            "council": {"name": HOME, "home": HOME, "as_at": _last_day(found) + timedelta(14)},
            "themes": {"all": {"title": "All", "question": "How do we do?"}},
            "services": {"all": {"title": "All services", "owner": "Chief Executive"}},
            "sources": {"returns": returns},
            "exception_rules": rules,
            "measures": {each.metric_id.lower(): _measure(each) for each in found.metrics},
        }
    )


def _last_day(found: Observations) -> date:
    day: date = (found.months[-1] - MOVED + 1).astype("datetime64[D]").astype(object) - timedelta(1)
    return day


def _measure(metric: Metric) -> dict[str, Any]:
    ratio = {"numerator": "numerator", "denominator": "denominator", "per": TIMES[metric.unit]}
    return {
        "title": metric.name,
        "definition": metric.name,
        "theme": "all",
        "service": "all",
        "unit": UNITS[metric.unit],
        "polarity": "higher" if metric.good == "up" else "lower",
        "frequency": "month",
        "figures": {"source": "returns", **({"value": "numerator"} if metric.unit == "count" else ratio)},
        "targets": [{"kind": "fixed", "value": metric.target, "reason": "The workload"}],
        "tolerance": {"points": metric.amber},
    }


def frame_of(found: Observations) -> pd.DataFrame:
    """One row a measure, area and month, the council as a whole among the areas: columns of the observation table."""
    shape = len(found.metrics), len(found.areas), len(found.months)
    held = ~np.isnan(found.values.reshape(shape))
    above, below = (np.where(held, each.reshape(shape), np.nan) for each in (found.numerators, found.denominators))
    with_home = [np.concatenate([np.nansum(each, axis=1, keepdims=True), each], axis=1) for each in (above, below)]
    counts = np.array([each.unit == "count" for each in found.metrics])
    with_home[1][counts] = np.nan
    times = np.array([TIMES[each.unit] for each in found.metrics])[:, None, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = times * with_home[0] / np.where(counts[:, None, None], 1.0, with_home[1])
    metric, area, month = np.nonzero(np.isfinite(values))
    at = metric, area, month
    months = found.months - MOVED
    ends = (months + 1).astype("datetime64[D]") - 1
    return pd.DataFrame(
        {
            "measure_id": np.array([each.metric_id.lower() for each in found.metrics], dtype=object)[metric],
            "area_code": np.array([HOME, *found.areas], dtype=object)[area],
            "period_start": months.astype("datetime64[s]")[month],
            "period_end": ends.astype("datetime64[s]")[month],
            "numerator": with_home[0][at],
            "denominator": with_home[1][at],
            "value": values[at],
            "lower": np.nan,
            "upper": np.nan,
            "marker": pd.Series(None, index=range(len(month)), dtype="str"),
            "load_id": 1,
        }
    )
