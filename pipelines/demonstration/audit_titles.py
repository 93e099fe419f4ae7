"""What auditors and others ask for, area by area: the words of the register of audit recommendations."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

INTERNAL: Final = "Internal audit"


@dataclass(frozen=True)
class Area:
    """What is audited: the service that answers for it, and what auditors find wanting there."""

    directorate: str
    service: str
    objects: tuple[str, ...]
    measure: str | None = None
    """The title of the measure that shows whether it got better."""


AREAS: Final[Mapping[str, Area]] = {
    "Creditors": Area("Resources", "finance", (
        "supplier bank details", "duplicate invoices", "orders raised after the invoice", "authorised signatories",
        "urgent payments", "credit notes", "payments to new suppliers", "construction tax deductions",
    ), "Invoices paid within 30 days"),
    "Payroll": Area("Resources", "human_resources", (
        "starters and leavers", "overtime claims", "overpayments", "changes of grade", "mileage claims",
        "pension deductions", "honoraria", "changes of bank details",
    )),
    "Council tax": Area("Resources", "revenues_benefits", (
        "single person discounts", "exempt homes", "refunds", "write-offs", "suppressed accounts", "valuation changes",
        "failed direct debits", "student exemptions",
    ), "Council tax collected in the year"),
    "Cyber security": Area("Resources", "digital_it", (
        "privileged accounts", "leavers' accounts", "software updates", "backups", "remote access by suppliers",
        "unsupported systems", "phishing reports", "lost devices",
    ), "Staff caught by a phishing test"),
    "Procurement cards": Area("Resources", "procurement", (
        "card limits", "receipts for card purchases", "split purchases", "cancelled cards", "contract waivers",
        "entries in the contracts register", "purchases outside contracts", "checks of suppliers",
    )),
    "Housing repairs": Area("Place", "council_homes", (
        "recalled repairs", "jobs charged twice", "missed appointments", "variations of job prices",
        "works on empty homes", "damp cases", "inspections after repairs", "materials issued",
    ), "Routine repairs done on time"),
    "Highways contract": Area("Place", "highways", (
        "variations of orders", "defects put right late", "contractor invoices", "performance deductions",
        "site inspections", "traffic management charges", "winter call-outs", "insurance claims",
    )),
    "Licensing": Area("Place", "regulatory_services", (
        "licence renewals", "fees received", "objections", "checks of taxi drivers", "inspection visits",
        "delegated decisions", "suspended licences", "temporary event notices",
    )),
    "Building control": Area("Place", "planning", (
        "site visits", "completion certificates", "fee estimates", "dangerous structures", "initial notices",
        "refunded fees", "plan checks", "competent person notices",
    )),
    "Care home payments": Area("Adults", "adult_social_care", (
        "financial assessments", "placements without a contract", "top-up payments", "deferred payments",
        "provider invoices", "deaths and departures", "fee increases", "nursing contributions",
    )),
    "Direct payments": Area("Adults", "adult_social_care", (
        "unspent balances", "bank statements", "agency invoices", "yearly reviews", "suspended payments",
        "managed accounts", "employers' insurances", "contributions owed",
    )),
    "Transport to school": Area("Children", "education_send", (
        "route contracts", "checks of drivers and escorts", "mileage paid to parents", "vehicle inspections",
        "decisions on eligibility", "appeals", "routes with one passenger", "operators' invoices",
    )),
    "Foster payments": Area("Children", "childrens_social_care", (
        "rates by age", "allowances during respite", "overpaid allowances", "payments after a move",
        "holiday allowances", "guardianship reviews", "carers' mileage claims", "agency placements",
    )),
    "Schools' accounts": Area("Children", "education_send", (
        "bank reconciliations", "purchase orders", "governors' approvals", "lettings income", "lists of assets",
        "payroll checks", "voluntary funds", "deficit plans",
    )),
    "Elections": Area("Chief Executive's Office", "democratic_services", (
        "postal vote checks", "appointments of staff", "printing orders", "polling place reviews",
        "records of the count", "candidates' expense returns", "canvass visits", "petty payments",
    )),
    "Data protection": Area("Chief Executive's Office", "information_governance", (
        "subject access requests", "data sharing agreements", "impact assessments", "retention schedules",
        "breach reports", "privacy notices", "lists of information assets", "shared folders",
    ), "Subject access requests answered in a month"),
}  # fmt: skip
ACTIONS: Final = (
    "Agree a written procedure for {}",
    "Check a sample of {} each month and keep the evidence",
    "Report on {} to the management team each quarter",
    "Train everyone who deals with {}",
    "Appoint a deputy to deal with {} in absences",
    "Separate duties in dealing with {}",
    "Set a standard for {} and report against it",
    "Record who approves {}, and when",
    "Bring the guidance on {} up to date",
    "Set up a monthly exception report on {}",
)


@dataclass(frozen=True)
class Outside:
    """Somebody else than Internal Audit who recommends things in an area."""

    made_by: str
    occasion: str
    service: str
    titles: tuple[str, ...]


_FOUND_IN_CASES: Final = (
    "Remind staff of the duty to give reasons", "Tell people of their right to complain in every decision letter",
    "Look at similar cases for the same fault", "Train staff to record what was decided and why",
    "Put the procedure for appeals right", "Publish how long people wait",
)  # fmt: skip
OUTSIDE: Final[Mapping[str, Outside]] = {
    "Creditors": Outside("External audit", "Audit of accounts", "finance", (
        "Value land and buildings by one method and keep the workings", "Review large journals before they are posted",
        "Agree the timetable of the accounts by January", "Reconcile pension figures with the actuary's report",
        "Write down the judgements behind provisions", "Keep evidence of declared interests",
        "Set out how the high needs deficit will be met", "Show what each reserve may be used for",
    )),
    "Council tax": Outside("External audit", "Value for money review", "finance", (
        "Report savings at risk to each cabinet meeting", "Reconcile the collection fund each quarter",
        "Show benefits beside costs in every business case", "Test the medium-term plan against three scenarios",
        "Say who answers for each saving", "Bring the reserves policy up to date",
    )),
    "Elections": Outside("Peer review", "Corporate peer challenge", "policy_performance", (
        "Set fewer priorities, and say what will stop", "Publish progress on the council plan each quarter",
        "Compare every service with councils alike", "Give scrutiny its work programme a year ahead",
        "Tell residents what changed after each consultation", "Plan for succession in senior posts",
    )),
    "Housing repairs": Outside("Inspectorate", "Inspection of the landlord", "council_homes", (
        "Survey the condition of every home within five years", "Answer reports of damp within the legal time",
        "Publish performance for tenants in plain words", "Record which tenants need more help",
        "Close overdue fire safety actions", "Give tenants a say in the repairs standard",
    )),
    "Care home payments": Outside("Inspectorate", "Assessment of adult social care", "adult_social_care", (
        "Tell people how long they will wait", "Review every care package once a year",
        "Offer each carer an assessment of their own", "Keep one list of people waiting, in order of risk",
        "Share what safeguarding reviews taught", "Check that advice about money was understood",
    )),
    "Foster payments": Outside("Inspectorate", "Inspection of children's services", "childrens_social_care", (
        "Hold strategy meetings within the time set", "Record the supervision of each social worker every month",
        "Visit children in care as often as their plan says", "Find homes nearer to school for children in care",
        "Review plans of care leavers with them", "Check the quality of assessments by sample",
    )),
    "Transport to school": Outside("Ombudsman", "Ombudsman's decision", "education_send", _FOUND_IN_CASES),
    "Direct payments": Outside("Ombudsman", "Ombudsman's decision", "adult_social_care", _FOUND_IN_CASES),
    "Building control": Outside("Ombudsman", "Ombudsman's decision", "planning", _FOUND_IN_CASES),
}  # fmt: skip
"""Area → who else recommends things in it."""


def titles_of(area: str) -> list[str]:
    """Everything that Internal Audit may recommend in an area, in an order of its own; none stands twice."""
    titles = [action.format(thing) for thing in AREAS[area].objects for action in ACTIONS]
    Random(f"titles/{area}").shuffle(titles)
    return titles
