"""How far back the demonstration goes, and what the council holds on 20 November 2026."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.demonstration.series import month_of
from scorecard.periods import between, year_label

LAST_MONTH: Final = month_of("2026-10")
LAST_QUARTER_ENDS: Final = month_of("2026-09")
KNOWN_TO: Final = date(2026, 10, 31)
"""Registers were saved on the last day that they cover."""
LAST_FINANCIAL_YEAR: Final = 2026
"""It began in April 2026 and is not over, so yearly figures end with the year before."""


@dataclass(frozen=True)
class Span:
    """The seed of the noise, the number of financial years (the unfinished one among them), and how many times
    over the files of records are."""

    seed: int
    years: int
    scale: int = 1

    @property
    def financial_years(self) -> range:
        """The calendar years in which the financial years began, oldest first."""
        return range(LAST_FINANCIAL_YEAR - self.years + 1, LAST_FINANCIAL_YEAR + 1)

    def months(self, year: int, last: int = LAST_MONTH) -> range:
        """Month indexes of a financial year, up to the last month held."""
        return range(year * 12 + 3, min(year * 12 + 15, last + 1))

    def all_months(self, last: int = LAST_MONTH) -> range:
        """Month indexes of the whole span."""
        return range(self.financial_years[0] * 12 + 3, last + 1)

    def quarters(self, year: int) -> list[int]:
        """The month index of the last month of each quarter of a financial year, up to the last held."""
        return [end for end in range(year * 12 + 5, year * 12 + 15, 3) if end <= LAST_QUARTER_ENDS]

    def all_quarters(self) -> list[int]:
        """The same for the whole span."""
        return [end for year in self.financial_years for end in self.quarters(year)]


def covered(year: int) -> str:
    """The months of a financial year that are held, as the names of record files say them: "Apr 2026 to Oct 2026"."""
    months = range(year * 12 + 3, min(year * 12 + 15, LAST_MONTH + 1))
    return f"{month_label(months[0])} to {month_label(months[-1])}"


def in_file_name(year: int) -> str:
    """2026 becomes "2026-27", for names in which a stroke cannot stand."""
    return year_label(year).replace("/", "-")


def month_label(month: int) -> str:
    """A month index as "Oct 2026"."""
    return between(month, month).label


def month_ending(month: int) -> str:
    """A month index as its last day, "31/10/2026"."""
    return f"{between(month, month).end:%d/%m/%Y}"


def quarter_label(ends: int) -> str:
    """The quarter whose last month this is, as "2026/27 Q2"."""
    quarter, year = between(ends - 2, ends).label.split()
    return f"{year} {quarter}"
