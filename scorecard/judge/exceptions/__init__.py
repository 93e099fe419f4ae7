"""The exceptions: which measures leadership should look at, why, since when, and what to ask."""

from scorecard.judge.exceptions.attention import Attention, ExceptionList, Ground
from scorecard.judge.exceptions.chance import ByChance, expected_by_chance
from scorecard.judge.exceptions.hit import Concern, Hit
from scorecard.judge.exceptions.listing import Series, exceptions
from scorecard.judge.exceptions.memory import Memory, Remembered, State
from scorecard.judge.exceptions.place import Place

__all__ = [
    "Attention",
    "ByChance",
    "Concern",
    "ExceptionList",
    "Ground",
    "Hit",
    "Memory",
    "Place",
    "Remembered",
    "Series",
    "State",
    "exceptions",
    "expected_by_chance",
]
