"""What good looks like: targets with their dates and reasons, and how near is near enough."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from scorecard.catalogue.entry import Entry, Text


class Tolerance(Entry):
    """How far off target still counts as close to it: a share of the target, or points of the unit."""

    per_cent: float | None = Field(default=None, ge=0)
    points: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_way(self) -> "Tolerance":
        if (self.per_cent is None) == (self.points is None):
            raise ValueError("give either 'per_cent' (of the target) or 'points' (of the measure's unit)")
        return self

    def width(self, target: float) -> float:
        """The tolerance in the measure's own unit."""
        return self.points if self.points is not None else abs(target) * (self.per_cent or 0) / 100


class _Dated(Entry):
    since: date | None = None
    """First day of the first period it applies to; without it, always."""
    reason: Text
    """Who set it and why, e.g. "Council plan 2024, approved by Cabinet"."""


class FixedTarget(_Dated):
    """One figure for every period."""

    kind: Literal["fixed"]
    value: float


class LimitTarget(_Dated):
    """A ceiling (lower is better) or a floor (higher is better) that must not be passed: no tolerance applies."""

    kind: Literal["limit"]
    value: float
    statutory: bool = False
    """Set by law, regulation or a regulator."""


class BandTarget(_Dated):
    """Good is between two figures, ends included."""

    kind: Literal["band"]
    low: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> "BandTarget":
        if self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        return self


ProfileKey = Literal[
    "Q1", "Q2", "Q3", "Q4", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"
]


class ProfileTarget(_Dated):
    """A figure for each month or quarter of the financial year, for measures that build up or have a season."""

    kind: Literal["profile"]
    values: dict[ProfileKey, float] = Field(min_length=1)


class LastYearTarget(_Dated):
    """Better than, or no worse than, the same period a year before."""

    kind: Literal["last_year"]
    change_per_cent: float = 0
    """Wanted change on last year's figure, e.g. -3 for three per cent less."""


class PeerMedianTarget(_Dated):
    """The middle council of the peer group in the same period."""

    kind: Literal["peer_median"]


class PeerQuartileTarget(_Dated):
    """To be among the best quarter of the peer group in the same period, by the measure's polarity."""

    kind: Literal["peer_quartile"]


Target = Annotated[
    FixedTarget | LimitTarget | BandTarget | ProfileTarget | LastYearTarget | PeerMedianTarget | PeerQuartileTarget,
    Field(discriminator="kind"),
]
