"""Planning decisions by quarter: one workbook with a sheet of guidance and one of figures."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series
from pipelines.demonstration.span import Span, in_file_name, quarter_label

MAJORS: Final = Ratio(
    Series("majors", 91, 4, planted={"2026-09": 70}), Series("majors_decided", 12, 2, planted={"2026-09": 10})
)
NON_MAJORS: Final = Ratio(Series("non_majors", 90.5, 1.1), Series("non_majors_decided", 238, 14))
HEADINGS: Final = (
    "Quarter",
    "Majors decided",
    "Majors in time or agreed extension",
    "Non-majors decided",
    "Non-majors in time or agreed extension",
)
GUIDANCE: Final = Table(("Guidance",), [["Enter one row a quarter. Do not rename the columns."]])


def planning(span: Span) -> dict[str, bytes]:
    """One workbook: guidance, then one sheet whose name says which years it holds."""
    name = f"Decisions {in_file_name(span.financial_years[0])} to {in_file_name(span.financial_years[-1])}"
    rows = [_row(ends, span.seed) for ends in span.all_quarters()]
    decisions = Table(HEADINGS, rows, ("Development management",), ("Source: planning system.",))
    return {"planning/Planning decisions.xlsx": as_workbook({"Guidance": GUIDANCE, name: decisions})}


def _row(ends: int, seed: int) -> Row:
    majors_in_time, majors = MAJORS.at(ends, seed)
    others_in_time, others = NON_MAJORS.at(ends, seed)
    return [quarter_label(ends), majors, majors_in_time, others, others_in_time]
