"""The figures behind the chart of a measure as a table: the latest beside it, all of them a click away."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pyarrow as pa
import streamlit as st

from pages.components import exports, rows, snapshot, tables, usual
from pages.components.figures import bare_target, headed
from pages.components.states import as_text
from scorecard.exports.series import series_export
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare

BESIDE_A_CHART: Final = 9
"""Periods that fit beside a chart."""
_AGAINST_USUAL: Final = "Against usual"
_WAS: Final = "Published before"
_CHANGED: Final = {"break": " (counted differently from here)", "rebase": " (new usual level from here)"}
_TOO_WIDE: Final = (_AGAINST_USUAL, _WAS)
"""Beside a chart, and on a phone, there is no room for these columns as well."""


@dataclass(frozen=True)
class Figures:
    """The table of the latest periods and, where there are more, that of all; `plain` holds all as unmarked text."""

    title: str
    latest: pa.Table
    every: pa.Table | None
    plain: tuple[dict[str, str], ...]


def _made(shown: Snapshot, measure_id: str, area_code: str) -> Figures:
    measure, frame = snapshot.definition(measure_id), snapshot.figures(measure_id, area_code)
    kept = {
        "Confidence interval": frame["lower"].notna().any(),
        "Target": frame["target_low"].notna().any(),
        _AGAINST_USUAL: frame["usual"].notna().any(),
        _WAS: frame["was"].notna().any(),
    }
    plain = []
    for one in rows.of(frame.iloc[::-1]):
        row = _row(one, measure["unit"], measure["decimals"])
        plain.append({name: cell for name, cell in row.items() if kept.get(name, True)})
    safe = [{name: as_text(cell) for name, cell in row.items()} for row in plain]
    narrow = [{name: cell for name, cell in row.items() if name not in _TOO_WIDE} for row in safe]
    every = len(safe) > BESIDE_A_CHART
    return Figures(
        title=measure["title"],
        latest=tables.ready(narrow[:BESIDE_A_CHART] if every else safe),
        every=tables.ready(safe) if every else None,
        plain=tuple(plain),
    )


made = snapshot.remembered(_made)


def show(measure_id: str, area_code: str) -> None:
    """The latest first."""
    held = made(measure_id, area_code)
    if held.every is None:
        tables.draw(held.latest, f"{held.title}: all periods")
    else:
        tables.draw(held.latest, f"{held.title}: the latest periods")
        with st.expander(f"All {held.every.num_rows} periods"):
            tables.draw(held.every, f"{held.title}: all periods")
    name = f"{measure_id}_{area_code}"
    exports.buttons(partial(series_export, snapshot.opened(), measure_id, area_code), name, key="series")


def _row(one: Any, unit: str, decimals: int) -> dict[str, str]:
    return {
        "Period": f"{one.period}{_CHANGED.get(one.change, '')}",
        headed("Figure", unit): bare(one.value, unit, decimals, one.marker),
        "Confidence interval": bare_target(one.lower, one.upper, unit, decimals),
        "Target": bare_target(one.target_low, one.target_high, unit, decimals),
        _AGAINST_USUAL: usual.in_the_table(one.usual, one.variation),
        _WAS: "–" if one.was != one.was else bare(one.was, unit, decimals),
    }
