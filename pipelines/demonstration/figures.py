"""What a service reports in a period: a count, or a numerator with its denominator."""

from dataclasses import dataclass
from typing import Protocol

from pipelines.demonstration.series import Series

Pair = tuple[int, int | None]
"""Numerator and denominator; a count has no denominator."""


class Figures(Protocol):
    """Anything that has a pair for a month."""

    def at(self, month: int, seed: int) -> Pair:
        """The pair of one month, by month index."""


@dataclass(frozen=True)
class Count:
    """A whole number, never below zero."""

    series: Series

    def at(self, month: int, seed: int) -> Pair:
        """The count of one month, without a denominator."""
        return max(0, round(self.series.at(month, seed))), None


@dataclass(frozen=True)
class Ratio:
    """A share of a volume: the numerator is what makes numerator / denominator x per nearest to the rate."""

    rate: Series
    volume: Series
    per: float = 100

    def at(self, month: int, seed: int) -> Pair:
        """Numerator and denominator of one month."""
        whole = max(1, round(self.volume.at(month, seed)))
        return max(0, round(whole * self.rate.at(month, seed) / self.per)), whole


@dataclass(frozen=True)
class Rolling:
    """The sum of twelve months over what it is counted against at the end of them."""

    monthly: Series
    base: Series

    def at(self, month: int, seed: int) -> Pair:
        """Twelve months' sum and the base of the last month."""
        months = range(month - 11, month + 1)
        return sum(round(self.monthly.at(each, seed)) for each in months), round(self.base.at(month, seed))
