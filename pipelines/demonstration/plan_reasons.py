"""Why actions fall behind, and what is agreed about it, by kind of work."""

from typing import Final

AMBER: Final = {
    "works": (
        ("Tenders came in above the budget", "Cut the scope to the budget and tender again"),
        ("Ground survey found old foundations", "Redesign the foundations; finish a quarter later"),
        ("Planning conditions took longer than allowed for", "Weekly meeting with Planning until they are cleared"),
        ("Supplier short of engineers", "Supplier to add a second team, paid by milestones"),
    ),
    "strategy": (
        ("Consultation drew three times the answers expected", "Report in two parts; adopt at the next Cabinet"),
        ("Officers were moved to the budget", "Backfill agreed for one quarter"),
        ("Partners asked for more time to comment", "Partners' board to agree the last draft"),
        ("Legal advice on the draft came late", "Outside counsel instructed; date held"),
    ),
    "change": (
        ("Two of five posts are not filled", "Recruit again with a market supplement"),
        ("Training began a month late", "Extra sessions at weekends"),
        ("The new process is used by half of the teams", "Heads of service to report take-up every month"),
        ("Data from the old system needed cleaning", "Two analysts lent for eight weeks"),
    ),
    "programme": (
        ("Fewer done in the quarter than planned", "Catch-up plan with a number for each month"),
        ("Contractor lost a month to bad weather", "Second gang from next month"),
        ("Access was refused more often than expected", "Evening appointments and a second letter"),
        ("Prices rose, so fewer fit the budget", "Cabinet to choose between more money and fewer"),
    ),
}
"""Pairs of a reason and the agreed way forward."""

RED: Final = {
    "works": (
        "Contractor stopped work; date lost",
        "Director to agree a new date with the contractor, or end the contract",
    ),
    "strategy": ("Sent back by Cabinet for more work on cost", "Cost worked out with Finance and put to Cabinet again"),
    "change": (
        "Staffing gap is not closing; date cannot be met",
        "Management team to decide whether to stop or pay for more",
    ),
    "programme": ("Less than half done when it was due", "Director to bring a plan to finish to the next board"),
}

OWN: Final = {
    ("CL01", "Amber"): (
        "Moving old records took longer than the supplier said", "Independent check of the supplier's plan",
    ),
    ("CL01", "Red"): (
        "Third test of moved records failed; the supplier gives no date",
        "Chief Executive to meet the supplier; decide by January whether to end the contract",
    ),
    ("GH01", "Amber"): (
        "31 of 60 homes bought: prices are above the limit that Cabinet set",
        "Cabinet to raise the limit in December; lease 20 homes in the meantime",
    ),
    ("LW01", "Amber"): (
        "Fire doors came late, so the flats open a quarter later",
        "Fit them floor by floor; care homes asked to hold places",
    ),
    ("TP03", "Amber"): (
        "The hall is in hand, but the grant ends in March before the whole quarter is done",
        "Ask the funder for six months; ready to borrow for the rest",
    ),
    ("SC05", "Amber"): ("Testing found faults in payments", "Supplier to mend them before the next test"),
    ("SC05", "Red"): (
        "Go-live in September put off: payments fail the second test",
        "Keep the old system another year; go live in April 2027",
    ),
    ("GH02.1", "Green"): ("Contractor chosen; the contract is still with Legal", None),
}  # fmt: skip
"""Reference and rating → reason and way forward of the actions with a story."""
ENDED: Final = ("The plan of 2020 ended", "Carried on in the plan of 2024 where it is still wanted")
