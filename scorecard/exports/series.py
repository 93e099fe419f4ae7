"""One measure through time in one area, as a table to take away."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from scorecard.exports.export import Cell, Column, Export
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.measure_words import AUDIENCE_WORDS, POLARITY_WORDS, basis_in_words
from scorecard.snapshot import measures
from scorecard.snapshot.open_data import sources_of
from scorecard.snapshot.series import areas, series
from scorecard.snapshot.store import Snapshot
from scorecard.wording import in_full

_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9_-]+")
_PROVISIONAL: Final = "Figures marked p are provisional: they may still change."


def series_export(snapshot: Snapshot, measure_id: str, area_code: str) -> Export:
    """One row per period, oldest first, missing periods among them, with target, status and breaks.

    For whom the figures are is the snapshot's audience. Raises KeyError for a measure that is not in the snapshot.
    """
    measure, home = measures.definition(snapshot, measure_id), measures.council(snapshot)
    names = areas(snapshot, measure_id).set_index("area_code")["name"]
    place = str(names.get(area_code, area_code))
    frame, told = series(snapshot, measure_id, area_code), sources_of(snapshot, measure_id, area_code)
    columns = _columns(str(measure["unit"]), int(measure["decimals"]))
    return Export(
        name=_NOT_IN_A_NAME.sub("_", f"{measure_id}_{area_code}"),
        title=f"{measure['title']}: {place}",
        what=str(measure["definition"]),
        council=str(home["name"]),
        snapshot=snapshot.name,
        published_at=snapshot.published_at,
        columns=columns,
        rows=tuple(_row(one) for one in frame.to_dict("records")),
        facts=tuple(_facts(measure, home, place, frame, told)),
        marker="marker",
        key=("period_start", "period_end"),
        sources=tuple(_source(one) for one in told.to_dict("records")),
        licences=tuple(dict.fromkeys(each for each in told["licence"] if each)),
    )


def _columns(unit: str, decimals: int) -> tuple[Column, ...]:
    def figure(name: str, heading: str, words: str, *, is_figure: bool = False) -> Column:
        return Column(name, f"{heading} ({unit})", "number", words, decimals, is_figure)

    return (
        Column("period", "Period", "string", "The period as councils write it, such as Q3 2024/25."),
        Column("period_start", "First day", "date", "First day of the period."),
        Column("period_end", "Last day", "date", "Last day of the period."),
        figure("value", "Figure", f"The figure, in {unit}. Empty is missing or withheld, never zero.", is_figure=True),
        Column("marker", "Shorthand", "string", "Shorthand of official statistics, such as c, p, r, x or z."),
        figure("lower", "Interval from", f"Lower end of the confidence interval, in {unit}."),
        figure("upper", "Interval to", f"Upper end of the confidence interval, in {unit}."),
        Column("numerator", "Counted", "number", "What was counted."),
        Column("denominator", "Out of", "number", "What it was counted out of."),
        figure("target_low", "Target", f"The target, in {unit}; of a band its lower end."),
        figure("target_high", "Target, upper end", f"The target, in {unit}; of a band its upper end."),
        Column("status", "Against target", "string", "How the figure stands against its target, in words."),
        Column("break", "Counted differently", "string", "Where figures are counted differently from here, and why."),
    )


def _row(one: Mapping[Any, Any]) -> tuple[Cell, ...]:
    value = _known(one["value"])
    parts = [None if value is None else _known(one[name]) for name in ("lower", "upper", "numerator", "denominator")]
    status = _known(one["status"])
    return (
        str(one["period"]),
        one["period_start"].date(),
        one["period_end"].date(),
        value,
        _known(one["marker"]),
        *parts,
        _known(one["target_low"]),
        _known(one["target_high"]),
        STATUS_WORDS[Status(status)] if status else None,
        _known(one["change_sentence"]),
    )


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _facts(
    measure: Mapping[str, Any], home: Mapping[str, Any], place: str, frame: pd.DataFrame, told: pd.DataFrame
) -> Iterator[tuple[str, str]]:
    if home["notice"]:
        yield "Please note", str(home["notice"])
    yield "Measure", f"{measure['title']} ({measure['measure_id']})"
    yield "Area", place
    yield "Unit", str(measure["unit"])
    yield "Each figure", f"{basis_in_words(measure['basis'], measure['frequency'])}."
    yield "What is good", f"{POLARITY_WORDS[measure['polarity']]}."
    if len(frame):
        yield "Periods", f"{frame['period'].iloc[0]} to {frame['period'].iloc[-1]}"
    for heading, name in (("What is counted", "counted"), ("Bear in mind", "caveat"), ("Answers for it", "owner")):
        if measure[name]:
            yield heading, str(measure[name])
    if (frame["marker"] == "p").any():
        yield "Provisional", _PROVISIONAL
    for one in told.to_dict("records"):
        received = in_full(date.fromisoformat(one["received_on"])) if one["received_on"] else "on a day not recorded"
        yield "Source", f"{_source(one)}; latest file received {received}"
    if measure["audience"] != "public":
        yield "Meant for", AUDIENCE_WORDS[str(measure["audience"])]


def _source(one: Mapping[Any, Any]) -> str:
    return f"{one['title']}, {one['publisher']}{_licence(one)}"


def _licence(one: Mapping[Any, Any]) -> str:
    return f" ({one['licence']})" if one["licence"] else ""
