"""One exception, as leadership reads it, and the list of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scorecard.catalogue.exception_rule import Urgency
from scorecard.judge.exceptions.chance import ByChance
from scorecard.judge.exceptions.memory import Memory, State
from scorecard.judge.exceptions.place import Place
from scorecard.judge.finding import Finding
from scorecard.periods import Period

Role = Literal["leading", "also", "confirms", "accepted"]


@dataclass(frozen=True)
class Ground:
    """One finding behind an exception: the leading one, another rule's, or one that only confirms it."""

    role: Role
    rule: str | None
    """The rule it meets; None where it only confirms."""
    since: date | None
    finding: Finding


@dataclass(frozen=True)
class Attention:
    """One exception: a measure in one place, with everything that is wrong there (or has become better)."""

    place: Place
    rule: str
    """The leading rule."""
    adverse: bool
    """False for good news."""
    state: State
    periods: int
    """For how many reporting periods it has held (had held, when it is resolved)."""
    since: date
    """First day of the first of them."""
    first_seen: date
    """Last day of the reporting period in which it came onto the list."""
    accepted_until: date | None
    severity: Urgency
    confirmed: bool
    sentence: str
    question: str
    owner: str
    period: Period
    """The reporting period it is about."""
    distance: float
    """How far from good, as `evidence.distance` tells it."""
    critical_few: bool
    people: float
    """How many live there; 0 where that is not known."""
    parts: int
    """In how many places the measure has an exception."""
    grounds: tuple[Ground, ...]
    """The leading one first; empty when it is resolved."""

    @property
    def also(self) -> tuple[str, ...]:
        """The other rules met."""
        return tuple(dict.fromkeys(ground.rule for ground in self.grounds if ground.role == "also" and ground.rule))

    @property
    def counts(self) -> bool:
        """Whether it is one of the exceptions that leadership should act on."""
        return self.adverse and self.state not in {"accepted", "resolved"}


@dataclass(frozen=True)
class ExceptionList:
    """Every exception, the most pressing first, with what the reader and the next run need to know."""

    entries: Sequence[Attention]
    memory: Memory
    by_chance: ByChance
    as_at: date

    @property
    def concerns(self) -> list[Attention]:
        """Those that count: adverse, neither accepted nor resolved."""
        return [each for each in self.entries if each.counts]

    @property
    def improvements(self) -> list[Attention]:
        """The good news."""
        return [each for each in self.entries if not each.adverse]
