"""The strategic risks: their scores, appetite and controls, and what they hang together with."""

from dataclasses import dataclass
from typing import Final

Score = tuple[int, int]
"""Likelihood and impact, each from 1 to 5."""


@dataclass(frozen=True)
class Risk:
    """One risk; `raised` is its score with controls while it is above appetite."""

    title: str
    category: str
    service: str
    inherent: Score
    residual: Score
    raised: Score
    target: Score
    appetite: int
    controls: str
    goal: str
    """Letters of the goal that it bears on."""
    measures: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


ALWAYS: Final = {
    "SR01": Risk(
        "Demand for adult social care outgrows the money", "Finance", "adults_directorate",
        (5, 5), (4, 4), (4, 4), (3, 4), 12, "Monthly panel on placements; reablement first; extra care homes",
        "LW", ("care_home_admissions", "reablement", "outturn_variance"), ("LW01", "LW02"),
    ),
    "SR02": Risk(
        "A child comes to harm that the council should have prevented", "Safeguarding", "children_directorate",
        (4, 5), (2, 5), (3, 5), (2, 5), 10, "Practice reviews; caseload limits; safeguarding partnership",
        "SW", ("childrens_rereferrals", "social_worker_vacancies"), ("SW04",),
    ),
    "SR03": Risk(
        "More households need temporary accommodation than can be paid for", "Finance", "growth",
        (5, 4), (3, 4), (4, 4), (2, 4), 12, "Prevention hub; buying homes; weekly review of placements",
        "GH", ("temporary_accommodation", "families_bed_breakfast"), ("GH01", "GH07"),
    ),
    "SR04": Risk(
        "The budget cannot be balanced over three years", "Finance", "resources",
        (5, 5), (3, 4), (4, 4), (2, 4), 12, "Medium-term plan; savings board; reserves policy",
        "SC", ("savings_delivered", "reserves"), ("SC01",),
    ),
    "SR05": Risk(
        "A cyber attack stops services", "Technology", "digital_it",
        (5, 5), (2, 5), (3, 5), (2, 4), 10, "Backups off line; phishing tests; yearly penetration test",
        "SC", ("phishing_failures", "it_availability"), ("SC07",),
    ),
    "SR06": Risk(
        "The council cannot recruit and keep the people it needs", "People", "people_and_change",
        (4, 4), (3, 3), (4, 3), (2, 3), 9, "Market supplements; training our own; agency staff approved by directors",
        "SC", ("agency_share", "vacancy_rate", "staff_turnover"), ("SC02", "SC04"),
    ),
    "SR07": Risk(
        "Council homes are not mended in time or are not safe", "Legal duty", "council_homes",
        (4, 4), (3, 3), (3, 4), (2, 3), 9, "Weekly check of safety records; contract meetings; damp and mould team",
        "GH", ("repairs_on_time", "damp_days", "gas_safety"), ("GH03", "GH09"),
    ),
    "SR08": Risk(
        "Waste costs rise faster than the budget", "Finance", "environment",
        (4, 4), (3, 3), (4, 3), (2, 3), 9, "Regional contract; food waste rounds; checks of contamination",
        "CG", ("waste_cost_household", "recycling_contamination", "missed_collections"), ("CG01",),
    ),
    "SR09": Risk(
        "Suppliers fail or contracts run on without cover", "Supply", "procurement",
        (4, 4), (3, 3), (4, 3), (2, 3), 9, "Contract register; credit checks; contract pipeline",
        "SC", ("contracts_past_end",), ("SC09", "GH03"),
    ),
    "SR10": Risk(
        "An emergency finds the council unready", "Resilience", "place",
        (3, 5), (2, 4), (3, 4), (2, 4), 8, "Plans tested each year; rota of on-call officers; mutual aid",
        "TP",
    ),
    "SR11": Risk(
        "Personal data are lost or disclosed", "Legal duty", "information_governance",
        (4, 4), (3, 3), (4, 3), (2, 3), 9, "Training every year; breaches reviewed monthly; checks before sending",
        "SC", ("data_breaches", "information_training"), ("SC08",),
    ),
    "SR12": Risk(
        "Decisions are not lawful or not well advised", "Governance", "law_and_democracy",
        (3, 5), (2, 4), (3, 4), (2, 3), 8, "Statutory officers' meeting; report sign-off; training for councillors",
        "SC", ("statutory_posts", "policies_overdue", "complaints_escalated"), ("SC03", "SC06"),
    ),
}  # fmt: skip
"""Those that have been in the register in every quarter."""

AT_TIMES: Final = (
    ("A leisure operator fails", "Supply", "leisure_libraries", "Open-book accounts; step-in clause", "LW"),
    ("School transport outgrows its budget", "Finance", "education_send", "Route reviews; personal budgets", "SW"),
    ("A care provider closes at short notice", "Supply", "adult_social_care", "Provider visits; emergency beds", "LW"),
    ("Elections go wrong", "Governance", "democratic_services", "Project plan; trained count staff", "CL"),
    ("Energy prices rise beyond the budget", "Finance", "finance", "Bought a year ahead; heating controls", "SC"),
    ("Strikes stop front-line services", "People", "human_resources", "Talks with unions; services to keep", "SC"),
    ("The deficit on special needs is no longer carried", "Finance", "education_send", "Plan with schools", "SW"),
    ("The new finance system fails", "Technology", "finance", "Two systems side by side; supplier's penalties", "SC"),
    ("New rules on waste cost more than they bring", "Finance", "waste_streets", "Claims to government", "CG"),
    ("Reform of councils takes people from services", "Governance", "strategy", "Programme office; shared posts", "SC"),
    ("Flooding of homes along the weir", "Resilience", "highways", "Gully rounds; pumps hired each winter", "TP"),
    ("A high-rise has to be emptied", "Legal duty", "council_homes", "Fire wardens; survey of every block", "GH"),
)
"""Those that come and go: title, category, service, controls, letters of the goal. Score 3 x 3, appetite 9."""
