"""Complaints and compliments, a month at a time: answered at stage 1, come back at stage 2, and thanks."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.complaint_words import words_of
from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.records import (
    BLANK,
    Columns,
    Dates,
    Texts,
    days_of,
    drawn,
    exactly,
    one_of,
    working_days_after,
)
from pipelines.demonstration.series import Series, drift, month_of, step
from pipelines.demonstration.wards import WARDS

HURRIED: Final = "2026-04"
"""Since then answers come faster, more often after an extension, and more people come back."""
ANSWERED: Final = Series("answered", 108, 4)
ON_TIME: Final = Ratio(
    Series("stage_one", 81.5, 0.8, changes=(drift("2021-04", 0.2, "2023-11"), step(HURRIED, 10.0))), ANSWERED
)
COME_BACK: Final = Ratio(Series("stage_two", 8.8, 0.4, changes=(step(HURRIED, 5.2), drift("2026-05", 1.4))), ANSWERED)
COMPLIMENTS: Final = Series("compliments", 82, 3)
SERVICES: Final = {
    "Waste and Street Scene": 0.22,
    "Council Homes": 0.21,
    "Highways": 0.13,
    "Revenues and Benefits": 0.12,
    "Planning": 0.09,
    "Housing Options": 0.08,
    "Customer Services": 0.05,
    "Education and Special Needs": 0.05,
    "Leisure and Libraries": 0.03,
    "Regulatory Services": 0.02,
}
PLACES: Final = {"": 0.07, **{ward: share * 0.93 for ward, share in WARDS.items()}}
FIRST_FOUND: Final = {"Upheld": 0.31, "Partly upheld": 0.22, "Not upheld": 0.47}
SECOND_FOUND: Final = {"Upheld": 0.2, "Partly upheld": 0.2, "Not upheld": 0.6}
WITHDRAWN: Final = 3
LATE_TO_ACKNOWLEDGE: Final = 2
EXTENDED: Final = 9, 27
"""How many stage 1 answers of a month came after an extension: before and since the hurry."""


def stage_one(seed: int, month: int) -> Columns:
    """The complaints answered in the month, told from their end, and a few that were withdrawn in it."""
    random = drawn(seed, "complaints/stage_one", month)
    in_time, whole = ON_TIME.at(month, seed)
    how_many = whole or 0
    on_time = exactly(in_time, how_many, random)
    extended = np.zeros(how_many, dtype=np.bool_)
    extended[np.flatnonzero(on_time)[: EXTENDED[month >= month_of(HURRIED)]]] = True
    slowly, fast, late = (random.integers(*ends, how_many) for ends in ((11, 21), (3, 11), (11, 26)))
    answered = days_of(month, how_many, random)
    promised = working_days_after(answered, random.integers(0, 4, how_many))
    took = np.append(np.select([extended, on_time], [slowly, fast], late), random.integers(1, 9, WITHDRAWN))
    answered = np.append(answered, days_of(month, WITHDRAWN, random))
    acknowledged = working_days_after(answered, -took)
    about = _about("Stage 1", len(answered), random)
    received = working_days_after(acknowledged, -_waited(len(answered), random))
    outcome = np.append(one_of(FIRST_FOUND, how_many, random), ["Withdrawn"] * WITHDRAWN)
    return {
        **about,
        **words_of(seed, month, "Stage 1", about["About"], outcome),
        "Received": received,
        "Acknowledged": acknowledged,
        "Extension agreed to": np.append(np.where(extended, promised, BLANK), np.full(WITHDRAWN, BLANK)),
        "Answered": answered,
        "Outcome": outcome,
    }


def stage_two(seed: int, month: int) -> Columns:
    """The complaints that came back in the month; in every fourth month one has its answer too late."""
    random = drawn(seed, "complaints/stage_two", month)
    how_many, _ = COME_BACK.at(month, seed)
    received = days_of(month, how_many, random)
    acknowledged = working_days_after(received, random.integers(0, 5, how_many))
    took = random.integers(9, 20, how_many)
    took[: int(month % 4 == 0)] = 23
    about = _about("Stage 2", how_many, random)
    outcome = one_of(SECOND_FOUND, how_many, random)
    return {
        **about,
        **words_of(seed, month, "Stage 2", about["About"], outcome),
        "Received": received,
        "Acknowledged": acknowledged,
        "Extension agreed to": _blank(how_many),
        "Answered": working_days_after(acknowledged, took),
        "Outcome": outcome,
    }


def compliments(seed: int, month: int) -> Columns:
    """The thanks received in the month, which nobody has to answer."""
    random = drawn(seed, "complaints/compliments", month)
    how_many = round(COMPLIMENTS.at(month, seed))
    nothing = np.full(how_many, "")
    return {
        **_about("Compliment", how_many, random),
        **dict.fromkeys(("Complaint", "What went wrong", "Owner", "Learning", "Outcome"), nothing),
        "Received": days_of(month, how_many, random),
        "Acknowledged": _blank(how_many),
        "Extension agreed to": _blank(how_many),
        "Answered": _blank(how_many),
    }


def _about(stage: str, how_many: int, random: np.random.Generator) -> dict[str, Texts]:
    return {
        "Stage": np.full(how_many, stage),
        "About": one_of(SERVICES, how_many, random),
        "Ward": one_of(PLACES, how_many, random),
    }


def _waited(how_many: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Working days until the acknowledgement."""
    waited = random.integers(0, 5, how_many)
    waited[random.choice(how_many, LATE_TO_ACKNOWLEDGE, replace=False)] = 7
    return waited


def _blank(how_many: int) -> Dates:
    return np.full(how_many, BLANK)
