"""The latest figures of a measure as the snapshot being served has them."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from pipelines.explain.layout import Section, wrapped
from scorecard.catalogue import Measure
from scorecard.errors import SettingError
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.nearest import did_you_mean
from scorecard.snapshot.series import areas, series
from scorecard.snapshot.store import Snapshot
from scorecard.wording import figure, number

MOST: Final = 12


def figures(snapshot: Snapshot, measure_id: str, measure: Measure, area: tuple[str, str]) -> Section:
    """The last MOST figures of an area (its code and name), newest first, each with its sentence."""
    code, name = area
    section = Section(f"Its latest figures: {name} (snapshot {snapshot.name})")
    frame = series(snapshot, measure_id, code).tail(MOST).iloc[::-1]
    for row in frame.to_dict("records"):
        section.lines += _figure(row, measure)
    if frame.empty:
        section.say("There is no figure yet.")
    return section


def find_area(snapshot: Snapshot, measure_id: str, wanted: str | None) -> tuple[str, str]:
    """Code and name of the area with this code or name; of the home council without one.

    Raises SettingError, naming the nearest, when the measure has no figures for such an area.
    """
    held = areas(snapshot, measure_id)
    pairs = list(zip(held["area_code"], held["name"], strict=True))
    if wanted is None:
        return pairs[0]
    for code, name in pairs:
        if wanted.casefold() in (code.casefold(), name.casefold()):
            return code, name
    names = [name for _, name in pairs]
    raise SettingError(
        f"This measure has no figures for '{wanted}'.{did_you_mean(wanted, names)}",
        why=f"It has figures for {len(names):,} {'area' if len(names) == 1 else 'areas'}: {', '.join(names[:15])}"
        f"{' and more' if len(names) > 15 else ''}.",
        fix="Give one of them with --area, by name or by code.",
    )


def _figure(row: Mapping[Hashable, Any], measure: Measure) -> list[str]:
    marker = row["marker"] if isinstance(row["marker"], str) else None
    told = figure(_number(row["value"]), measure.unit, measure.decimals, marker)
    above, below = _number(row["numerator"]), _number(row["denominator"])
    parts = f"{_plain(above)} of {_plain(below)}" if above is not None and below is not None else ""
    status = STATUS_WORDS[Status(row["status"])] if isinstance(row["status"], str) else "Not judged"
    line = "  ".join(part for part in (f"{row['period']!s:<14}", f"{told:<20}", f"{parts:<20}", status) if part)
    sentence = row["status_sentence"]
    return [f"  {line}".rstrip(), *(wrapped(sentence, first="    ", rest="    ") if isinstance(sentence, str) else [])]


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _plain(value: float | None) -> str:
    if value is None:
        return "?"
    return number(value, 0 if value == round(value) else 2)
