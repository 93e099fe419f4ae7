"""Observations: one row per measure, area and period, made from the accepted rows of every load."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipelines.build.suppression import withhold
from pipelines.problems import Code, Problem
from scorecard.catalogue import Catalogue, Figures, Measure, Severity
from scorecard.markers import WORDS
from scorecard.periods import Period
from scorecard.wording import count

KEY: Final = ["measure_id", "area_code", "period_start", "period_end"]
COLUMNS: Final = [
    *KEY, "period", "numerator", "denominator", "value", "lower", "upper", "marker", "load_id", "source_row", "sha256",
    "records", "counted_from",
]  # fmt: skip


@dataclass(frozen=True)
class AcceptedLoad:
    """The rows accepted from one load; loads come oldest file first."""

    load_id: int
    sha256: str
    path: str
    frame: pd.DataFrame


def build_observations(
    catalogue: Catalogue, loads: Mapping[str, list[AcceptedLoad]]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Observations (columns COLUMNS, unique on KEY) and what was found wrong in making them.

    `loads` are by source id. A blank cell without a marker makes no observation: missing is missing.
    Where two loads give an area and period, the later file stands; the problems say so if they differ.
    """
    found, problems = [], []
    for measure_id, measure in catalogue.measures.items():
        parts = []
        for order, figures in enumerate(measure.figures):
            for age, load in enumerate(loads.get(figures.source, [])):
                part, ambiguous = _unambiguous(_withheld(measure, figures, _read_figures(figures, load)))
                parts.append(part.assign(measure_id=measure_id, order=order, age=age))
                if ambiguous:
                    problems.append(_ambiguous(measure_id, figures, load, ambiguous))
        parts = [part for part in parts if len(part)]
        if parts:
            one, disagreeing = _one_each(pd.concat(parts, ignore_index=True))
            found.append(one)
            problems += [_disagreement(measure_id, disagreeing, loads)] if len(disagreeing) else []
    if not found:
        return pd.DataFrame(columns=COLUMNS), problems
    everything = pd.concat(found, ignore_index=True)
    everything["period"] = _labels(everything)
    everything["records"], everything["counted_from"] = pd.array([pd.NA] * len(everything), dtype="Int64"), None
    return everything[COLUMNS].sort_values(KEY, ignore_index=True), problems


def put_together(returns: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Observations made from returns and from records; where both tell an area and period, the records stand."""
    if counted.empty:
        return returns
    kept = [frame[COLUMNS] for frame in (counted, returns) if len(frame)]
    return pd.concat(kept).drop_duplicates(subset=KEY).sort_values(KEY, ignore_index=True)


def _withheld(measure: Measure, figures: Figures, made: pd.DataFrame) -> pd.DataFrame:
    """Without the figures that are made from fewer cases than the measure may tell."""
    return withhold(made, made["numerator"] if figures.numerator else made["value"], measure.small_numbers)


def _read_figures(figures: Figures, load: AcceptedLoad) -> pd.DataFrame:
    """One row per row of the load that holds a figure or a marker for these figures."""
    frame = load.frame
    for column, wanted in figures.where.items():
        allowed = {wanted} if isinstance(wanted, str) else set(wanted)
        frame = frame[frame[column].isin(allowed)]
    made = frame[["area_code", "period_start", "period_end", "source_row"]].copy()
    made["load_id"], made["sha256"] = load.load_id, load.sha256
    if figures.value:
        made["numerator"] = made["denominator"] = float("nan")
        made["value"] = _numbers(frame, figures.value) * figures.times
        markers = _markers(frame, figures.value)
    else:
        numerator = _numbers(frame, figures.numerator or "")
        denominator = _numbers(frame, figures.denominator or "")
        made["numerator"], made["denominator"] = numerator, denominator
        made["value"] = numerator / denominator.where(denominator != 0) * figures.per
        markers = _markers(frame, figures.numerator or "").fillna(_markers(frame, figures.denominator or ""))
        markers = markers.mask((denominator == 0) & markers.isna(), "z")
    # Binary fractions: 0.28 x 100 should read 28, not 28.000000000000004.
    made["value"] = made["value"].round(9)
    made["lower"] = _numbers(frame, figures.lower) * figures.times if figures.lower else float("nan")
    made["upper"] = _numbers(frame, figures.upper) * figures.times if figures.upper else float("nan")
    if figures.marker:
        stated = frame[figures.marker].astype(object)
        markers = stated.where(stated.isin(list(WORDS))).fillna(markers)
    made["marker"] = markers.where(markers.notna(), None)
    return made[made["value"].notna() | made["marker"].notna()]


def _numbers(frame: pd.DataFrame, column: str) -> "pd.Series[float]":
    if f"{column}__value" not in frame:
        return pd.Series(float("nan"), index=frame.index)
    return pd.to_numeric(frame[f"{column}__value"], errors="coerce")


def _markers(frame: pd.DataFrame, column: str) -> "pd.Series[str]":
    if f"{column}__marker" not in frame:
        return pd.Series(None, index=frame.index, dtype=object)
    return frame[f"{column}__marker"].astype(object)


def _unambiguous(made: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Leave out every area and period that one load gives more than once, and say how many rows that was."""
    several = made.duplicated(subset=KEY[1:], keep=False)
    return made[~several], int(several.sum())


def _one_each(made: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figure that stands for each key, and the later ones that differ from an earlier file's."""
    ordered = made.sort_values(["order", "age"], ascending=[True, False], kind="stable")
    one = ordered.drop_duplicates(subset=KEY)
    same_order = ordered.merge(one[[*KEY, "order", "value"]], on=[*KEY, "order"], suffixes=("", "_standing"))
    differs = (same_order["value"] - same_order["value_standing"]).abs() > 1e-9
    return one, same_order[differs]


def _labels(frame: pd.DataFrame) -> "pd.Series[str]":
    pairs = frame[["period_start", "period_end"]].drop_duplicates().itertuples(index=False)
    labels = {(start, end): Period(start, end).label for start, end in pairs}
    return pd.Series(
        [labels[key] for key in zip(frame["period_start"], frame["period_end"], strict=True)],
        index=frame.index,
    )


def _ambiguous(measure_id: str, figures: Figures, load: AcceptedLoad, rows: int) -> Problem:
    sentence = (
        f"{load.path}: measure '{measure_id}' finds {count(rows, 'row')} that share an area and period with another; "
        f"none of them was used."
    )
    return Problem(Code.figures_ambiguous, Severity.note, sentence, figures.source, load.path, rows=rows)


def _disagreement(measure_id: str, rows: pd.DataFrame, loads: Mapping[str, list[AcceptedLoad]]) -> Problem:
    paths = {load.load_id: (load.path, source) for source, many in loads.items() for load in many}
    path, source = paths[int(rows.iloc[0]["load_id"])]
    sentence = (
        f"{path}: {count(len(rows), 'figure')} of measure '{measure_id}' {'differs' if len(rows) == 1 else 'differ'} "
        f"from a later file's, which {'is' if len(rows) == 1 else 'are'} used."
    )
    return Problem(Code.figures_disagree, Severity.note, sentence, source, path, rows=len(rows))
