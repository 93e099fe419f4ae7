"""The data quality page: what was read, what was refused, what to put right."""

import csv
import io

import pandas as pd
import pytest

from pages.components.downloads import defused, rows_set_aside
from tests.pages_under_test import council, empty_council, visit, words_of

__all__ = ["council", "empty_council"]


@pytest.mark.usefixtures("council")
def test_it_says_what_to_put_right() -> None:
    """Each problem with what, where, why and what to do; the gravest first."""
    app = visit("data_quality.py")
    said = words_of(app)
    assert "3 files were read and 1 was refused" in said
    assert said.index("there is no column 'Completed on'") < said.index("that is not a whole number")
    assert "**What to do:** Add the column to the workbook" in said
    assert "File refused" in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_it_lists_files_checks_and_rows() -> None:
    """Every file with its outcome, every rule with its result, every row that was set aside."""
    app = visit("data_quality.py")
    said = words_of(app)
    for words in (
        "repairs_October.xlsx",
        "1 file refused",
        "notes to self.docx",
        "2 of 242",
        "is a whole number",
        "19",
    ):
        assert words in said
    folded = [expander.label for expander in app.expander]
    assert folded == ["2 files loaded", "1 file not recognised", "2 checks passed"]


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_still_works() -> None:
    """What was read is shown even when no measure uses it."""
    assert not visit("data_quality.py").exception


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@sum(a1)", "'@sum(a1)"),
        ("+1+cmd", "'+1+cmd"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("-4.5", "-4.5"),
        ("+44", "+44"),
        ("-1,204", "-1,204"),
        ("plain", "plain"),
        (-3, -3),
        (None, None),
    ],
)
def test_the_download_cannot_carry_a_formula(cell: object, safe: object) -> None:
    """Text that a spreadsheet would run gets a quote before it; real numbers do not."""
    assert defused(cell) == safe


def test_the_download_holds_every_cell_of_every_row() -> None:
    """Where, why and the cells under their own headings, readable by Excel."""
    frame = pd.DataFrame(
        {
            "path": ["=a.csv", "b.csv"],
            "sheet": [None, None],
            "source_row": [17, 18],
            "sentence": ["why", "why"],
            "cells": ['{"area": "E1", "=bad": "=1+1"}', '{"area": "E2"}'],
        }
    )
    rows = list(csv.reader(io.StringIO(rows_set_aside(frame).decode("utf-8-sig"))))
    assert rows[0] == ["path", "sheet", "source_row", "sentence", "cell: area", "cell: =bad"]
    assert rows[1] == ["'=a.csv", "", "17", "why", "E1", "'=1+1"]
    assert rows[2] == ["b.csv", "", "18", "why", "E2", ""]
