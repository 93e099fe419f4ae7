"""Run expectations with Great Expectations. The only module of the project that imports it.

Importing it takes seconds, so many loads are checked in one process and all loads of a source in one batch.
"""

import os
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipelines.check.expectations import Expectation
from scorecard.errors import RunFailed

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.data_context.types.base import ProgressBarsConfig

# COMPLETE with the default index gives every failing position as a plain number; the named-index
# variant costs six times as much.
_RESULT_FORMAT: Final = {"result_format": "COMPLETE"}


@dataclass(frozen=True)
class Outcome:
    """What came of one expectation: the positions (from 0) of the rows that failed it."""

    expectation: Expectation
    checked: int
    failed: tuple[int, ...]


def run_suite(name: str, frame: pd.DataFrame, expectations: list[Expectation]) -> list[Outcome]:
    """Outcomes in the order of `expectations`. Raises RunFailed when a check itself could not be run."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    batch = (
        context.data_sources.add_pandas("inbox").add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
    )
    suite = gx.ExpectationSuite(
        name=name,
        expectations=[
            getattr(gxe, each.kind)(**each.arguments, meta={"position": at}) for at, each in enumerate(expectations)
        ],
    )
    frame = frame.reset_index(drop=True)
    result = batch.get_batch({"dataframe": frame}).validate(suite, result_format=_RESULT_FORMAT)
    outcomes: dict[int, Outcome] = {}
    for each in result.results:
        at = int(((each.expectation_config and each.expectation_config.meta) or {})["position"])
        failed = _failed_rows(name, expectations[at], each)
        outcomes[at] = Outcome(expectations[at], len(frame), failed)
    return [outcomes[at] for at in range(len(expectations))]


def _failed_rows(name: str, expectation: Expectation, result: Any) -> tuple[int, ...]:
    raised = result.exception_info or {}
    if raised.get("raised_exception") or any(isinstance(entry, dict) for entry in raised.values()):
        raise RunFailed(
            f"The check '{expectation.must}' of source '{name}' could not be run.",
            why=str(raised)[:300],
            fix="This is a fault of the pipeline, not of the file; nothing was published.",
        )
    if result.success:
        return ()
    return tuple(sorted({int(position) for position in result.result.get("unexpected_index_list") or ()}))
