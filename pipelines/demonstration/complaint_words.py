"""What complaints are about, in words: a short title, what went wrong, and what was learned from those upheld."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.records import Columns, Texts, drawn
from pipelines.demonstration.series import month_of

THEMES: Final = {
    "Delay": 30, "Quality of work": 26, "Information": 17, "Decision or policy": 12, "Staff": 8, "Charges": 7,
}  # fmt: skip
"""What went wrong, with how often it is so at stage 1."""
UNSETTLED: Final = "Answer at stage 1"
UNSETTLED_TITLES: Final = (
    "Answer at stage 1 left out half of the complaint", "What was promised at stage 1 was not done",
    "Answer at stage 1 came quickly and settled nothing",
)  # fmt: skip
HURRIED: Final = month_of("2026-04")
UNSETTLED_SHARE: Final = 0.15, 0.65
"""How much of stage 2 is about the answer at stage 1: before and since answers are hurried."""
TITLES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "Waste and Street Scene": {
        "Delay": ("New bin not delivered after six weeks", "Missed bin not collected within two days"),
        "Quality of work": ("Bins left across the pavement", "Street not swept for months"),
        "Information": ("Collection day changed without notice", "Website gave the wrong bin calendar"),
        "Decision or policy": ("Request for a larger bin refused", "Assisted collection stopped"),
        "Staff": ("Crew drove on when told of a missed bin", "Crew was rude when asked to come back"),
        "Charges": ("Charged twice for garden waste", "Bulky collection paid for and not made"),
    },
    "Council Homes": {
        "Delay": ("Boiler without heat for two weeks", "Repair waited for since the winter"),
        "Quality of work": ("Repair failed within a month", "Damp came back after treatment"),
        "Information": ("Nobody said that the appointment was moved", "Letters about rent contradict each other"),
        "Decision or policy": ("Adaptation refused without a visit", "Transfer refused"),
        "Staff": ("Contractor did not clean up", "Call handler ended the call"),
        "Charges": ("Recharged for a repair that was not asked for", "Service charge not explained"),
    },
    "Highways": {
        "Delay": ("Pothole marked and not filled", "Street light out since the summer"),
        "Quality of work": ("Pothole opened again within days", "Pavement left uneven after works"),
        "Information": ("Road closed without notice to residents", "No answer about a damage claim"),
        "Decision or policy": ("Crossing refused", "Residents' parking brought in"),
        "Staff": ("Traffic warden was unhelpful",),
        "Charges": ("Penalty for parking with a valid permit",),
    },
    "Revenues and Benefits": {
        "Delay": ("Change of address not dealt with for months", "Benefit claim waited ten weeks"),
        "Quality of work": ("Wrong band used after a move", "Evidence lost and asked for again"),
        "Information": ("Letter did not say how the sum was worked out", "Told different things on each call"),
        "Decision or policy": ("Discount refused", "Hardship payment refused"),
        "Staff": ("Was not listened to at the counter",),
        "Charges": ("Summons sent although instalments were kept", "Bailiff's fee added in error"),
    },
    "Planning": {
        "Delay": ("Enforcement case open for two years", "Pre-application advice came late"),
        "Quality of work": ("Report left out neighbours' objections",),
        "Information": ("Neighbours were not told of the application", "Plans missing from the website"),
        "Decision or policy": ("Extension allowed that overlooks a garden", "Condition not enforced"),
        "Staff": ("Officer did not return calls",),
        "Charges": ("Fee not refunded",),
    },
    "Housing Options": {
        "Delay": ("Waited months for a decision on homelessness", "Application not assessed for weeks"),
        "Quality of work": ("Temporary flat was not clean",),
        "Information": ("Not told what the plan was", "No reasons in the decision letter"),
        "Decision or policy": ("Band lowered without warning", "Placed outside the borough"),
        "Staff": ("Officer changed four times",),
        "Charges": ("Charged for furniture in storage",),
    },
    "Customer Services": {
        "Delay": ("On hold for an hour",),
        "Quality of work": ("Report passed to the wrong service", "Call was cut off twice"),
        "Information": ("Given the wrong opening hours",),
        "Decision or policy": ("Must use the website to book",),
        "Staff": ("Was spoken to sharply",),
        "Charges": ("Paid online and charged again",),
    },
    "Education and Special Needs": {
        "Delay": ("Plan came months after the legal time", "Transport not arranged by September"),
        "Quality of work": ("Plan left out speech therapy",),
        "Information": ("Not told of the date of the review", "School place letter was unclear"),
        "Decision or policy": ("Transport refused", "Assessment refused"),
        "Staff": ("Case worker left and nobody took over",),
        "Charges": ("Asked to pay for an escort",),
    },
    "Leisure and Libraries": {
        "Delay": ("Reserved book came after three months",),
        "Quality of work": ("Changing rooms were dirty", "Pool was too cold"),
        "Information": ("Closed without notice",),
        "Decision or policy": ("Library hours cut",),
        "Staff": ("Lifeguard was rude",),
        "Charges": ("Membership not cancelled when asked",),
    },
    "Regulatory Services": {
        "Delay": ("Noise reported in May and not visited",),
        "Quality of work": ("Noise measured at the wrong time",),
        "Information": ("Not told what came of a report",),
        "Decision or policy": ("Licence granted to a noisy bar",),
        "Staff": ("Officer took sides",),
        "Charges": ("Licence fee charged twice",),
    },
}
"""Service → what went wrong → what people said of it."""
PLANTED: Final = {
    "Council Homes": (month_of("2026-02"), 0.35, "Delay", "Roof leaks months after it was reported"),
    "Waste and Street Scene": (
        month_of("2026-06"), 0.25, "Delay", "Bins missed week after week since the round changed",
    ),
}  # fmt: skip
"""Service → since when, how often, what went wrong and in which words: the stories of other measures, heard here."""
LEARNING: Final = {
    "Delay": ("Cases that wait are listed each Monday", "A text now says when a date moves",
              "A second officer covers leave"),
    "Quality of work": ("One job in ten is looked at afterwards", "Photographs are kept of finished work",
                        "The contractor's standard was written anew"),
    "Information": ("The letter was written anew with residents", "The web page was put right",
                    "Staff check the notes before they answer"),
    "Decision or policy": ("Reasons are given in every letter", "The policy goes to its review early"),
    "Staff": ("The team was trained", "Calls are listened to with the team each month"),
    "Charges": ("Payments are matched each day", "Refunds are made without being asked for"),
    UNSETTLED: ("A manager reads each answer before it goes", "Promises are followed up after a month"),
}  # fmt: skip
LEARNS: Final = 0.45
"""The share of upheld complaints from which something was changed."""
_OWNERS: Final = dict(SERVICES.values())


def words_of(seed: int, month: int, stage: str, services: Texts, outcomes: Texts) -> Columns:
    """Four columns, a cell for each complaint: Complaint, What went wrong, Owner and Learning."""
    random = drawn(seed, f"complaints/words/{stage}", month)
    told = [_told(month, stage, str(service), random) for service in services]
    learned = [
        str(random.choice(LEARNING[theme])) if outcome in ("Upheld", "Partly upheld") and rolled < LEARNS else ""
        for (_, theme), outcome, rolled in zip(told, outcomes.tolist(), random.random(len(told)), strict=True)
    ]
    return {
        "Complaint": _texts([title for title, _ in told]),
        "What went wrong": _texts([theme for _, theme in told]),
        "Owner": _texts([_OWNERS[str(service)] for service in services]),
        "Learning": _texts(learned),
    }


def _told(month: int, stage: str, service: str, random: np.random.Generator) -> tuple[str, str]:
    """Title and theme of one complaint."""
    if stage == "Stage 2" and random.random() < UNSETTLED_SHARE[month >= HURRIED]:
        return str(random.choice(UNSETTLED_TITLES)), UNSETTLED
    since, share, theme, title = PLANTED.get(service, (month + 1, 0.0, "", ""))
    if month >= since and random.random() < share:
        return title, theme
    weights = np.array(list(THEMES.values()), dtype=np.float64)
    theme = str(random.choice(list(THEMES), p=weights / weights.sum()))
    return str(random.choice(TITLES[service][theme])), theme


def _texts(cells: list[str]) -> Texts:
    return np.array(cells, dtype=np.str_)
