"""What people took to the Ombudsman, in words, and what the council did about what was found wrong."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Subject:
    """What a case is about, as the Ombudsman sorts cases: how often, whose service, and in which words."""

    title: str
    service: str
    weight: int
    complaints: tuple[tuple[str, str], ...]
    """Title and what went wrong."""


SUBJECTS: Final = (
    Subject("Education and children's services", "education_send", 26, (
        ("Education plan issued months late", "Delay"), ("Provision in the plan not made", "Service not provided"),
        ("School transport refused without reasons", "Decision not explained"),
        ("Tuition not arranged while out of school", "Service not provided"),
    )),
    Subject("Education and children's services", "childrens_social_care", 9, (
        ("Complaint about children's services refused", "Decision not explained"),
        ("Records of a meeting were wrong", "Records"), ("Carer's allowance paid late", "Delay"),
    )),
    Subject("Adult care services", "adult_social_care", 18, (
        ("Care needs not reviewed for two years", "Delay"), ("Charges for care not explained", "Communication"),
        ("Care ended without notice", "Service not provided"), ("Carer's assessment not offered", "Delay"),
    )),
    Subject("Housing", "housing_options", 15, (
        ("Left in unsuitable temporary housing", "Delay"),
        ("Priority on the register lowered", "Decision not explained"),
        ("Homelessness duty not explained", "Communication"),
    )),
    Subject("Planning and development", "planning", 12, (
        ("Breach of planning control not looked into", "Delay"),
        ("Neighbour's objection not considered", "Decision not explained"),
        ("Plans not published in time", "Communication"),
    )),
    Subject("Benefits and tax", "revenues_benefits", 10, (
        ("Council tax sent to the bailiffs in error", "Records"), ("Support claim decided late", "Delay"),
    )),
    Subject("Environmental services and public protection", "waste_streets", 9, (
        ("Missed bins for months", "Service not provided"), ("Assisted collection stopped", "Communication"),
    )),
    Subject("Environmental services and public protection", "regulatory_services", 4, (
        ("Noise not investigated", "Delay"), ("No answer about fumes from a workshop", "Communication"),
    )),
    Subject("Highways and transport", "highways", 8, (
        ("Penalty charge appeal not considered", "Decision not explained"),
        ("Damage claim not answered", "Communication"),
        ("Dropped kerb refused", "Decision not explained"),
    )),
    Subject("Corporate and other", "legal_governance", 5, (
        ("Councillor's conduct complaint not taken up", "Decision not explained"),
        ("Request for records not answered", "Records"),
    )),
)  # fmt: skip
NOT_INVESTIGATED: Final = {
    "Closed after initial enquiries": 48, "Referred back to the council": 34, "Invalid or incomplete": 11,
    "Advice given": 7,
}  # fmt: skip
"""How cases are decided without a detailed investigation."""
REMEDIES: Final = (
    "Apology", "Apology and £250", "Apology and £500", "Apology, £900 and a new assessment",
    "Apology and a review of cases", "Apology, £300 and training of staff",
)  # fmt: skip
LEARNING: Final = {
    "Delay": "Cases that wait longer than the law allows go to the director each week",
    "Service not provided": "What was promised is checked a month later",
    "Decision not explained": "Reasons stand in every decision letter",
    "Communication": "One officer is named for each case",
    "Records": "Notes of meetings are agreed within a week",
}
"""What went wrong → what was changed, where fault was found."""
