"""What is judged for each class of measure.

The five classes follow how councils split their measures (operational, contextual, outcome, volumetric, project);
what each is judged on is set here and told on the Definitions page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scorecard.catalogue.measure import Class


@dataclass(frozen=True)
class KindRule:
    """Which judgements a class of measure gets, and why in a sentence for readers."""

    against_target: bool
    against_period_before: bool
    against_year_before: bool
    sentence: str


KIND_RULES: Final[Mapping[Class, KindRule]] = {
    "operational": KindRule(True, True, True, "Judged against its target, the period before and the year before."),
    "outcome": KindRule(
        True, False, True,
        "Judged against its target and the year before. Outcomes move slowly and with much that the council does "
        "not decide, so one period is not set against the one before.",
    ),
    "project": KindRule(
        True, False, False, "Judged against what its plan said for the period; a project has no usual level."
    ),
    "contextual": KindRule(
        False, True, True, "Shown for information: it describes the place or the demand and is not on or off target."
    ),
    "volumetric": KindRule(
        False, True, True, "Shown for information: it counts activity and is not on or off target."
    ),
}  # fmt: skip
