"""What is compared, made ready to be drawn: charts of lines of one unit, their findings in words and their tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from pages.components import compare_charts, tables
from pages.components.compare_points import ends_of, points
from pages.components.compare_words import Named, finding, latest, rows, rows_of_many
from pages.components.palette import Palette
from pages.components.states import as_text
from pages.components.vega import plotted
from scorecard.snapshot.compared import Line


@dataclass(frozen=True)
class Drawn:
    """One chart: what stands above it, in it, and in the table beside it."""

    finding: str
    key: str
    """Markdown: each line's picture, name and latest figure."""
    data: pa.Table
    alt: str
    height: int
    table: pa.Table
    """The latest periods."""
    whole: pa.Table | None
    """All of them, where they are more."""


def drawn(lines: Sequence[Line], colours: Palette, *, by_area: bool, beside: bool) -> tuple[Drawn, ...]:
    """One chart for each unit; one for each line where the same period a year before stands beside it."""
    names = _names(lines, by_area=by_area)
    named = [Named(place, names[place], one, one.title if by_area else "") for place, one in enumerate(lines)]
    told = [one for one in named if not one.line.figures.empty]
    if not told:
        return ()
    ends = ends_of(told)
    apart = [str(one.place) if beside else one.line.unit for one in told]
    groups = [[one for one, key in zip(told, apart, strict=True) if key == each] for each in dict.fromkeys(apart)]
    return tuple(_drawn(group, colours, ends, several=len(groups) > 1, beside=beside) for group in groups)


def _names(lines: Sequence[Line], *, by_area: bool) -> list[str]:
    """What each line is called; the same name twice is told apart by its code."""
    called = [(one.area, one.area_code) if by_area else (one.title, one.measure_id) for one in lines]
    names = [name for name, _ in called]
    return [f"{name} ({code})" if names.count(name) > 1 else name for name, code in called]


def _drawn(
    group: Sequence[Named], colours: Palette, ends: tuple[float, float], *, several: bool, beside: bool
) -> Drawn:
    said = [f"{one.name}: {latest(one)}" for one in group]
    found = finding(group)
    cells = rows(group[0]) if beside else rows_of_many(group)
    return Drawn(
        finding=found,
        key=_key(group, colours, beside=beside),
        data=plotted(points(group, ends, compare_charts.LOW if several else compare_charts.HIGH, beside=beside)),
        alt=found if len(group) == 1 else f"{found} {' '.join(said)}",
        height=compare_charts.LOW if several else compare_charts.HIGH,
        table=tables.ready(cells[: tables.BESIDE_A_CHART]),
        whole=tables.ready(cells) if len(cells) > tables.BESIDE_A_CHART else None,
    )


def _key(group: Sequence[Named], colours: Palette, *, beside: bool) -> str:
    """Markdown: each line's picture, name and latest figure; of one line what its heading does not say."""
    if len(group) > 1:
        return "\n".join(
            f"- {compare_charts.sample(one.place, colours)} **{as_text(one.name)}**: {as_text(latest(one))}"
            for one in group
        )
    before = " Grey, with hollow circles: the same period a year before." if beside else ""
    return f"{compare_charts.sample(group[0].place, colours)} {as_text(group[0].name)}.{before}"
