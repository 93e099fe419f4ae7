"""A council small enough to hold in the head: one CSV source, one workbook source, four measures."""

from pathlib import Path

import xlsxwriter

from pipelines.progress import Progress
from pipelines.run import Outcome, run
from scorecard.settings import Settings

CATALOGUE = """\
council: {name: Littleborough Council, home: Littleborough, as_at: 2026-11-20}
themes:
  health: {title: Organisational health, question: Is the council well run?}
services:
  place: {title: Place, owner: Director of Place}
areas:
  listed:
    X1: {name: Littleborough, level: council, also: [Littleborough BC]}
    X2: {name: Northward, level: ward, within: X1}
    E92000001: {name: England, level: country}
sources:
  returns:
    title: Monthly returns
    publisher: Place
    files: ["returns*.csv"]
    format: delimited
    markers: {"..": x}
    columns:
      place: {header: Place, required: true}
      month: {header: Month, required: true}
      code: {header: Code, allowed: [missed, calls]}
      count: {header: Count, type: integer, minimum: 0}
      out_of: {header: Out of, also: [Total], type: number, minimum: 0, maximum: 1000000}
    area: {column: place, by: name}
    period: {column: month, forms: [month]}
    key: [code]
    expected: {every: month, within_days: 15}
  homes:
    title: Homes
    publisher: Housing
    files: ["homes*.xlsx"]
    format: workbook
    sheets: ["Quarter*"]
    header: {above: X1}
    ends_before: ["Notes*"]
    columns:
      code: {at: A, pattern: "X\\\\d|E\\\\d{8}"}
      lets: {header: "Lettings > Total", type: integer}
      days: {header: "Lettings > Days", type: number}
    area: {column: code}
    period: {within: sheet_name, find: "Quarter (.*)", forms: [financial_quarter]}
defaults: {tolerance: {per_cent: 10}}
exception_rules:
  off_target: {title: Off target, when: off_target, severity: medium, severity_if_worsening: high}
  data_missing: {title: Data missing, when: data_missing, severity: low}
measures:
  missed_collections:
    title: Missed collections
    definition: Bins missed.
    theme: health
    service: place
    unit: per 100,000
    decimals: 0
    polarity: lower
    frequency: month
    figures: {source: returns, where: {code: missed}, numerator: count, denominator: out_of, per: 100000}
    targets: [{kind: fixed, value: 60, reason: Council plan}]
  calls:
    title: Calls
    definition: Calls taken.
    theme: health
    service: place
    kind: volumetric
    unit: calls
    decimals: 0
    polarity: neutral
    frequency: month
    figures: {source: returns, where: {code: calls}, value: count}
  let_days:
    title: Days to let a home
    definition: Days to let.
    theme: health
    service: place
    unit: days
    polarity: lower
    frequency: quarter
    figures: {source: homes, numerator: days, denominator: lets}
"""

GOOD = """\
Place,Month,Code,Count,Out of
Littleborough,Aug 2026,missed,50,100000
Littleborough,Sep 2026,missed,90,100000
Littleborough BC,Oct 2026,missed,95,100000
Northward,Oct 2026,missed,30,20000
Littleborough,Oct 2026,calls,"1,234",..
"""


def write_council(folder: Path, files: dict[str, str | bytes] | None = None) -> Settings:
    """A data folder with the catalogue and these files in its inbox (GOOD as returns.csv by default)."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    (folder / "metrics.yaml").write_text(CATALOGUE, encoding="utf-8")
    for name, content in ({"returns.csv": GOOD} if files is None else files).items():
        (inbox / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return Settings(folder / "metrics.yaml", inbox, folder / "data", None, 26)


def write_homes(path: Path, sheet: str = "Quarter Q2 2026-27") -> None:
    """A workbook as departments publish them: title, stacked headings, note numbers, a spacer column, notes below."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        page.write(0, 0, "Table H1 - Lettings\nQ2")
        page.merge_range(1, 2, 1, 4, "Lettings1,2")
        page.write_row(2, 2, ["Total", "", "Days3"])
        page.write_row(3, 0, ["X1", "Littleborough", 40, "", 1200])
        page.write_row(5, 0, ["E92000001", "England", 50000, "", 2000000.5])
        page.write_row(7, 0, ["Notes"])
        page.write_row(8, 0, ["1", "Only general needs."])
        hidden = book.add_worksheet("Quarter Q1 2026-27")
        hidden.write_row(0, 0, ["X1", "old", 1, "", 1])
        hidden.hide()


class Silent(Progress):
    """Says nothing."""

    def say(self, line: str) -> None:
        """Nothing."""


def load(settings: Settings, *, force: bool = False) -> Outcome:
    """One run of the real pipeline, in this process."""
    return run(settings, Silent(), force=force)
