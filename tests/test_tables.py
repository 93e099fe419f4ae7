"""Tables of figures whose rows share a key."""

import pytest

from pipelines.areas import AreaIndex, Place
from pipelines.check.tables import Checked, check_tables
from pipelines.read.grid import Grid, GridRow
from pipelines.read.table import understand
from scorecard.catalogue import Source

ROWS = [
    ("Ward", "Month", "Jobs"),
    ("Northward", "Apr 2026", "5"),
    ("Northward", "Apr 2026", "6"),
    ("Northward", "Apr 2026", "5"),
    ("Northward", "May 2026", "many"),
    ("Northward", "May 2026", "8"),
    ("Northward", "Apr 2026", "7"),
]


def checked(repeated_key: str) -> Checked:
    """The rows above, held against a contract."""
    areas = AreaIndex(home="X1")
    areas.add(Place("X1", "Littleborough", "council"))
    areas.add(Place("W1", "Northward", "ward", "X1"))
    source = Source.model_validate(
        {
            "title": "Jobs", "publisher": "Housing", "files": ["jobs.csv"], "format": "delimited",
            "area": {"column": "ward", "by": "name"}, "period": {"column": "month", "forms": ["month"]},
            "repeated_key": repeated_key,
            "columns": {
                "ward": {"header": "Ward"}, "month": {"header": "Month"}, "jobs": {"header": "Jobs", "type": "number"},
            },
        }
    )  # fmt: skip
    grid = Grid(tuple(GridRow(number, cells) for number, cells in enumerate(ROWS, start=1)))
    (one,) = check_tables(source, [understand(grid, "jobs", source, "jobs.csv", "0", areas)])
    return one


@pytest.mark.parametrize(
    ("repeated_key", "accepted", "held"),
    [
        ("hold_all", ["8"], [(2, "duplicate_key"), (3, "duplicate_key"), (5, "not_a_number"), (7, "duplicate_key")]),
        ("keep_first", ["5", "8"], [(3, "duplicate_key"), (5, "not_a_number"), (7, "duplicate_key")]),
    ],
)
def test_rows_of_one_key_that_disagree(repeated_key: str, accepted: list[str], held: list[tuple[int, str]]) -> None:
    """All are set aside, or the first sound one stays; the same again word for word is only ever a repeat."""
    found = checked(repeated_key)
    assert found.accepted["jobs"].tolist() == accepted
    assert [(each.row, each.code.value) for each in found.held] == held
    assert found.skipped == 2
