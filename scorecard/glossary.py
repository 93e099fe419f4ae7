"""The words of performance reporting as these pages use them, each with a plain meaning."""

from typing import Final

from scorecard.figure_terms import FIGURE_TERMS
from scorecard.register_terms import REGISTER_TERMS
from scorecard.term import Term

LONGEST_MEANING: Final = 330
"""Characters: a meaning must fit beside the word it explains."""

TERMS: Final[dict[str, Term]] = {
    "measure": Term(
        "Measure",
        "Something the council counts the same way every month, quarter or year, to see how well it does. Also called"
        " a performance indicator or KPI.",
        ("outturn", "target"),
    ),
    "outturn": Term(
        "Outturn", "What a measure came to in the end: its figure once the year, or the period, is over.", ("forecast",)
    ),
    "target": Term(
        "Target",
        "The figure the council set itself, or the law sets, for a measure. It may be a single figure, a limit, a"
        " band to stay within, or an improvement on last year.",
        ("target_profile", "tolerance", "status"),
    ),
    "target_profile": Term(
        "Target profile",
        "A target with its own figure for each month or quarter, where the year does not run evenly: council tax"
        " collected so far is never 97% in June.",
        ("target", "year_to_date"),
    ),
    "tolerance": Term(
        "Tolerance",
        "How near the target is near enough. A figure that misses its target by no more than the tolerance is"
        " close to target, not off target.",
        ("target", "status"),
    ),
    "status": Term(
        "Status",
        "How the latest figure stands against its target: on target, close to target or off target; or why that"
        " cannot be said.",
        ("target", "tolerance", "assurance"),
    ),
    "polarity": Term(
        "Polarity",
        "Which way is good: higher, lower, within a band, or neither. It decides whether a rise is called better or"
        " worse.",
        ("direction",),
    ),
    "direction": Term(
        "Direction of travel",
        "Which way a measure is going: against the period before, against the same period last year, and over the"
        " last twelve months, eight quarters or ten years.",
        ("polarity", "variation"),
    ),
    "variation": Term(
        "Variation",
        "Whether a movement is more than the ups and downs the measure always has. Usual variation needs no"
        " explanation; unusual variation has a cause worth finding.",
        ("usual_range", "assurance", "exception"),
    ),
    "usual_range": Term(
        "Usual range",
        "Between the two limits on a chart, worked out from the measure's own past. Almost every figure falls"
        " between them unless something has changed. Also called process or control limits.",
        ("variation", "rebase"),
    ),
    "assurance": Term(
        "Assurance",
        "Whether the service, run as it is now, can be relied on to meet the target: it will, it will not, or it is"
        " hit and miss. One good month does not change the answer.",
        ("target", "variation"),
    ),
    "exception": Term(
        "Exception",
        "A measure that meets one of the council's agreed rules for needing leadership's attention, such as off"
        " target or lastingly worse. The rule, the evidence and since when are shown.",
        ("exception_state", "by_chance", "severity"),
    ),
    "exception_state": Term(
        "New, continuing, improving, back again, resolved, accepted",
        "Where an exception is in its life. New: listed for the first time. Back again: it had ended and has"
        " returned. Accepted: the council has agreed to live with it until a day.",
        ("exception",),
    ),
    "severity": Term(
        "Concern: high, medium or low",
        "How grave an exception is, as the council's rule for it says. It decides the order of the list.",
        ("exception",),
    ),
    "by_chance": Term(
        "Expected by chance",
        "How many measures a test would flag in a month in which nothing had really changed. With many measures a"
        " few false alarms are certain, so the page says how many to expect.",
        ("exception", "variation"),
    ),
    "forecast": Term(
        "Forecast",
        "Where the year may end, with a range that the outturn should fall within four times out of five.",
        ("outturn", "run_rate"),
    ),
    "run_rate": Term(
        "Required run-rate",
        "What the measure must come to in each period that is left for the year's target still to be met.",
        ("forecast", "target"),
    ),
    "peers": Term(
        "Peers",
        "The councils most like this one, which it is compared with. The group is named on the page, with how old"
        " its figures are.",
        ("median", "quarter"),
    ),
    "median": Term(
        "Median", "The middle figure when all are put in order: half of the councils are above it and half below."
    ),
    "quarter": Term(
        "Best quarter, worst quarter",
        "The quarter of the councils in a group whose figures are best, or worst. Also called the top and bottom"
        " quartile. A quarter of the year is written Q1 to Q4.",
        ("peers", "median"),
    ),
    "numerator": Term(
        "Numerator and denominator",
        "The two numbers a percentage or rate is made of: 92 repairs on time (numerator) of 100 repairs"
        " (denominator). Figures for longer periods are made from these, never by averaging percentages.",
        ("rate",),
    ),
    "rate": Term(
        "Rate",
        "A count set against the number it could have been, so that places of different size can be compared:"
        " missed bins for every 100,000 collections.",
        ("numerator",),
    ),
    **FIGURE_TERMS,
    "counter_measure": Term(
        "Counter-measure",
        "A second measure to look at beside the first, because the first can be made to look good at its cost:"
        " speed beside quality.",
        ("measure",),
    ),
    "receipt": Term(
        "Receipt",
        "Where a figure comes from: the file, the rows, the checks it passed, when it was loaded and the definition"
        " it was made with.",
        ("set_aside", "refused"),
    ),
    "set_aside": Term(
        "Rows set aside",
        "Rows of a file that broke a rule and were left out until they are put right. They can be downloaded with"
        " the reason for each. The other rows count.",
        ("refused",),
    ),
    "refused": Term(
        "File refused",
        "A file that could not be used at all, with the reason. The figures from the last good file stay up until a"
        " new one comes.",
        ("set_aside",),
    ),
    "remit": Term("Remit", "What a scrutiny committee looks after: the services and measures it may ask about."),
    "stage": Term(
        "Proposed, live, removed",
        "Where a measure is in its life. The council is judged by live measures only; a removed one keeps its past.",
        ("measure",),
    ),
    "class": Term(
        "Kind of measure",
        "Operational, outcome and project measures are judged against targets. Contextual and volumetric ones say"
        " how much there is of something and are shown for information.",
        ("status",),
    ),
    "audience": Term(
        "Audience",
        "Whom a measure or a register is meant for: everyone, members, officers, or named officers only. Pages show"
        " only what is meant for their readers.",
    ),
    **REGISTER_TERMS,
}
"""By id, in an order in which they can be read through; the id is what an address names."""
