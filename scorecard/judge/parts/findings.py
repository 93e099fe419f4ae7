"""What is said of a part of the council: hidden behind a good figure, apart from the rest, or as expected."""

from dataclasses import dataclass
from math import isnan, log10
from typing import Final

import numpy as np

from scorecard.judge.finding import Finding
from scorecard.judge.panel import Figures, Flags
from scorecard.judge.parts.multiplicity import Discoveries
from scorecard.judge.parts.parts import Parts, PartTests
from scorecard.judge.status import Status
from scorecard.wording import bare, count, figure

POINTS_WORSE: Final = 10.0
PER_CENT_WORSE: Final = 25.0
"""Where there is no target: how far from the rest a part must be to be worth saying, shares in points."""
_AS_A_WHOLE: Final = {
    Status.on_target: ", which is on target as a whole",
    Status.close: ", which is close to target as a whole",
    Status.off_target: ", which is off target as well",
}


@dataclass(frozen=True)
class _Lines:
    """How far each part is on the bad side, parts x columns, in the measure's unit."""

    beyond: Flags
    """Beyond the tolerance of the target; without a target, much worse than the rest."""
    gap: Figures
    """The shortfall against the target; without one, against the rest."""


def find_parts(
    tests: PartTests,
    verdict: Discoveries,
    low: Figures,
    high: Figures,
    tolerance: Figures,
    home: Status,
    points_worse: float = POINTS_WORSE,
    per_cent_worse: float = PER_CENT_WORSE,
) -> dict[str, Finding]:
    """A finding for each part, by its key: hidden, apart, as_expected or too_few; none where nothing could be tested.

    `verdict` is what `multiplicity.across` made of `tests.chance` among all tests of the run. `low`, `high` and
    `tolerance` are the parts' targets in the measure's unit, parts x periods (or one row for all), NaN without a
    target. `home` is how the council itself stands in the latest period. A part is hidden when it stands out by more
    than chance, is off target (without a target: far worse than the rest), still so lately, and the council is not.
    """
    if np.isnan(tests.chance).all():
        return {}
    parts, margin = tests.parts, (points_worse, per_cent_worse)
    column = parts.column
    targets = tuple(np.broadcast_to(each, parts.values.shape) for each in (low, high, tolerance))
    by_period = _lines(parts, parts.values, parts.rest, targets, margin)
    at_latest = tuple(each[:, [column]] for each in targets)
    by_window = _lines(parts, tests.values, tests.rest, at_latest, margin)
    return {
        key: _finding(tests, verdict, part, by_period, by_window, at_latest, home)
        for part, key in enumerate(parts.keys)
    }


def _lines(
    parts: Parts, values: Figures, rest: Figures, targets: tuple[Figures, ...], margin: tuple[float, float]
) -> _Lines:
    low, high, tolerance = targets
    higher = parts.measure.polarity == "higher"
    with_target = (low - values) if higher else (values - high)
    without = (rest - values) if higher else (values - rest)
    needed = np.full(rest.shape, margin[0]) if parts.kind == "proportion" else np.abs(rest) * margin[1] / 100
    has_target = np.isfinite(low) & np.isfinite(high)
    gap = np.where(has_target, with_target, without)
    hair = 1e-9 * np.maximum(1.0, np.abs(values))
    beyond = gap > np.where(has_target, np.nan_to_num(tolerance), needed) + hair
    return _Lines(beyond, gap)


def _finding(
    tests: PartTests, verdict: Discoveries, part: int, by_period: _Lines, by_window: _Lines,
    targets: tuple[Figures, ...], home: Status,
) -> Finding:  # fmt: skip
    parts, chance = tests.parts, float(tests.chance[part])
    name, value = parts.names[part], float(parts.values[part, parts.column])
    if isnan(chance):
        why = "no figure" if isnan(value) else "too few cases, or too short a history, to tell it from chance"
        said = f"{name}: {why} in {parts.periods[parts.column].label}."
        return Finding("parts", "too_few", said, None, 0.0, {"value": None if isnan(value) else value})
    found = bool(verdict.found[part])
    window = _window_told(tests, part, verdict.threshold if found else 1.0)
    shortest = int(np.flatnonzero(~np.isnan(tests.chances[part]))[0])
    lately = bool(by_window.gap[part, shortest] > 0)
    material = bool(by_window.beyond[part, window]) and lately
    hidden = found and material and home is not Status.off_target
    status = "hidden" if hidden else "apart" if found else "as_expected"
    running = _running(by_period.beyond[part], parts.column) if found else 0
    targeted = not isnan(float(targets[0][part, 0]))
    sentence = _sentence(tests, part, window, home) + _ending(status, material, targeted, home, running, parts)
    return Finding(
        "parts", status, f"{sentence}.", True if hidden else None, max(0.0, -log10(chance)),
        {
            **_figures(tests, part, window),
            "chance": chance,
            "q_value": float(verdict.q_values[part]),
            "target": float(targets[0 if parts.measure.polarity == "higher" else 1][part, 0]) if targeted else None,
            "since": parts.periods[parts.column + 1 - running].start.isoformat() if running else None,
            "running": running,
        },
    )  # fmt: skip


def _window_told(tests: PartTests, part: int, threshold: float) -> int:
    """The shortest stretch that stands out by itself, for the latest figure is what readers know; else the clearest."""
    enough = np.flatnonzero(tests.chances[part] <= threshold)
    return int(enough[0]) if len(enough) else int(np.nanargmin(tests.chances[part]))


def _running(beyond: Flags, column: int) -> int:
    run = 0
    while run <= column and beyond[column - run]:
        run += 1
    return run


def _figures(tests: PartTests, part: int, window: int) -> dict[str, float | int | str | bool | None]:
    numbers = {
        "value": tests.values, "rest": tests.rest, "numerator": tests.counts, "denominator": tests.totals,
    }  # fmt: skip
    told = {name: float(each[part, window]) for name, each in numbers.items()}
    return {**{name: None if isnan(each) else each for name, each in told.items()}, "periods": tests.windows[window]}


def _sentence(tests: PartTests, part: int, window: int, home: Status) -> str:
    parts, measure = tests.parts, tests.parts.measure
    length, label = tests.windows[window], parts.periods[parts.column].label
    when = f"in {label}" if length == 1 else f"over the {length} {measure.frequency}s to {label}"
    value = figure(tests.values[part, window], measure.unit, measure.decimals)
    counts = ""
    if parts.kind == "proportion":
        counts = f" ({tests.counts[part, window]:,.0f} of {tests.totals[part, window]:,.0f})"
    rest = bare(tests.rest[part, window], measure.unit, measure.decimals)
    others = "for the middle one of the others" if parts.kind == "value" else "in the rest of the council"
    whole = _AS_A_WHOLE.get(home, "") if parts.kind != "value" else ""
    return f"{parts.names[part]}: {value}{counts} {when} against {rest} {others}{whole}"


def _ending(status: str, material: bool, targeted: bool, home: Status, running: int, parts: Parts) -> str:
    if status == "as_expected":
        return "; no more than chance and the usual differences explain"
    if not material:
        return f"; more than chance, though {'not beyond the tolerance of its target' if targeted else 'not far'}"
    if running < 2:
        return ""
    there = "beyond the target there" if targeted else "far worse than the rest"
    return f"; {there} for {count(running, str(parts.measure.frequency))} running"
