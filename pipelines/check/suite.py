"""Run expectations with Great Expectations. The only module of the project that imports it.

Importing it takes seconds, so many loads are checked in one process and all loads of a source in one batch.

Each expectation is put to Great Expectations' own engine for the condition that it stands for, which says of every
row whether it holds. The documents that a validation makes beside that (metrics, counts, samples of values, texts)
would cost ten times as much as the checks; tests hold that both say the same of every row.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.check.expectations import Expectation
from scorecard.errors import RunFailed

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

# Great Expectations loads SQLAlchemy where it is installed, a third of its start, and is given nothing but frames.
_loaded = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "sqlalchemy"}
sys.modules["sqlalchemy"] = None  # type: ignore[assignment]
try:
    import great_expectations.expectations as gxe
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.expectations.registry import get_metric_kwargs
    from great_expectations.validator.metric_configuration import MetricConfiguration
    from great_expectations.validator.metrics_calculator import MetricsCalculator
finally:
    del sys.modules["sqlalchemy"]
    sys.modules.update(_loaded)


@dataclass(frozen=True)
class Outcome:
    """What came of one expectation: the positions (from 0) of the rows that failed it, in order."""

    expectation: Expectation
    checked: int
    failed: NDArray[np.intp]


def run_suite(name: str, frame: pd.DataFrame, expectations: Sequence[Expectation]) -> list[Outcome]:
    """Outcomes in the order of `expectations`, each of which says of a row whether it holds.

    Raises RunFailed when a check itself could not be run.
    """
    plain = pd.DataFrame({column: _days_as_numbers(frame[column].reset_index(drop=True)) for column in frame})
    engine = PandasExecutionEngine()
    conditions = [_condition(engine, plain, at, each) for at, each in enumerate(expectations)]
    found, aborted = MetricsCalculator(engine, show_progress_bars=False).compute_metrics(conditions)
    outcomes = []
    for expectation, condition in zip(expectations, conditions, strict=True):
        if condition.id not in found:
            raise RunFailed(
                f"The check '{expectation.must}' of source '{name}' could not be run.",
                why=str(aborted.get(condition.id) or aborted)[:300],
                fix="This is a fault of the pipeline, not of the file; nothing was published.",
            )
        outcomes.append(Outcome(expectation, len(frame), _failing(found[condition.id])))
    return outcomes


def _condition(engine: PandasExecutionEngine, frame: pd.DataFrame, at: int, each: Expectation) -> MetricConfiguration:
    """The metric that says which rows fail an expectation.

    Each has a batch of its own columns, since the engine copies all columns of a batch where cells are missing.
    """
    bare = {key: _day_number(value) for key, value in each.arguments.items()}
    expectation = getattr(gxe, each.kind)(**bare)
    metric = f"{expectation.map_metric}.condition"
    keys = get_metric_kwargs(metric)
    batch = f"batch {at}"
    engine.load_batch_data(batch, frame[list(dict.fromkeys(each.columns))])
    domain, value = (_given(expectation, keys[f"metric_{part}_keys"]) for part in ("domain", "value"))
    return MetricConfiguration(metric, {**domain, "batch_id": batch}, value)


def _given(expectation: Any, keys: Sequence[str]) -> dict[str, Any]:
    return {key: value for key in keys if (value := getattr(expectation, key, None)) is not None}


def _failing(condition: Any) -> NDArray[np.intp]:
    """The positions of the rows for which a condition is not as expected; rows it leaves out are missing in it."""
    fails: pd.Series = condition[0]
    return np.sort(fails.index.to_numpy()[fails.to_numpy(dtype=np.bool_)]).astype(np.intp, copy=False)


def _days_as_numbers(column: pd.Series) -> pd.Series:
    """Dates as day numbers, which are compared many times faster; any other column as it is."""
    kind = column.dtype
    if isinstance(kind, pd.ArrowDtype) and kind.pyarrow_dtype == pa.date32():
        days = pa.array(column.array).cast(pa.int32())
    elif pd.api.types.is_object_dtype(kind) and isinstance(_first(column), date):
        days = pa.array(column, pa.date32(), from_pandas=True).cast(pa.int32())
    else:
        return column
    return pd.Series(days.to_numpy(zero_copy_only=False).astype(np.float64))


def _first(column: pd.Series) -> Any:
    return next((cell for cell in column if not pd.isna(cell)), None)


def _day_number(value: Any) -> Any:
    return (value - date(1970, 1, 1)).days if isinstance(value, date) else value
