"""What the owners of policies say of them: how they stand, whether they are still needed, and what comes next."""

from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from pipelines.demonstration.span import KNOWN_TO

SOON_DAYS: Final = 90
_KNOWN_TO: Final = int(np.datetime64(KNOWN_TO, "D").astype(int))
OVERDUE_SAYS: Final = (
    "Formal review in progress", "Overdue", "Overdue", "Current", "Overdue", "Formal review in progress",
)  # fmt: skip
"""What is said of the overdue, the longest overdue first; "Current" is not so."""
NO_LONGER: Final = 3, 11
"""The fourth of every eleven overdue is not needed any more."""
NEXT_STEPS: Final = {
    "Formal review in progress": (
        "Draft to the management team in December", "Consultation until the middle of January",
        "Cabinet takes the new text in February",
    ),
    "Overdue": ("No date yet", "Waits for national guidance", "Begins when the vacant post is filled"),
    "Current": ("The owner thinks it still fits",),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the register says of a review beside its dates."""

    state: str
    required: str | None = None
    risk: str | None = None
    next_step: str | None = None


def told_of(due: int, rank: int | None, outcome: object, random: Random) -> Told:
    """Of a review due on a day (days since 1970); `rank` is its place among the overdue, if it is one of them."""
    if outcome is not None:
        return Told("Withdrawn" if outcome == "Withdrawn" else "Updated")
    if rank is not None:
        return _overdue(due, rank)
    if due <= _KNOWN_TO + SOON_DAYS:
        is_begun = random.random() < 0.5
        state = "Formal review in progress" if is_begun else "Due for review"
        return Told(state, "Yes", random.choice(("Medium", "Low")))
    return Told("Current", "Yes", random.choices(("Medium", "Low"), (1, 5))[0])


def _overdue(due: int, rank: int) -> Told:
    state = OVERDUE_SAYS[rank % len(OVERDUE_SAYS)]
    if rank % NO_LONGER[1] == NO_LONGER[0]:
        return Told("Overdue", "No", "Low", "To be withdrawn")
    steps = NEXT_STEPS[state]
    years = (_KNOWN_TO - due) / 365
    risk = "High" if years > 2 and rank % 2 == 0 else "Low" if state == "Current" else "Medium"
    required = None if state == "Overdue" and rank % 7 == 2 else "Yes"
    return Told(state, required, risk, steps[rank % len(steps)])
