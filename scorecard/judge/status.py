"""The statuses a figure can have, and the words for them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """How a figure stands against its target, or why it cannot be said."""

    on_target = "on_target"
    close = "close"
    off_target = "off_target"
    too_few = "too_few"
    no_target = "no_target"
    activity_only = "activity_only"
    awaiting = "awaiting"
    overdue = "overdue"
    unavailable = "unavailable"


STATUSES: Final = tuple(Status)
"""Arrays hold a status as its place here."""
STATUS_WORDS: Final[Mapping[Status, str]] = {
    Status.on_target: "On target",
    Status.close: "Close to target",
    Status.off_target: "Off target",
    Status.too_few: "Too few to call",
    Status.no_target: "No target",
    Status.activity_only: "For information",
    Status.awaiting: "Awaiting data",
    Status.overdue: "Data overdue",
    Status.unavailable: "Not available",
}


class Direction(StrEnum):
    """How a figure moved, in the eyes of someone who wants the measure to do well."""

    better = "better"
    worse = "worse"
    same = "same"
    unclear = "unclear"
    up = "higher"
    down = "lower"
    unknown = "unknown"


DIRECTIONS: Final = tuple(Direction)
"""Arrays hold a direction as its place here."""
DIRECTION_WORDS: Final[Mapping[Direction, str]] = {
    Direction.better: "Better",
    Direction.worse: "Worse",
    Direction.same: "No change",
    Direction.unclear: "No clear change",
    Direction.up: "Higher",
    Direction.down: "Lower",
    Direction.unknown: "Cannot be said",
}
