"""Every field that leaves through the API, in its order: docs/api.md lists them, and a test holds the two together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scorecard.exports.export import Kind


@dataclass(frozen=True)
class Field:
    """One field: its name, the kind of its values, and what it says. Where nothing is known it is null."""

    name: str
    kind: Kind
    words: str


MEASURES: Final = (
    Field("measure_id", "string", "Identifier of the measure, which stays the same."),
    Field("title", "string", "What the measure is called."),
    Field("definition", "string", "What it says, for residents."),
    Field("counted", "string", "What exactly is counted, and out of what."),
    Field("caveat", "string", "What to bear in mind when reading it."),
    Field("theme_id", "string", "Identifier of its theme."),
    Field("theme", "string", "Title of its theme."),
    Field("service_id", "string", "Identifier of the service that answers for it."),
    Field("service", "string", "Title of that service."),
    Field("owner", "string", "The post that answers for it."),
    Field("kind", "string", "operational, contextual, outcome, volumetric or project."),
    Field("critical_few", "boolean", "Whether leadership watches it first."),
    Field("unit", "string", "Unit of every figure of the measure."),
    Field("decimals", "integer", "Decimal places that its figures are shown with."),
    Field("polarity", "string", "Which way is good: higher, lower, band or neutral."),
    Field("frequency", "string", "Length of its periods: month, quarter, year and so on."),
    Field("basis", "string", "period, year_to_date, rolling or snapshot."),
    Field("tolerance", "string", "How near the target is near enough, in words."),
    Field("counter_measure", "string", "Identifier of the measure to read beside it."),
    Field("stage", "string", "proposed, live or removed."),
    Field("small_numbers", "integer", "Counts below this, other than none, are withheld."),
    Field("plan_goal", "string", "Goal of the council plan that it serves."),
    Field("lg_inform", "integer", "Its metric number in LG Inform."),
    Field("local_outcomes_framework", "string", "Its name in the Local Outcomes Framework."),
    Field("former", "string", "The national or best value indicator that it continues."),
    Field("first_period_start", "date", "First day of its earliest period."),
    Field("last_period_end", "date", "Last day of its latest period."),
    Field("source_ids", "string", "Identifiers of its sources, separated by spaces; /api names them."),
    Field("definition_sha256", "string", "Version of the definition that its figures were made with."),
)
OBSERVATIONS: Final = (
    Field("measure_id", "string", "Identifier of the measure."),
    Field("measure", "string", "Title of the measure."),
    Field("area_code", "string", "Code of the area that the figure is for."),
    Field("area", "string", "Name of that area."),
    Field("period", "string", "The period as councils write it, such as Q3 2024/25."),
    Field("period_start", "date", "First day of the period."),
    Field("period_end", "date", "Last day of the period."),
    Field("value", "number", "The figure in the measure's unit. Null is missing or withheld, never zero."),
    Field("unit", "string", "Unit of the figure, the target and the interval."),
    Field("marker", "string", "Shorthand of official statistics, such as c, p, r, x or z."),
    Field("provisional", "boolean", "Whether the figure may still change (marker p)."),
    Field("lower", "number", "Lower end of the confidence interval."),
    Field("upper", "number", "Upper end of the confidence interval."),
    Field("numerator", "number", "What was counted."),
    Field("denominator", "number", "What it was counted out of."),
    Field("target_low", "number", "The target; of a band its lower end."),
    Field("target_high", "number", "The target; of a band its upper end."),
    Field("status", "string", "How the figure stands against its target."),
    Field("source_id", "string", "Identifier of the source; /api names it."),
    Field("load_id", "integer", "The load, in this snapshot, that brought the figure: its receipt."),
    Field("received_on", "date", "Day on which the file with the figure was first seen."),
    Field("published_since", "datetime", "When this value was first published, UTC."),
)
EXCEPTIONS: Final = (
    Field("measure_id", "string", "Identifier of the measure."),
    Field("measure", "string", "Title of the measure."),
    Field("area_code", "string", "Code of the area that it concerns."),
    Field("area", "string", "Name of that area."),
    Field("part", "string", "Part of the breakdown that it concerns; empty for the area as a whole."),
    Field("rule", "string", "The rule that was met."),
    Field("adverse", "boolean", "True for what needs attention, false for what has got better."),
    Field("state", "string", "new, continuing, improving, relapsed, resolved or accepted."),
    Field("severity", "string", "high, medium or low."),
    Field("confirmed", "boolean", "Whether two independent tests agree."),
    Field("periods", "integer", "How many reporting periods it has held."),
    Field("since", "date", "First day of the first period concerned."),
    Field("first_seen", "date", "Last day of the reporting period in which it was first listed."),
    Field("accepted_until", "date", "Until when it has been accepted."),
    Field("period_start", "date", "First day of the period it was judged on."),
    Field("period_end", "date", "Last day of that period."),
    Field("theme", "string", "Theme of the measure."),
    Field("service", "string", "Service that answers for it."),
    Field("owner", "string", "The post that answers for it."),
    Field("sentence", "string", "What is the matter, in a sentence."),
    Field("question", "string", "What to ask."),
    Field("published_since", "datetime", "When the figure behind it was first published, UTC."),
)
SOURCES: Final = (
    Field("source_id", "string", "Identifier of the source."),
    Field("title", "string", "What the source is called."),
    Field("publisher", "string", "Who publishes it, to be named wherever its figures are used."),
    Field("licence", "string", "Under which licence; null where the publisher names none."),
    Field("link", "string", "The publisher's page."),
)
TABLES: Final[Mapping[str, tuple[Field, ...]]] = {
    "measures": MEASURES,
    "observations": OBSERVATIONS,
    "exceptions": EXCEPTIONS,
}
