"""What a judgement has to say of one series: a status, the figures behind it, and its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Judgement = Literal[
    "target", "variation", "shape", "direction", "change", "assurance", "forecast", "peers", "parts", "data"
]
Evidence = Mapping[str, float | int | str | bool | None]
"""Names of figures → figures in the measure's unit, counts, or words; always fit for JSON (no NaN)."""


@dataclass(frozen=True)
class Finding:
    """One judgement of one series (a measure in an area) as at its latest period.

    `adverse` is True where it is bad news, False where it is good news, None where it is neither. `strength` ranks
    findings of one kind: larger is stronger; for tests of chance it is -log10 of the chance.
    """

    judgement: Judgement
    status: str
    sentence: str
    adverse: bool | None = None
    strength: float = 0.0
    evidence: Evidence = field(default_factory=dict)
