"""Forecasts of the year's outturn: how much, how sure, what its target still takes, and how they have done."""

from scorecard.judge.forecast.back_cast import back_cast
from scorecard.judge.forecast.findings import forecast_findings
from scorecard.judge.forecast.score import Made, Score, merge, outturns, rows, score, with_outturns
from scorecard.judge.forecast.year_end import Forecasts, forecast_year

__all__ = [
    "Forecasts",
    "Made",
    "Score",
    "back_cast",
    "forecast_findings",
    "forecast_year",
    "merge",
    "outturns",
    "rows",
    "score",
    "with_outturns",
]
