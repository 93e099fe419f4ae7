"""What a forecast has to say: whether the year's target will be met, in a sentence, with the figures behind it."""

from typing import Final

import numpy as np

from scorecard.catalogue import Tolerance
from scorecard.judge.finding import Evidence, Finding
from scorecard.judge.forecast.required import Required, required, required_sentence
from scorecard.judge.forecast.score import FEWEST_SCORED, Score
from scorecard.judge.forecast.year_end import Forecasts
from scorecard.judge.forecast.year_target import YearTargets, year_periods, year_targets
from scorecard.judge.panel import Figures
from scorecard.periods import year_label
from scorecard.wording import bare, figure, number

LIKELY: Final = 0.9
"""The end of an interval that holds eight outturns in ten, one in ten beyond either end."""
EVEN: Final = 0.6
"""Chances this near to a half are not told apart in words."""
_LEAST_CHANCE: Final = 1e-6


def forecast_findings(forecasts: Forecasts, tolerance: Tolerance, record: Score | None = None) -> list[Finding]:
    """One finding for each area of the panel, in its order. `record` is the measure's kept score.

    - on_track: the chance of meeting the target is a half or more. Good news where it is LIKELY or more.
    - at_risk: it is less. Bad news where the forecast itself misses by more than the tolerance.
    - will_miss: the whole interval misses by more than the tolerance. Bad news.
    - no_target: a forecast without a target of the year.
    - outturn_known: the latest figure is the year's last. not_forecast: the sentence says why.

    Where the figures never changed there is no chance to speak of, and the forecast itself decides.
    """
    targets = year_targets(forecasts, tolerance)
    polarity = forecasts.panel.measure.polarity
    reach = (
        (targets.low if polarity != "lower" else np.full(len(targets.low), -np.inf)),
        (targets.high if polarity != "higher" else np.full(len(targets.low), np.inf)),
    )
    chance = forecasts.chance(*reach)
    rates = required(forecasts, targets)
    return [
        _finding(forecasts, targets, reach, float(chance[area]), rates, record, area)
        for area in range(len(forecasts.panel.areas))
    ]


def _finding(
    forecasts: Forecasts,
    targets: YearTargets,
    reach: tuple[Figures, Figures],
    chance: float,
    rates: Required,
    record: Score | None,
    area: int,
) -> Finding:
    measure = forecasts.panel.measure
    if forecasts.made_from[area] < 0:
        return Finding("forecast", "not_forecast", f"Not forecast: {forecasts.silent[area]}")
    year = year_label(int(forecasts.year[area]))
    outturn = float(forecasts.outturn[area])
    if not np.isnan(outturn):
        said = f"Outturn for {_of(forecasts, area)}: {figure(outturn, measure.unit, measure.decimals)}."
        return Finding("forecast", "outturn_known", said, evidence={"outturn": outturn, "year": year})
    if forecasts.silent[area]:
        return Finding("forecast", "not_forecast", f"Not forecast: {forecasts.silent[area]}", evidence={"year": year})
    evidence = _evidence(forecasts, targets, chance, rates, record, area)
    point = float(forecasts.point[area])
    shown = figure(point, measure.unit, measure.decimals)
    low, high = (bare(float(each[area]), measure.unit, measure.decimals) for each in (forecasts.low, forecasts.high))
    between = f"between {low} and {high}" if forecasts.scale[area] > 0 else "as in every period before"
    said = f"Forecast for {_of(forecasts, area)}: {shown} ({between})"
    if np.isnan(targets.low[area]) or measure.polarity == "neutral":
        return Finding("forecast", "no_target", f"{said}.", evidence=evidence)
    ends = [float(each[area]) for each in reach]
    status, adverse = _status(forecasts, ends, float(targets.tolerance[area]), chance, area)
    verdict = _verdict(status, chance, adverse)
    rest = required_sentence(forecasts, rates, area)
    sentence = f"{said} against a target of {_target(forecasts, targets, area)}: {verdict}."
    unlikely = min(chance, 1 - chance) if status != "at_risk" else chance
    strength = 0.0 if np.isnan(chance) else float(-np.log10(max(unlikely, _LEAST_CHANCE)))
    return Finding("forecast", status, f"{sentence} {rest}".strip(), adverse, strength, evidence)


def _status(
    forecasts: Forecasts, ends: list[float], tolerance: float, chance: float, area: int
) -> tuple[str, bool | None]:
    """The status against a target from the first to the last of `ends`, and whether it is bad or good news."""
    point, low, high = (float(each[area]) for each in (forecasts.point, forecasts.low, forecasts.high))
    hair = 1e-9 * max(1.0, abs(point))
    if high < ends[0] - tolerance - hair or low > ends[1] + tolerance + hair:
        return "will_miss", True
    short = max(ends[0] - point, point - ends[1])
    meets = short <= hair if np.isnan(chance) else chance >= 0.5
    if meets:
        return "on_track", False if np.isnan(chance) or chance >= LIKELY else None
    return "at_risk", True if short > tolerance + hair else None


def _verdict(status: str, chance: float, adverse: bool | None) -> str:
    if 1 - EVEN < chance < EVEN:
        return "it could go either way"
    if status == "on_track":
        return "likely to meet it" if adverse is False else "more likely to meet it than not"
    if status == "will_miss":
        return "likely to miss"
    within = ", by no more than the tolerance" if adverse is None else ""
    return f"more likely to miss than not{within}"


def _of(forecasts: Forecasts, area: int) -> str:
    """What of the year is meant: its total, the average of its periods, or the end of it."""
    measure, year = forecasts.panel.measure, int(forecasts.year[area])
    last = year_periods(year, measure.frequency)[-1].label
    if forecasts.kind == "end":
        return f"the end of {year_label(year)} ({last})" if measure.basis == "snapshot" else last
    if forecasts.kind == "total":
        return year_label(year)
    # A rate for each quarter (kg a household) is not the year's, though a share (% recycled) is.
    share = measure.unit == "%" and not np.isnan(forecasts.panel.denominators).all()
    return f"{year_label(year)} as a whole" if share else f"{year_label(year)}, the average of its {measure.frequency}s"


def _target(forecasts: Forecasts, targets: YearTargets, area: int) -> str:
    unit, decimals = forecasts.panel.measure.unit, forecasts.panel.measure.decimals
    low, high = float(targets.low[area]), float(targets.high[area])
    return bare(low, unit, decimals) if low == high else f"{number(low, decimals)} to {bare(high, unit, decimals)}"


def _evidence(
    forecasts: Forecasts, targets: YearTargets, chance: float, rates: Required, record: Score | None, area: int
) -> Evidence:
    figures = {
        "forecast": forecasts.point,
        "low": forecasts.low,
        "high": forecasts.high,
        "target": targets.low,
        "target_high": targets.high,
        "tolerance": targets.tolerance,
        "needed": rates.needed,
        "averaged": rates.averaged,
        "year_before": rates.year_before,
        "so_far": forecasts.so_far,
    }
    found: dict[str, float | int | str | bool | None] = {
        name: None if np.isnan(each[area]) else float(each[area]) for name, each in figures.items()
    }
    found |= {
        "chance": None if np.isnan(chance) else round(chance, 4),
        "year": year_label(int(forecasts.year[area])),
        "periods_left": int(forecasts.left[area]),
        "coverage": record.coverage if record and record.scored >= FEWEST_SCORED else None,
        "scored": record.scored if record else 0,
    }
    return found
