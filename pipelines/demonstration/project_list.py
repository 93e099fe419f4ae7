"""The council's projects and programmes: parts, dates, ratings other than green, and the money they should bring."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Spell:
    """Months in which it was rated otherwise than green, and why."""

    since: str
    until: str
    rating: str
    reason: str
    way_forward: str


@dataclass(frozen=True)
class Part:
    """A part of a project; its months are shares of the project's own unless it has spells."""

    title: str
    share: float
    """Of the project's original time, when the part is due."""
    spells: tuple[Spell, ...] = ()
    is_done: bool = False
    """Finished when it was due."""


@dataclass(frozen=True)
class Project:
    """A project or programme; months are written "2026-10"."""

    title: str
    service: str
    goal: str
    measure: str
    began: str
    ends: str
    parts: tuple[Part, ...]
    revised: tuple[tuple[str, str], ...] = ()
    """When a later end was agreed, and which."""
    finished: str | None = None
    expected: int = 0
    """Pounds a year or in all, as its business case says."""
    brings: float = 1.0
    """The share of the expected benefits that it brings once it is finished and two years have passed."""
    spells: tuple[Spell, ...] = ()
    action: str | None = None
    """The plan action that it carries out."""


NOW: Final = "2099-12"
PROJECTS: Final = {
    "PR01": Project(
        "Telephone system", "customer_services", "CL", "calls_abandoned", "2021-06", "2023-03",
        (Part("Lines and numbers", 0.6, is_done=True), Part("Call routing", 0.9, is_done=True),
         Part("Reports for managers", 1.0, is_done=True)),
        (("2022-12", "2023-09"),), "2023-11", 420_000, 0.72,
        (Spell("2022-09", "2022-11", "Amber", "Supplier short of engineers", "Second supplier for the lines"),
         Spell("2022-12", "2023-05", "Red", "Lines cannot be moved by March", "New end agreed: September 2023")),
    ),
    "PR02": Project(
        "Bridge at Canalside", "highways", "TP", "a_roads", "2021-04", "2023-03",
        (Part("Temporary crossing", 0.3, is_done=True), Part("New deck", 0.9, is_done=True)),
        (("2022-08", "2023-12"),), "2024-01", 0, 1.0,
        (Spell("2022-06", "2023-02", "Amber", "Steel came four months late", "Work through the winter"),),
    ),
    "PR03": Project(
        "LED street lighting", "highways", "TP", "led_lanterns", "2022-04", "2027-03",
        (Part("Main roads", 0.4, is_done=True), Part("Estates", 0.96), Part("Control system", 0.7, is_done=True)),
        expected=1_350_000, brings=0.95, action="TP02",
    ),
    "PR04": Project(
        "Customer records system", "customer_services", "CL", "first_contact", "2024-04", "2025-09",
        (Part("Old records moved", 0.8, (
            Spell("2025-06", "2025-12", "Amber", "Second test of moved records failed", "Clean the data first"),
            Spell("2026-01", NOW, "Red", "Third test failed", "Supplier to give a date by December"))),
         Part("Online forms", 1.0, (
             Spell("2025-09", NOW, "Amber", "Waits for the records", "Ten forms made ready meanwhile"),)),
         Part("Staff trained", 1.0, (
             Spell("2025-10", NOW, "Amber", "Cannot begin before the records are moved", "Refresh in spring"),))),
        (("2025-09", "2026-03"), ("2026-03", "2027-03")), expected=610_000,
        spells=(Spell("2025-07", "2025-12", "Amber", "Moving records takes longer than the supplier said",
                      "Independent check of the plan"),
                Spell("2026-01", NOW, "Red", "The supplier gives no date for moved records",
                      "Chief Executive to meet the supplier; decide by January")), action="CL01",
    ),
    "PR05": Project(
        "Finance system", "finance", "SC", "invoices_on_time", "2024-10", "2026-06",
        (Part("Ledger", 0.7, is_done=True),
         Part("Payments", 0.9, (Spell("2026-05", "2026-08", "Amber", "Faults in the first test", "Test again"),
                                Spell("2026-09", NOW, "Red", "Second test failed", "Go live in April 2027"))),
         Part("Budget reports", 1.0, (Spell("2026-07", NOW, "Amber", "Waits for payments", "None needed yet"),))),
        (("2026-06", "2026-12"),), expected=380_000,
        spells=(Spell("2026-05", "2026-08", "Amber", "Payments failed the first test", "Supplier to mend and test"),
                Spell("2026-09", NOW, "Red", "Go-live in September put off", "Keep the old system for a year")),
        action="SC05",
    ),
    "PR06": Project(
        "Market quarter programme", "growth", "TP", "local_area_satisfaction", "2023-10", "2027-03",
        (Part("Market hall", 0.95), Part("Town square", 0.94), Part("Shop fronts", 0.98)),
        expected=900_000,
        spells=(Spell("2026-06", NOW, "Amber",
                      "Each part is in hand, but together they end after the grant does in March",
                      "Ask the funder for six months; ready to borrow for the rest"),), action="TP03",
    ),
    "PR07": Project(
        "Special school", "education_send", "SW", "plans_in_time", "2024-04", "2027-08",
        (Part("School building", 0.95),
         Part("Access road", 0.8, (
             Spell("2026-04", "2026-07", "Amber", "Owner of the land wants more than its value", "Valuer engaged"),
             Spell("2026-08", NOW, "Red", "Land is not bought; compulsory purchase takes a year",
                   "Open with a temporary entrance"))),
         Part("Staff and admissions", 1.0)),
        expected=1_800_000, action="SW03",
    ),
    "PR08": Project(
        "Extra care flats", "adult_social_care", "LW", "care_home_admissions", "2023-04", "2026-12",
        (Part("Building", 0.97, (Spell("2026-03", NOW, "Amber", "Fire doors came late", "Fit them floor by floor"),)),
         Part("Care provider appointed", 0.8, is_done=True)),
        (("2026-06", "2027-03"),), expected=1_150_000,
        spells=(Spell("2026-03", NOW, "Amber", "Opens a quarter late", "Care homes asked to hold places"),),
        action="LW01",
    ),
    "PR09": Project(
        "Warm council homes", "council_homes", "GH", "homes_warmed", "2024-04", "2027-12",
        (Part("Survey of homes", 0.3, is_done=True), Part("Walls and lofts", 0.95), Part("Windows", 1.0)),
        expected=240_000, action="GH02",
    ),
    "PR10": Project(
        "Weekly food waste", "waste_streets", "CG", "residual_waste", "2025-04", "2027-06",
        (Part("Vehicles", 0.8), Part("Rounds and bins", 0.95), Part("Telling residents", 0.9)),
        expected=320_000,
        spells=(Spell("2025-11", "2026-02", "Amber", "Vehicles ordered late", "Hire six for the first year"),),
        action="CG01",
    ),
    "PR11": Project(
        "Data centre to the cloud", "digital_it", "SC", "it_availability", "2024-04", "2026-12",
        (Part("Files and mail", 0.5, is_done=True), Part("Business systems", 0.97), Part("Old rooms emptied", 1.0)),
        expected=530_000, action="SC07",
    ),
    "PR12": Project(
        "Family hubs", "childrens_social_care", "SW", "children_in_need", "2024-04", "2026-12",
        (Part("Hub at Foundry", 0.5, is_done=True), Part("Hub at Northgate", 0.7, is_done=True),
         Part("Hub at Priory", 0.98), Part("Hub at Kingsmoor", 1.0)),
        expected=275_000, action="SW01",
    ),
    "PR13": Project(
        "Second fly-tip crew", "waste_streets", "CG", "fly_tip_clearance", "2024-05", "2024-10",
        (Part("Crew and vehicle", 0.8, is_done=True),), finished="2024-09", expected=95_000, brings=1.1,
    ),
    "PR14": Project(
        "Weirside leisure centre", "leisure_libraries", "LW", "leisure_visits", "2025-01", "2027-06",
        (Part("Pool hall", 0.9), Part("Gym and studios", 0.95)), expected=210_000, action="LW06",
    ),
}  # fmt: skip
