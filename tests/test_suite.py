"""The engine that the suite asks says of every row what a whole validation by Great Expectations says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from pipelines.check.expectations import Expectation
from pipelines.check.suite import run_suite
from pipelines.problems import Code
from scorecard.catalogue import Severity
from scorecard.errors import RunFailed

DAYS = [date(2025, 4, 1), None, date(2026, 3, 31), date(9999, 12, 31), date(1, 1, 1)]
Validate = Callable[[pd.DataFrame, list[Expectation]], list[list[int]]]


def expect(kind: str, **arguments: Any) -> Expectation:
    """An expectation by its class name and arguments."""
    return Expectation(kind, arguments, Code.out_of_range, Severity.quarantine, None, None, f"must {kind}")


@pytest.fixture(scope="module")
def validate() -> Validate:
    """Great Expectations' own validation of a frame: the rows that fail each expectation."""
    import great_expectations as gx
    import great_expectations.expectations as gxe

    context: Any = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("all")

    def failed(frame: pd.DataFrame, expectations: list[Expectation]) -> list[list[int]]:
        found = []
        for each in expectations:
            suite = gx.ExpectationSuite(name="one", expectations=[getattr(gxe, each.kind)(**each.arguments)])
            result = batch.get_batch({"dataframe": frame}).validate(suite, result_format="COMPLETE")
            (one,) = result.results
            assert not one.exception_info.get("raised_exception"), one.exception_info
            found.append(sorted(set(one.result.get("unexpected_index_list") or [])))
        return found

    return failed


def test_a_whole_validation_says_the_same(validate: Validate) -> None:
    """For each kind of expectation that contracts ask for, over every kind of column, with cells missing or not."""
    rng = np.random.default_rng(3)
    rows = 400
    words = rng.choice(np.array(["Emergency", "Routine", "routine", "é", "A12", "A1", None], dtype=object), rows)
    frame = pd.DataFrame(
        {
            "text": pd.array(words, dtype="str"),
            "category": pd.Categorical(words),
            "none": pd.Categorical([None] * rows),
            "number": np.where(rng.random(rows) < 0.1, np.nan, rng.integers(-5, 9, rows)),
            "other": rng.normal(0, 4, rows),
            "load": rng.integers(0, 2, rows),
            "first": [DAYS[at] for at in rng.integers(0, 5, rows)],
            "last": pd.array([DAYS[at] for at in rng.integers(0, 5, rows)], dtype=pd.ArrowDtype(pa.date32())),
        },
        index=range(7, 7 + rows),
    )
    blank = {"ignore_row_if": "either_value_is_missing"}
    asked = [
        *(expect("ExpectColumnValuesToNotBeNull", column=str(name)) for name in frame),
        *(expect("ExpectColumnValuesToBeNull", column=str(name)) for name in frame),
        *(expect("ExpectColumnValuesToBeInSet", column=on, value_set=["Routine", "é"]) for on in ("text", "category")),
        *(expect("ExpectColumnValuesToMatchRegex", column=on, regex=r"^(?:A[0-9]{2})$") for on in ("text", "category")),
        expect("ExpectColumnValuesToBeBetween", column="number", min_value=0, max_value=5),
        expect("ExpectColumnValuesToBeBetween", column="number", min_value=-1.5),
        expect("ExpectColumnValuesToBeBetween", column="other", max_value=0.5),
        expect("ExpectColumnPairValuesAToBeGreaterThanB", column_A="number", column_B="other", or_equal=True, **blank),
        expect("ExpectCompoundColumnsToBeUnique", column_list=["load", "text"], ignore_row_if="any_value_is_missing"),
        expect("ExpectCompoundColumnsToBeUnique", column_list=["load", "number"], ignore_row_if="any_value_is_missing"),
    ]
    outcomes = run_suite("mine", frame, asked)
    assert [outcome.expectation for outcome in outcomes] == asked
    assert [outcome.failed.tolist() for outcome in outcomes] == validate(frame.reset_index(drop=True), asked)
    assert any(len(outcome.failed) for outcome in outcomes)


@pytest.mark.parametrize("on", ["first", "last"])
def test_days_are_held_against_days(on: str) -> None:
    """Of any year of the calendar, in either kind of column; where one is missing there is nothing to hold."""
    days = {"first": DAYS, "last": pd.array(DAYS, dtype=pd.ArrowDtype(pa.date32()))}
    frame = pd.DataFrame({on: days[on], "than": [date(2025, 4, 2), date(2025, 4, 2), None, date(2025, 4, 2), DAYS[4]]})
    blank = {"ignore_row_if": "either_value_is_missing"}
    outcomes = run_suite(
        "mine", frame,
        [
            expect("ExpectColumnValuesToBeBetween", column=on, min_value=date(2025, 4, 1), max_value=date(2026, 3, 31)),
            expect("ExpectColumnValuesToBeBetween", column=on, max_value=date(2026, 3, 30)),
            expect("ExpectColumnPairValuesAToBeGreaterThanB", column_A=on, column_B="than", or_equal=True, **blank),
            expect("ExpectColumnValuesToNotBeNull", column=on),
        ],
    )  # fmt: skip
    assert [outcome.failed.tolist() for outcome in outcomes] == [[3, 4], [2, 3], [0], [1]]
    assert [outcome.checked for outcome in outcomes] == [5] * 4


def test_a_check_that_cannot_be_run_stops_the_run() -> None:
    """A text is not between numbers: nothing is let through unchecked."""
    frame = pd.DataFrame({"text": pd.array(["a", "b"], dtype="str")})
    with pytest.raises(RunFailed, match="'must ExpectColumnValuesToBeBetween' of source 'mine' could not be run"):
        run_suite("mine", frame, [expect("ExpectColumnValuesToBeBetween", column="text", min_value=1, max_value=2)])
