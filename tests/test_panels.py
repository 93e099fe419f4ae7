"""Panels out of observations, and rows of the judgement table out of panels."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.before import Before
from pipelines.judgement_rows import TOLD_BEFORE, judgement_rows
from pipelines.judging import Areas, Figures, judge_all
from pipelines.panels import by_period, panel_of
from pipelines.records.counting import BREAKDOWN
from scorecard.catalogue import Catalogue, Stage, read_catalogue, stage_on
from scorecard.judge.due import Due
from scorecard.judge.standing import stand
from scorecard.judge.status import Status
from scorecard.periods import Period, between
from tests.small_council import write_council
from tests.small_panel import APRIL_2025, TEN_PER_CENT, measure, month

EVERY = (
    "area_code", "period_start", "period_end", "period", "numerator", "denominator", "value", "lower", "upper",
    "marker",
)  # fmt: skip


def observations(*rows: tuple[str, Period, float | None], **more: Any) -> pd.DataFrame:
    """Observations of one measure: area, period and figure, None being a marked cell."""
    made = [
        {
            **dict.fromkeys(EVERY), "measure_id": "m", "area_code": area, "period_start": period.start,
            "period_end": period.end, "period": period.label, "value": value, "marker": None if value else "x", **more,
        }
        for area, period, value in rows
    ]  # fmt: skip
    return pd.DataFrame(made, columns=["measure_id", *EVERY, *more])


def test_areas_and_periods_stand_in_order() -> None:
    """An area without rows is there, a month without rows is there, and nothing missing is nought."""
    frame = observations(("B", month(3), 4.0), ("A", month(0), 1.0), ("A", month(1), None), ("Z", month(9), 9.0))
    made = panel_of("m", measure(), frame, ["A", "B", "C"])
    assert made.areas == ("A", "B", "C")
    assert (made.periods, made.regular) == (tuple(month(at) for at in range(4)), True)
    np.testing.assert_array_equal(made.values, [[1, *[np.nan] * 3], [*[np.nan] * 3, 4], [np.nan] * 4])
    assert made.exists.tolist() == [[True, True, False, False], [False, False, False, True], [False] * 4]
    assert made.markers.tolist() == [[None, "x", None, None], [None] * 4, [None] * 4]


def test_counts_may_be_decimals() -> None:
    """Numerators and denominators are decimals with nine places in a snapshot, and missing in many rows."""
    frame = observations(("A", month(0), 1.0), ("A", month(1), 2.0))
    frame["numerator"] = [Decimal("7.5"), None]
    made = panel_of("m", measure(), frame, ["A"])
    np.testing.assert_array_equal(made.numerators, [[7.5, np.nan]])
    assert np.isnan(made.denominators).all()


def test_irregular_periods_are_kept_as_they_are() -> None:
    """A year among months adds no months in between."""
    year = between(APRIL_2025, APRIL_2025 + 11)
    made = panel_of("m", measure(), observations(("A", year, 5.0), ("A", month(0), 1.0), ("A", month(5), 2.0)), ["A"])
    assert (made.periods, made.regular) == ((month(0), year, month(5)), False)


def test_no_rows_at_all() -> None:
    """A measure without a figure has a panel without periods, and no rows but what it waits for."""
    made = panel_of("m", measure(), observations(), ["A", "B"])
    standing = stand(made, TEN_PER_CENT, {})
    assert (made.values.shape, len(judgement_rows(made, standing, {}))) == ((2, 0), 0)
    (row,) = judgement_rows(made, standing, {"A": Due(month(0), date(2025, 5, 15), Status.awaiting)}).to_dict("records")
    assert (row["area_code"], row["status"], row["is_latest"]) == ("A", "awaiting", True)


def test_peers_figures_by_period() -> None:
    """Only those there are."""
    frame = observations(("P", month(0), 1.0), ("Q", month(0), 3.0), ("P", month(1), None), ("Q", month(1), 4.0))
    held = by_period(panel_of("m", measure(), frame, ["P", "Q"]))
    assert {period: each.tolist() for period, each in held.items()} == {month(0): [1.0, 3.0], month(1): [4.0]}


@pytest.mark.parametrize(("status", "latest"), [(Status.awaiting, "Apr 2026"), (Status.overdue, "May 2026")])
def test_sentences_are_made_where_they_are_read(status: Status, latest: str) -> None:
    """The latest figure, the twelve rows before it, and what came after it; the row shown first always has one."""
    frame = observations(
        *(("A", month(at), 50.0 + at) for at in range(12)), ("A", month(12), None), ("B", month(0), 1.0)
    )
    frame = pd.concat([frame, observations(*(("A", month(at), 60.0) for at in range(-6, 0)))])
    made = panel_of("m", measure(), frame, ["A", "B"])
    rows = judgement_rows(made, stand(made, TEN_PER_CENT, {}), {"A": Due(month(13), date(2026, 6, 15), status)})
    home = rows[rows["area_code"] == "A"]
    assert home["status_sentence"].notna().tolist() == [False] * 5 + [True] * (TOLD_BEFORE + 3)
    assert home["direction_sentence"].notna().tolist() == home["status_sentence"].notna().tolist()
    assert home.loc[home["is_latest"], "period"].tolist() == [latest]
    assert rows.loc[rows["area_code"] == "B", "is_latest"].tolist() == [True]
    assert not rows.duplicated(["area_code", "period_start", "period_end"]).any()


def small(folder: Path, **changes: Any) -> Catalogue:
    """The small council's catalogue, its missed collections changed."""
    catalogue = read_catalogue(write_council(folder).catalogue)
    changed = catalogue.measures["missed_collections"].model_copy(update=changes)
    return catalogue.model_copy(update={"measures": {"missed_collections": changed}})


def test_nothing_is_due_from_a_measure_that_was_removed(tmp_path: Path) -> None:
    """While it is live October is overdue in December; removed in October, it owes nothing."""
    frame = observations(("X1", between(2026 * 12 + 8, 2026 * 12 + 8), 95.0), ("X2", month(0), 40.0), load_id=0)
    frame["measure_id"] = "missed_collections"
    areas, day = Areas("X1", ["X2"], [], {"X1": "Home", "X2": "Ward"}, {}), date(2026, 12, 20)

    def statuses(catalogue: Catalogue) -> dict[str, str]:
        figures = Figures(frame, pd.DataFrame(columns=BREAKDOWN))
        judged = judge_all(catalogue, figures, areas, day, Before()).tables["judgement"]
        return dict(zip(judged["period"], judged["status"], strict=True))

    assert statuses(small(tmp_path)) == {"Sep 2026": "off_target", "Apr 2025": "on_target", "Oct 2026": "overdue"}
    life = measure(
        lifecycle=[{"decision": "removed", "on": "2026-10-01", "reason": "Replaced", "approved_by": "Cabinet"}]
    ).lifecycle
    assert stage_on(life, day) is Stage.removed
    assert set(statuses(small(tmp_path / "two", lifecycle=life)).values()) == {"off_target", "on_target"}
