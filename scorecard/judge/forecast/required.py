"""The run-rate a total needs for the rest of the year to meet its target, beside the one it has had."""

from dataclasses import dataclass

import numpy as np

from scorecard.judge.forecast.year_end import Forecasts
from scorecard.judge.forecast.year_target import YearTargets
from scorecard.judge.panel import Figures
from scorecard.wording import bare


@dataclass(frozen=True)
class Required:
    """For each area figures a period, in the measure's unit; NaN where no forecast of a total has a target."""

    needed: Figures
    """What each period still to come must bring (higher is better) or may bring (lower is better) on the average.

    Nought or less, or below nought, where the target is met or passed already.
    """
    averaged: Figures
    """What the periods of the year so far brought on the average."""
    year_before: Figures
    """What the periods that are left brought a year before, on the average; NaN where not known."""


def required(forecasts: Forecasts, targets: YearTargets) -> Required:
    """needed = (target - so far) / periods to come; averaged = so far / periods done. Of totals with a polarity."""
    size = 12 // forecasts.panel.measure.frequency.months
    said = (forecasts.silent == "") & (forecasts.kind == "total") & (forecasts.panel.sign != 0)
    left = np.where(said & (forecasts.left > 0), forecasts.left, np.nan)
    goal = targets.low if forecasts.panel.sign > 0 else targets.high
    needed = (goal - forecasts.so_far) / left
    averaged = np.where(np.isnan(needed), np.nan, forecasts.so_far / (size - left))
    return Required(needed, averaged, (forecasts.seasonal_naive - forecasts.so_far) / left)


def required_sentence(forecasts: Forecasts, rates: Required, area: int) -> str:
    """ "Needs 412 a month for the rest of the year, has averaged 380 (401 in those months last year)."

    Empty where nothing can be said. What the same periods brought a year before is said where it is known, as a season
    can make the year so far a poor guide to the rest. Rounded so that whoever keeps to the rate meets the target: up
    where higher is better, else down.
    """
    measure, needed = forecasts.panel.measure, float(rates.needed[area])
    if np.isnan(needed):
        return ""
    higher = forecasts.panel.sign > 0
    if higher and needed <= 0:
        return "The target is met already."
    if not higher and needed < 0:
        return "The target is passed already."
    exact = needed * 10.0**measure.decimals
    shown = (np.ceil(exact - 1e-9) if higher else np.floor(exact + 1e-9)) / 10.0**measure.decimals
    averaged, left = float(rates.averaged[area]), int(forecasts.left[area])
    decimals = max(measure.decimals, 1) if averaged < 10 and averaged % 1 else measure.decimals
    unit = "" if measure.unit == "%" else measure.unit  # points of a percentage, not a percentage
    has = bare(averaged, unit, decimals)
    say = bare(shown, unit, measure.decimals) + (" percentage points" if measure.unit == "%" else "")
    verb = "Needs" if higher else "Can afford"
    period = str(measure.frequency)
    before = float(rates.year_before[area])
    same = f"that {period}" if left == 1 else f"those {period}s"
    known = "" if np.isnan(before) else f" ({bare(before, unit, decimals)} in {same} last year)"
    if left == 1:
        return f"{verb} {say} in the {period} that is left, has averaged {has} a {period}{known}."
    return f"{verb} {say} a {period} for the rest of the year, has averaged {has}{known}."
