"""The services as the catalogue names them, and the post that answers for each."""

from typing import Final

SERVICES: Final = {
    "chief_executive": ("Chief Executive's Office", "Chief Executive"),
    "resources": ("Resources", "Director of Resources"),
    "place": ("Place", "Director of Place"),
    "adults_directorate": ("Adults", "Director of Adult Services"),
    "children_directorate": ("Children", "Director of Children's Services"),
    "strategy": ("Strategy", "Assistant Director of Strategy"),
    "law_and_democracy": ("Law and Democracy", "Monitoring Officer"),
    "money": ("Finance and Commercial", "Assistant Director of Finance"),
    "people_and_change": ("People and Change", "Assistant Director of People and Change"),
    "environment": ("Environment", "Assistant Director of Environment"),
    "growth": ("Growth and Housing", "Assistant Director of Growth and Housing"),
    "care": ("Care and Support", "Assistant Director of Care and Support"),
    "families": ("Families", "Assistant Director of Families"),
    "policy_performance": ("Policy and Performance", "Head of Policy and Performance"),
    "communications": ("Communications and Engagement", "Head of Communications"),
    "legal_governance": ("Legal and Governance", "Head of Legal Services"),
    "information_governance": ("Information Governance", "Data Protection Officer"),
    "democratic_services": ("Democratic Services", "Head of Democratic Services"),
    "internal_audit": ("Internal Audit and Risk", "Head of Internal Audit"),
    "finance": ("Finance", "Head of Finance"),
    "procurement": ("Procurement", "Head of Procurement"),
    "revenues_benefits": ("Revenues and Benefits", "Head of Revenues and Benefits"),
    "human_resources": ("Human Resources", "Head of Human Resources"),
    "health_safety": ("Health and Safety", "Health and Safety Lead"),
    "customer_services": ("Customer Services", "Head of Customer Services"),
    "digital_it": ("Digital and IT", "Head of Digital and IT"),
    "waste_streets": ("Waste and Street Scene", "Head of Waste and Street Scene"),
    "highways": ("Highways", "Head of Highways"),
    "regulatory_services": ("Regulatory Services", "Head of Regulatory Services"),
    "leisure_libraries": ("Leisure and Libraries", "Head of Leisure and Libraries"),
    "planning": ("Planning", "Head of Planning"),
    "housing_options": ("Housing Options", "Head of Housing Options"),
    "council_homes": ("Council Homes", "Head of Council Homes"),
    "adult_learning": ("Adult Learning and Skills", "Head of Adult Learning"),
    "adult_social_care": ("Adult Social Care", "Head of Adult Social Care"),
    "childrens_social_care": ("Children's Social Care", "Head of Children's Social Care"),
    "education_send": ("Education and Special Needs", "Head of Education"),
}
"""Id in the catalogue → title and owner. The files say titles and posts."""


def service_and_owner(service: str) -> tuple[str, str]:
    """Title and owner of a service; KeyError when the catalogue has no such id."""
    return SERVICES[service]
