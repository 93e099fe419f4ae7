"""How grave a failed check is."""

from enum import StrEnum


class Severity(StrEnum):
    """What a failed check does."""

    refuse = "refuse"
    quarantine = "quarantine"
    note = "note"
