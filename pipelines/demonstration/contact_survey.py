"""What people said after they got in touch: one row an answer, one file a year, and one month sent again."""

from typing import Final

import numpy as np

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.quota import by_quota, marked_by_quota
from pipelines.demonstration.records import Columns, RecordFile, days_of, drawn, in_months, numbered, one_of
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import Span, covered
from pipelines.demonstration.wards import WARDS

SATISFIED: Final = Ratio(Series("contact", 82.2, 0.9, planted={"2026-10": 78.8}), Series("responses", 302, 14))
NOT_SAID: Final = 0.06
"""The share of people who did not say where they live."""
PLACES: Final = {"": NOT_SAID, **{ward: share * (1 - NOT_SAID) for ward, share in WARDS.items()}}
CHANNELS: Final = {"Telephone": 0.45, "Online": 0.35, "In person": 0.08, "Email": 0.12}
LIKED: Final = {"Telephone": 1.15, "Online": 0.92, "In person": 1.5, "Email": 0.8}
"""How much likelier people are to be satisfied on a channel."""
PLEASED: Final = {"Very satisfied": 0.45, "Satisfied": 0.55}
DISPLEASED: Final = {"Neither": 0.4, "Dissatisfied": 0.4, "Very dissatisfied": 0.2}
HEADINGS: Final = ("Response", "Answered on", "Channel", "Ward", "Rating")
SENT_AGAIN: Final = month_of("2025-08")
WRONGLY_COPIED: Final = 12
"""How many answers of that month the first file holds as dissatisfied that were satisfied."""


def contact_survey(span: Span) -> list[RecordFile]:
    """A file for each financial year, and the month that was sent again after a mistake in copying."""
    files = [
        RecordFile(
            f"customer/Contact survey {covered(year)}.csv",
            HEADINGS,
            in_months(span.months(year), lambda month: _month(span, month, corrected=month != SENT_AGAIN)),
        )
        for year in span.financial_years
    ]
    if SENT_AGAIN in span.all_months():
        name = "customer/Contact survey Aug 2025 to Aug 2025 resend.csv"
        again = in_months([SENT_AGAIN], lambda month: _month(span, month, corrected=True))
        files.append(RecordFile(name, HEADINGS, again))
    return files


def _month(span: Span, month: int, *, corrected: bool) -> Columns:
    random = drawn(span.seed, "contact_survey/answers", month)
    satisfied, answers = SATISFIED.at(month, span.seed)
    how_many = (answers or 0) * span.scale
    ward, channel = by_quota(PLACES, how_many, random), one_of(CHANNELS, how_many, random)
    liked = np.select([channel == name for name in LIKED], list(LIKED.values()))
    is_pleased = marked_by_quota(satisfied * span.scale, ward, liked, random)
    words = np.where(is_pleased, one_of(PLEASED, how_many, random), one_of(DISPLEASED, how_many, random))
    order = random.permutation(how_many)
    ward, channel, words = ward[order], channel[order], words[order]
    if not corrected:
        words[np.flatnonzero(is_pleased[order])[: WRONGLY_COPIED * span.scale]] = "Dissatisfied"
    return {
        "Response": numbered("CS", month, how_many),
        "Answered on": days_of(month, how_many, random, working=False),
        "Channel": channel,
        "Ward": ward,
        "Rating": words,
    }
