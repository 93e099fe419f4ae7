"""Doubtful targets as problems of a run, so that they stand on the Data quality page."""

import pandas as pd

from pipelines.problems import Code, Problem
from scorecard.catalogue import Catalogue, Severity
from scorecard.catalogue.fault import Path, dotted
from scorecard.judge.target_sanity import doubts
from scorecard.periods import Period


def target_problems(catalogue: Catalogue, observations: pd.DataFrame, home: str) -> list[Problem]:
    """A note for each doubt about a target, in the order of the catalogue.

    `observations` has one row per measure, area and period (measure_id, area_code, period_start, period_end and
    value, in the measure's unit; a missing value is passed over); only those of the area `home` count.
    """
    if observations.empty:
        return []
    found = doubtful_targets(catalogue, observations[observations["area_code"] == home])
    return [_problem(catalogue, path, sentence) for path, sentence in found]


def doubtful_targets(catalogue: Catalogue, observations: pd.DataFrame) -> list[tuple[Path, str]]:
    """Where in the catalogue each doubtful target stands, and the doubt, by the home council's observations."""
    held = observations[observations["value"].notna()]
    by_measure = dict(iter(held.groupby("measure_id", sort=False)))
    found = []
    for measure_id, measure in catalogue.measures.items():
        rows = by_measure.get(measure_id, held.iloc[0:0])
        columns = zip(rows["period_start"], rows["period_end"], rows["value"], strict=True)
        history = [(Period(start, end), float(value)) for start, end, value in columns]
        for doubt in doubts(measure, catalogue.tolerance_of(measure), history):
            found.append((("measures", measure_id, *doubt.path), doubt.sentence))
    return found


def _problem(catalogue: Catalogue, path: Path, sentence: str) -> Problem:
    measure = catalogue.measures[str(path[1])]
    where = f"{measure.title} ({dotted(path)} in the catalogue)"
    return Problem(Code.target_doubtful, Severity.note, f"{where}: {sentence}", measure.source_ids[0])
