"""How the year's outturn was forecast, step by step."""

from typing import Final

import numpy as np

from pipelines.explain.judged_then import JudgedThen
from pipelines.explain.layout import Section
from pipelines.explain.step import chance, plain, step, told
from scorecard.judge.forecast.score import FEWEST_SCORED
from scorecard.judge.forecast.year_end import INTERVAL, METHOD

KINDS: Final = {
    "total": "the periods of the year added up",
    "average": "the mean of the year's periods (by denominators, where there are any)",
    "end": "the figure at the end of the year",
}


def forecast_step(then: JudgedThen, place: int) -> Section:
    """What the year comes to, the interval, the target of the year, the run-rate and the kept score."""
    finding, measure, made = then.finding("forecast"), then.measure, then.judged.forecasts
    seen = finding.evidence if finding else {}
    title = "Forecast of the year"
    if seen.get("forecast") is None:
        return step(place, title, finding, {}, "no figure")
    naive, seasonal = (told(float(each[then.row]), measure) for each in (made.naive, made.seasonal_naive))
    target = told(seen["target"], measure)
    if seen["target"] != seen["target_high"]:
        target += f" to {told(seen['target_high'], measure)}"
    facts = {
        "Year": f"{seen['year']}, {seen['periods_left']} periods to come; its outturn is {KINDS[made.kind]}",
        "So far": told(seen["so_far"], measure) if seen["so_far"] is not None else "",
        "Forecast": f"{told(seen['forecast'], measure)} ({METHOD}: unobserved components, averaged over candidates)",
        "Interval": f"{told(seen['low'], measure)} to {told(seen['high'], measure)}, for {INTERVAL:.0%} of outturns "
        f"(Student's t, {plain(_or_none(made.freedom[then.row]), 0)} degrees of freedom)",
        "Simple guesses": f"{naive} were the rest like the latest period; {seasonal} were it like the year before",
        "Year's target": f"{target}, tolerance {plain(seen['tolerance'], measure.decimals + 2)}"
        if seen["target"] is not None
        else "none for the year as a whole",
        "Chance": f"{chance(seen['chance'])} of meeting it" if seen["chance"] is not None else "",
        "Run-rate": f"{told(seen['needed'], measure)} a {measure.frequency} needed, {told(seen['averaged'], measure)} "
        f"so far, {told(seen['year_before'], measure)} in those periods a year before"
        if seen["needed"] is not None
        else "",
        "Kept score": _score(seen.get("scored"), seen.get("coverage")),
    }
    return step(place, title, finding, facts, "no figure")


def _score(scored: object, coverage: object) -> str:
    if coverage is None:
        return f"{scored} earlier forecasts have their outturn; {FEWEST_SCORED} are needed to say how they did"
    return (
        f"{scored} earlier forecasts have their outturn, {plain(100 * float(str(coverage)), 0)}% within their interval"
    )


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
