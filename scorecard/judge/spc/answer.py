"""The answer to one SPC case: its chart, point by point, as plain values for JSON."""

from dataclasses import replace
from math import isnan
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.spc.case import Case
from scorecard.judge.spc.chart import Chart, chart
from scorecard.judge.spc.labels import ASSURANCES, LABELS, POINT_TYPES, SIGNS, point_types
from scorecard.judge.spc.limits import Figures
from scorecard.judge.spc.outcome import assurance, variation
from scorecard.judge.spc.rules import FEWEST_BASELINE, Rules

_COUNTED: Final = POINT_TYPES[:3]


def answer(case: Case, rules: Rules) -> dict[str, Any]:
    """What the chart of a case says: outcome, groups and points, None where there is nothing to say.

    `error` is None, or tells why there is no chart, and stands alone then: two rows with one date, or limits fixed on
    fewer than 12 rows. The case's own `screen_outliers` counts only where the rules screen at all. A missing value
    is no error: where the reference program stops at one, no trend is seen and the answer is given in full.
    """
    if len(set(case.dates)) < len(case.dates):
        return {"error": "duplicate_dates"}
    if case.fix_after is not None and case.fix_after < FEWEST_BASELINE:
        return {"error": "fix_after_n_points_below_12"}
    order = sorted(range(len(case.dates)), key=lambda at: case.dates[at])
    dates = [case.dates[at] for at in order]
    values = np.array([case.values[at] for at in order], dtype=np.float64)
    groups = np.cumsum([day in case.rebases for day in dates], dtype=np.int64)
    # more rows than there are change nothing, and the largest float is no column number
    baseline = None if case.fix_after is None else int(min(case.fix_after, max(len(dates), FEWEST_BASELINE)))
    found = chart(values, groups, rules=replace(rules, screen=rules.screen and case.screen), baseline=baseline)
    return {"error": None, **_outcome(case, found), "groups": _groups(case, found, groups)} | {
        "points": _points(case, found, groups, [day.isoformat() for day in dates], baseline)
    }


def _outcome(case: Case, found: Chart) -> dict[str, Any]:
    if not case.dates:
        return {"variation_type": None, "assurance_type": None, "short_group_warning": False}
    sign = SIGNS[case.direction]
    target = np.nan if case.target is None else case.target
    return {
        "variation_type": POINT_TYPES[variation(found, sign)[0]],
        "assurance_type": ASSURANCES[assurance(found, target, sign)[0]],
        "short_group_warning": bool(found.short.any()),
    }


def _groups(case: Case, found: Chart, groups: NDArray[np.int64]) -> list[dict[str, Any]]:
    """One entry for each rebase group, oldest first."""
    types = point_types(found.signals.way, SIGNS[case.direction])[0]
    told: list[dict[str, Any]] = []
    for group in dict.fromkeys(groups.tolist()):
        columns = np.flatnonzero(groups == group)
        last = columns[-1]
        words = [POINT_TYPES[each] for each in types[columns]]
        told.append(
            {
                "rebase_group": group,
                "n": len(columns),
                **{name: _figure(getattr(found, name)[0, last]) for name in ("mean", "lpl", "upl")},
                **{word: words.count(word) for word in _COUNTED},
                "variation_type": words[-1],
                "assurance_type": None,
            }
        )
    if told:
        told[-1]["assurance_type"] = _outcome(case, found)["assurance_type"]
    return told


def _points(
    case: Case, found: Chart, groups: NDArray[np.int64], dates: list[str], baseline: int | None
) -> dict[str, list[Any]]:
    """Columns with one entry a row, in order of date."""
    signals = found.signals
    missing = np.isnan(found.values[0])
    unlimited = missing | np.isnan(found.upl[0])
    position = np.arange(len(dates)) - np.searchsorted(groups, groups)
    in_baseline = position >= 0 if baseline is None else position < baseline
    labels = signals.label[0].tolist()
    return {
        "date": dates,
        "value": _figures(found.values),
        "rebase_group": groups.tolist(),
        "in_baseline": in_baseline.tolist(),
        "mean": _figures(found.mean),
        "mr": _figures(signals.mr),
        **{name: _figures(getattr(found, name)) for name in ("amr", "lpl", "upl", "near_lpl", "near_upl")},
        "outside_limits": _unless(unlimited, signals.outside_limits[0].tolist()),
        "relative_to_mean": _unless(missing | np.isnan(found.mean[0]), signals.relative_to_mean[0].tolist()),
        "close_to_limits": _unless(unlimited, signals.close_to_limits[0].tolist()),
        "special_cause_type": [LABELS[each] for each in labels],
        "special_cause_flag": [each > 0 for each in labels],
        "point_type": [POINT_TYPES[each] for each in point_types(signals.way, SIGNS[case.direction])[0]],
        "short_group_warning": found.short[0].tolist(),
    }


def _figure(figure: float) -> float | None:
    return None if isnan(figure) else float(figure)


def _figures(figures: Figures) -> list[float | None]:
    """The one series' figures."""
    return [_figure(each) for each in figures[0].tolist()]


def _unless(nothing: NDArray[np.bool_], told: list[Any]) -> list[Any]:
    return [None if none else each for none, each in zip(nothing.tolist(), told, strict=True)]
