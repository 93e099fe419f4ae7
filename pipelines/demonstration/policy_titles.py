"""The council's policies, strategies, procedures and guidance: what each is called and which service keeps it."""

from dataclasses import dataclass
from typing import Final

SUBJECTS: Final = {
    "Chief Executive's Office": {
        "Records": "information_governance", "Whistleblowing": "legal_governance", "Social media": "communications",
        "Data protection": "information_governance", "Gifts and hospitality": "legal_governance",
        "Surveillance": "legal_governance", "Complaints": "policy_performance", "Petitions": "democratic_services",
        "Consultation": "communications", "Equality": "policy_performance",
    },
    "Resources": {
        "Lone working": "health_safety", "Anti-fraud": "internal_audit", "Driving at work": "health_safety",
        "Procurement": "procurement", "Information security": "digital_it", "Debt recovery": "revenues_benefits",
        "Leave": "human_resources", "Flexible working": "human_resources", "Recruitment": "human_resources",
        "Redundancy": "human_resources", "Expenses": "finance", "Business continuity": "internal_audit",
    },
    "Place": {
        "Lettings": "housing_options", "Tree care": "waste_streets", "Winter roads": "highways",
        "Parking permits": "highways", "Street trading": "regulatory_services", "Allotments": "leisure_libraries",
        "Cemeteries": "leisure_libraries", "Enforcement": "planning", "Food safety": "regulatory_services",
        "Contaminated land": "regulatory_services", "Air quality": "regulatory_services",
        "Empty homes": "housing_options", "Tenancies": "council_homes", "Fire safety": "council_homes",
        "Damp and mould": "council_homes", "Asbestos": "council_homes", "Energy": "council_homes",
        "Emergency planning": "regulatory_services",
    },
    "Adults": {
        "Charging for care": "adult_social_care", "Direct payments": "adult_social_care",
        "Carers": "adult_social_care", "Safeguarding of adults": "adult_social_care",
        "Volunteering": "adult_social_care",
    },
    "Children": {
        "Fostering": "childrens_social_care", "Home to school transport": "education_send",
        "School admissions": "education_send", "Leaving care": "childrens_social_care",
        "Child protection": "childrens_social_care",
    },
}  # fmt: skip
"""Directorate → subject → service."""
TOPICS: Final = tuple((subject, directorate) for directorate, subjects in SUBJECTS.items() for subject in subjects)
KINDS: Final = ("Policy", "Procedure", "Guidance")
DOCUMENTS: Final = len(TOPICS) * len(KINDS)
STRATEGIES: Final = {
    14: ("Digital and IT strategy", "digital_it"),
    58: ("Corporate plan", "policy_performance"),
    63: ("Procurement strategy", "procurement"),
    119: ("People strategy", "human_resources"),
}
"""Documents that are strategies, by number. The people strategy is the one that has expired."""


@dataclass(frozen=True)
class Document:
    """What a document is called, what it is, and whose it is."""

    title: str
    kind: str
    directorate: str
    service: str


def document(number: int) -> Document:
    """The document of a number; one that took the place of another has its title."""
    number %= DOCUMENTS
    subject, directorate = TOPICS[number % len(TOPICS)]
    if number in STRATEGIES:
        title, service = STRATEGIES[number]
        return Document(title, "Strategy", directorate, service)
    kind = KINDS[number // len(TOPICS)]
    return Document(f"{subject} {kind.lower()}", kind, directorate, SUBJECTS[directorate][subject])
