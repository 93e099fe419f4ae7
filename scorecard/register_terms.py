"""The words about registers and the board's month: a part of the glossary."""

from typing import Final

from scorecard.term import Term

REGISTER_TERMS: Final[dict[str, Term]] = {
    "register": Term(
        "Register",
        "A list of things that somebody has promised to do by a day, each with an owner: plan actions, audit"
        " recommendations, policies to review, complaints, risks. One of them is called an item.",
        ("original_due", "sign_off", "stock_and_flow"),
    ),
    "original_due": Term(
        "Original due date",
        "The first day by which an item was promised. Lateness is always counted from it, so that agreeing a later day"
        " does not make a late item punctual.",
        ("redated", "overdue"),
    ),
    "redated": Term(
        "Re-dated",
        "Given a later due date than before. Every date is kept, and how often an item has been re-dated is shown"
        " beside it.",
        ("original_due", "predicted_late"),
    ),
    "overdue": Term(
        "Overdue item",
        "An item whose original due date has passed and that is not done, or not yet signed off where that is needed."
        " Newly overdue: its date passed since the count before.",
        ("original_due", "stock_and_flow"),
    ),
    "predicted_late": Term(
        "Predicted late",
        "Not due yet, but likely to be late: it is going too slowly to be done by its date, or its owner has often been"
        " late before. The reason is given, so that something can still be done.",
        ("overdue", "original_due"),
    ),
    "sign_off": Term(
        "Sign-off, awaiting sign-off",
        "Agreement, by somebody other than the owner, that a thing is really done. Awaiting sign-off: the owner says it"
        " is done and nobody has agreed yet, so it still counts as open.",
        ("register", "overdue"),
    ),
    "stock_and_flow": Term(
        "Stock and flow",
        "How a count came from what it was to what it is: those there before, and those that came, less those that"
        " went, are those there now. It tells a backlog that grows from one that only turns over.",
        ("overdue", "ageing"),
    ),
    "ageing": Term("Ageing", "How long the overdue items have been overdue, in bands of days.", ("overdue",)),
    "burn_down": Term(
        "Burn-down",
        "How much of a backlog, counted on one day and agreed to be cleared, has been dealt with since, against the"
        " pace that was promised. What became overdue later is told apart.",
        ("stock_and_flow",),
    ),
    "golden_thread": Term(
        "Golden thread",
        "The line from a goal of the council plan to the actions meant to reach it, the measures that show whether they"
        " do, and the services that carry them out; and back again.",
        ("measure", "register"),
    ),
    "risk_score": Term(
        "Inherent, residual and target score",
        "How likely a risk is, times how much harm it would do: without any control (inherent), with the controls in"
        " place (residual), and where the council wants it to be (target).",
        ("appetite", "stuck_risk"),
    ),
    "appetite": Term(
        "Risk appetite",
        "The highest score of a risk that the council is content to live with. A risk above it needs more done.",
        ("risk_score",),
    ),
    "stuck_risk": Term(
        "Stuck risk",
        "A risk whose residual score has been red for longer than the council allows, a year unless it says otherwise."
        " The question is whether anything more can be done.",
        ("risk_score", "rescore"),
    ),
    "rescore": Term(
        "Proposal to re-score",
        "A question to the owner of a risk: a measure that is linked to it has missed its target, or an action is late."
        " Is the score still right? The score itself changes only when its owner changes it.",
        ("risk_score", "stuck_risk"),
    ),
    "assurance_opinion": Term(
        "Assurance opinion",
        "Internal Audit's verdict on how well a service is controlled, such as substantial, reasonable, limited or"
        " none. Not to be confused with the assurance of a measure.",
        ("sign_off", "assurance"),
    ),
    "complaint_code": Term(
        "Complaint Handling Code",
        "The Ombudsman's time limits, in working days. Stage 1: acknowledged within five, answered within ten more."
        " Stage 2: acknowledged within five, answered within twenty more. A longer time that was agreed is shown.",
        ("ombudsman",),
    ),
    "ombudsman": Term(
        "Ombudsman: made, investigated, upheld",
        "Complaints made to the Local Government and Social Care Ombudsman, those it looked into, and those in which it"
        " found the council at fault; then whether what it asked for was done.",
        ("complaint_code", "interval"),
    ),
    "failure_indicator": Term(
        "Indicator of potential failure",
        "A warning sign from the government's best value guidance, such as expired strategies or interim chief"
        " officers. Shown here where the registers themselves can tell. A sign is a reason to ask, not a verdict.",
        ("register",),
    ),
    "cycle": Term(
        "Cycle",
        "A round of performance work that comes again every month, quarter or year: figures are asked for, sent,"
        " reviewed, and taken to cabinet and scrutiny, each by a day.",
        ("standing_agenda",),
    ),
    "standing_agenda": Term(
        "Standing agenda",
        "What the performance board takes every month, in the same order: actions, measures, audit recommendations,"
        " benchmarking, policies, complaints, risks and projects, and whether the framework itself works.",
        ("cycle", "register"),
    ),
}
"""By id, for scorecard/glossary.py."""
