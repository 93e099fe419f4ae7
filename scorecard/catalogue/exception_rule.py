"""When a measure is put before leadership: declared rules with parameters."""

from typing import Literal

from pydantic import Field

from scorecard.catalogue.entry import Entry, Text

RuleKind = Literal["off_target", "data_missing"]
Urgency = Literal["high", "medium", "low"]


class ExceptionRule(Entry):
    """One rule by which a measure becomes an exception."""

    title: Text
    when: RuleKind
    """off_target: beyond the tolerance on the bad side. data_missing: past its due date with no figure."""
    for_periods: int = Field(default=1, ge=1)
    """How many periods in a row it must have held."""
    severity: Urgency = "medium"
    severity_if_worsening: Urgency | None = None
    """Used instead while the measure is also worse than a year before (or than last period, without a year)."""
