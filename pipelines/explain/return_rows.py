"""The row of a return behind the latest figure, read again from the file as it was sent. It is shown, never stored."""

from typing import Any

from pipelines.explain.layout import Section
from pipelines.inbox import InboxFile
from pipelines.problems import Problem
from pipelines.read.files import OpenFile, read_for
from scorecard.catalogue import Catalogue, Figures, Measure


def return_rows(
    section: Section, catalogue: Catalogue, measure: Measure, receipt: dict[str, Any], file: InboxFile
) -> None:
    """Add the row that a receipt names to the section: each column of the contract, and what it is used for."""
    row_number = int(receipt["source_row"])
    for figures in measure.figures:
        if figures.source not in file.sources:
            continue
        source = catalogue.sources[figures.source]
        for table in read_for(file, OpenFile(file.location), figures.source, source, None):
            if isinstance(table, Problem) or table.sheet != receipt["sheet"]:
                continue
            rows = table.frame[table.frame["source_row"] == row_number]
            if rows.empty:
                continue
            row, uses = rows.iloc[0], _uses(figures)
            named = [(name, column.heading) for name, column in source.columns.items()]
            section.table(
                ("heading", "the row says", "used as"),
                [
                    (heading, row[name] if isinstance(row.get(name), str) else "(blank)", uses.get(name, ""))
                    for name, heading in named
                    if name in row
                ],
            )
            return
    section.say("The row is no longer found there by the contract as it is now.")


def _uses(figures: Figures) -> dict[str, str]:
    fields = ("value", "numerator", "denominator", "lower", "upper", "marker")
    uses = dict.fromkeys(figures.where, "chooses the row")
    return uses | {str(getattr(figures, field)): field for field in fields if getattr(figures, field)}
