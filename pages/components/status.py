"""Statuses, severities and directions as a symbol and a word, so that nothing is said by colour alone."""

from collections.abc import Mapping
from typing import Final

from scorecard.judge.status import DIRECTION_WORDS, STATUS_WORDS, Direction, Status
from scorecard.measure_words import STAGE_WORDS

_STATUS: Final[Mapping[Status, tuple[str, str]]] = {
    Status.on_target: ("green", "check_circle"),
    Status.close: ("orange", "change_history"),
    Status.off_target: ("red", "dangerous"),
    Status.too_few: ("yellow", "grain"),
    Status.no_target: ("gray", "remove"),
    Status.activity_only: ("gray", "info"),
    Status.awaiting: ("blue", "hourglass_empty"),
    Status.overdue: ("violet", "event_busy"),
    Status.unavailable: ("gray", "block"),
}
_DIRECTION: Final[Mapping[Direction, str]] = {
    Direction.better: "north_east",
    Direction.worse: "south_east",
    Direction.same: "east",
    Direction.unclear: "sync_alt",
    Direction.up: "arrow_upward",
    Direction.down: "arrow_downward",
    Direction.unknown: "question_mark",
}
_STAGE: Final[Mapping[str, tuple[str, str]]] = {
    "live": ("green", "play_circle"),
    "proposed": ("violet", "lightbulb"),
    "removed": ("gray", "archive"),
}
SEVERITY_WORDS: Final[Mapping[str, str]] = {"high": "High", "medium": "Medium", "low": "Low"}
_SEVERITY: Final[Mapping[str, tuple[str, str]]] = {
    "high": ("red", "dangerous"),
    "medium": ("orange", "change_history"),
    "low": ("blue", "info"),
}
_GRAVITY: Final[Mapping[str, tuple[str, str, str]]] = {
    "refuse": ("red", "dangerous", "File refused"),
    "quarantine": ("orange", "change_history", "Rows set aside"),
    "note": ("blue", "info", "Note"),
}
_STATE: Final[Mapping[str, tuple[str, str, str]]] = {
    "new": ("blue", "fiber_new", "New"),
    "continuing": ("gray", "schedule", "For {periods}"),
    "improving": ("green", "trending_up", "Improving, after {periods}"),
    "relapsed": ("red", "replay", "Back again"),
    "resolved": ("green", "check_circle", "Resolved, after {periods}"),
    "accepted": ("gray", "handshake", "Accepted until {until}"),
}
STATE_WORDS: Final[Mapping[str, str]] = {
    "new": "New",
    "continuing": "Continuing",
    "improving": "Improving",
    "relapsed": "Back again",
}
"""States of what needs attention, for a filter."""
_BETTER: Final[Mapping[str, str]] = {"new": "Newly better", "resolved": "Back on target, after {periods}"}
_NEWS: Final[Mapping[bool | None, tuple[str, str, str]]] = {
    True: ("red", "error", "Bad news"),
    False: ("green", "thumb_up", "Good news"),
    None: ("gray", "remove", "Neutral"),
}


def badge(colour: str, symbol: str, words: str) -> str:
    """Markdown for a coloured badge with a symbol and words."""
    return f":{colour}-badge[:material/{symbol}: {words}]"


def status(of: str) -> str:
    """Markdown for a status, e.g. a tick and "On target"."""
    return badge(*_STATUS[Status(of)], STATUS_WORDS[Status(of)])


def stage(of: str) -> str:
    """Markdown for the stage of a measure, e.g. a lamp and "Proposed"."""
    return badge(*_STAGE[of], STAGE_WORDS[of])


def direction(of: str) -> str:
    """Markdown for a direction of travel, e.g. an arrow and "Worse"."""
    return f":material/{_DIRECTION[Direction(of)]}: {DIRECTION_WORDS[Direction(of)]}"


def severity(of: str) -> str:
    """Markdown for the severity of an exception."""
    return badge(*_SEVERITY[of], f"{SEVERITY_WORDS[of]} concern")


def state(of: str, periods: str, until: str) -> str:
    """Markdown for the state of an exception, e.g. a clock and "For 5 months".

    `periods` is how long it has held, `until` the day until which it is accepted.
    """
    colour, symbol, words = _STATE[of]
    return badge(colour, symbol, words.format(periods=periods, until=until))


def better(of: str, periods: str) -> str:
    """Markdown for the state of good news, e.g. "Better for 7 months"."""
    return badge("green", "thumb_up", _BETTER.get(of, "Better for {periods}").format(periods=periods))


def confirmed() -> str:
    """Markdown for an exception that two tests agree on."""
    return badge("violet", "done_all", "Confirmed by two tests")


def news(adverse: bool | None) -> str:
    """Markdown for bad news (True), good news (False) or neither (None)."""
    return badge(*_NEWS[adverse])


def gravity(of: str) -> str:
    """Markdown for how grave a problem with a file is."""
    return badge(*_GRAVITY[of])
