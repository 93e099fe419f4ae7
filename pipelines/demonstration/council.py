"""Alderbrook Council's inbox: every service's files, and one that has nothing to do with performance."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.demonstration.accidents import accidents
from pipelines.demonstration.adaptations import adaptations
from pipelines.demonstration.annual import annual
from pipelines.demonstration.audit_register import audit_register
from pipelines.demonstration.benchmark import benchmark
from pipelines.demonstration.benefits import benefits
from pipelines.demonstration.best_value import best_value
from pipelines.demonstration.bins import bins
from pipelines.demonstration.budget import budget
from pipelines.demonstration.calls import calls
from pipelines.demonstration.care import care, safeguarding
from pipelines.demonstration.complaints_register import complaints_register
from pipelines.demonstration.compliance import compliance, governance_yearly
from pipelines.demonstration.contact_survey import contact_survey
from pipelines.demonstration.council_plan import council_plan
from pipelines.demonstration.customer import customer
from pipelines.demonstration.democracy import democracy
from pipelines.demonstration.enforcement import enforcement
from pipelines.demonstration.families import attendance, families, plans
from pipelines.demonstration.files import write_changed
from pipelines.demonstration.fly_tips import fly_tips
from pipelines.demonstration.food import food
from pipelines.demonstration.governance import governance
from pipelines.demonstration.highways import highways
from pipelines.demonstration.homelessness import homelessness
from pipelines.demonstration.housing import housing
from pipelines.demonstration.information_requests import information_requests, subject_access
from pipelines.demonstration.invoices import invoices
from pipelines.demonstration.it_tickets import it_tickets
from pipelines.demonstration.land_charges import land_charges
from pipelines.demonstration.landlord import landlord
from pipelines.demonstration.learning import learning
from pipelines.demonstration.leisure import leisure
from pipelines.demonstration.lettings import lettings
from pipelines.demonstration.lighting import lighting
from pipelines.demonstration.member_enquiries import member_enquiries
from pipelines.demonstration.missed_bins import missed_bins
from pipelines.demonstration.ombudsman import ombudsman
from pipelines.demonstration.ombudsman_cases import ombudsman_cases
from pipelines.demonstration.outlines import outlines
from pipelines.demonstration.people import adults, children
from pipelines.demonstration.place import place
from pipelines.demonstration.plan_actions import plan_actions
from pipelines.demonstration.planning import planning
from pipelines.demonstration.policy_register import policy_register
from pipelines.demonstration.projects import projects
from pipelines.demonstration.quarterly import quarterly
from pipelines.demonstration.records import RecordFile, write_records
from pipelines.demonstration.repairs import repairs
from pipelines.demonstration.residents import residents
from pipelines.demonstration.resources import resources
from pipelines.demonstration.revenues import revenues
from pipelines.demonstration.risk import risk
from pipelines.demonstration.risk_register import risk_register
from pipelines.demonstration.senior_posts import senior_posts
from pipelines.demonstration.service_requests import service_requests
from pipelines.demonstration.sickness import sickness
from pipelines.demonstration.span import Span
from pipelines.demonstration.streets import streets
from pipelines.demonstration.waste import waste
from pipelines.demonstration.work_programme import work_programme
from pipelines.demonstration.workforce import workforce

RETURNS: Final[tuple[Callable[[Span], dict[str, bytes]], ...]] = (
    resources,
    revenues,
    budget,
    quarterly,
    workforce,
    sickness,
    waste,
    bins,
    streets,
    planning,
    land_charges,
    highways,
    lighting,
    food,
    leisure,
    place,
    housing,
    landlord,
    lettings,
    adults,
    children,
    safeguarding,
    care,
    families,
    plans,
    attendance,
    learning,
    governance,
    compliance,
    governance_yearly,
    risk,
    accidents,
    council_plan,
    democracy,
    policy_register,
    audit_register,
    customer,
    annual,
    ombudsman,
    ombudsman_cases,
    residents,
    benchmark,
    outlines,
    plan_actions,
    risk_register,
    projects,
    best_value,
    senior_posts,
    work_programme,
)
"""Each gives the bytes of its files by their names below the inbox."""

RECORDS: Final[tuple[Callable[[Span], Iterable[RecordFile]], ...]] = (
    invoices,
    benefits,
    missed_bins,
    fly_tips,
    enforcement,
    repairs,
    homelessness,
    adaptations,
    information_requests,
    subject_access,
    member_enquiries,
    calls,
    complaints_register,
    contact_survey,
    it_tickets,
    service_requests,
)
"""Each gives files of records, as many times over as the scale says; a resend comes after what it corrects."""

STRAY: Final = "Minutes of meeting.txt"
MINUTES: Final = b"Performance board, 3 November 2026\r\nPresent: nobody who exists.\r\n"


@dataclass(frozen=True)
class Demonstration:
    """The council's files, ready to be written: the bytes of the returns, and the records a month at a time."""

    returns: Mapping[str, bytes]
    records: Sequence[RecordFile]

    @property
    def names(self) -> list[str]:
        """Every file's name below the inbox, sorted."""
        return sorted([*self.returns, *(file.name for file in self.records)])

    def write(self, inbox: Path) -> list[Path]:
        """Write every file below `inbox`, save those that hold the same bytes already. Returns every path, sorted."""
        for name, content in self.returns.items():
            write_changed(inbox / name, content)
        for file in self.records:
            write_records(inbox, file)
        return sorted(inbox / name for name in self.names)


def make_demonstration(*, seed: int = 2026, years: int = 6, scale: int = 1) -> Demonstration:
    """The demonstration council's files; the same seed, years and scale give the same bytes.

    `years` counts financial years, the unfinished 2026/27 among them. `scale` multiplies the records of the large
    logs, for trying out size: shares and means stay, counts grow. Raises ValueError when years or scale is below one.
    """
    for name, value in (("years", years), ("scale", scale)):
        if value < 1:
            raise ValueError(f"{name} is {value}; the demonstration needs at least 1.")
    span = Span(seed, years, scale)
    returns = {name: content for make in RETURNS for name, content in make(span).items()}
    return Demonstration(returns | {STRAY: MINUTES}, [file for make in RECORDS for file in make(span)])


def write_demonstration(inbox: Path, *, seed: int = 2026, years: int = 6, scale: int = 1) -> list[Path]:
    """Make the files (see `make_demonstration`) and write them below `inbox`. Returns every path, sorted."""
    return make_demonstration(seed=seed, years=years, scale=scale).write(inbox)
