"""Rows as a CSV file that a spreadsheet will not take for formulas."""

import json

import pandas as pd

from pages.components.tables import comparable
from scorecard.measure_words import DECISION_WORDS

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows_set_aside(frame: pd.DataFrame) -> bytes:
    """The rows of `quality.rows_set_aside` as CSV: where and why, then their cells under their own headings."""
    rows = [json.loads(one) for one in frame["cells"]]
    cells = pd.DataFrame([one if isinstance(one, dict) else dict(enumerate(one)) for one in rows], index=frame.index)
    whole = pd.concat([frame[["path", "sheet", "source_row", "sentence"]], cells.add_prefix("cell: ")], axis=1)
    return whole.map(defused).rename(columns=defused).to_csv(index=False).encode("utf-8-sig")


def decisions(frame: pd.DataFrame) -> bytes:
    """Rows of `changes.decisions` as CSV, in the words of the page."""
    whole = pd.DataFrame(
        {
            "date": frame["decided_on"].dt.strftime("%Y-%m-%d"),
            "measure": frame["title"],
            "measure_id": frame["measure_id"],
            "decision": frame["decision"].map(DECISION_WORDS),
            "reason": frame["reason"],
            "approved_by": frame["approved_by"],
            "comparable_with_before": [
                comparable(decision, broken=broken)
                for decision, broken in zip(frame["decision"], frame["breaks_comparability"], strict=True)
            ],
        }
    )
    return whole.map(defused).to_csv(index=False).encode("utf-8-sig")


def defused(cell: object) -> object:
    """A text that would start a formula gets a quote before it; real numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_STARTS) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
