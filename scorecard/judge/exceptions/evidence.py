"""What a finding's evidence says, read with the type it should have; None where it is absent or of another type."""

from datetime import date
from math import erfc, isfinite, log10, sqrt
from typing import Final

from scorecard.judge.finding import Finding

FARTHEST: Final = 10.0
"""No distance counts for more, so that a target of nought does not lead every list."""

TWENTIETH: Final = 0.05
"""The usual tolerance, as a share of the target."""

CLEAR: Final = 0.01
"""A drift that chance gives more often is worth watching, and proves nothing beside another finding."""


def number(finding: Finding, name: str) -> float | None:
    """A figure of the evidence, in the unit it is in."""
    value = finding.evidence.get(name)
    told = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return float(value) if told and value is not None else None


def word(finding: Finding, name: str) -> str:
    """A text of the evidence; empty where there is none."""
    value = finding.evidence.get(name)
    return value if isinstance(value, str) else ""


def day(finding: Finding, name: str) -> date | None:
    """A date of the evidence, which stands there as ISO text."""
    try:
        return date.fromisoformat(word(finding, name))
    except ValueError:
        return None


def chance(finding: Finding, name: str = "chance") -> float:
    """The chance a finding tells; where its evidence does not, the one its strength stands for."""
    told = number(finding, name)
    return 10.0 ** -min(finding.strength, 300) if told is None else told


def is_clear(finding: Finding) -> bool:
    """Whether a finding of a change is one to build on: a direction of travel is told from a larger chance on."""
    return finding.judgement != "direction" or chance(finding) <= CLEAR


def distance(finding: Finding) -> float:
    """How far from good a finding is, from 0 to FARTHEST, so that findings of several kinds can be put in order.

    Tolerances off target count as they are; of a limit, which has none, each twentieth beyond it counts as one. A
    test of chance counts half the tens in its odds: one in a hundred stands beside one tolerance, one in ten thousand
    beside two. Lateness has no distance.
    """
    if finding.judgement == "data":
        return 0.0
    if finding.judgement == "target":
        told = number(finding, "tolerances_off")
        far = finding.strength if told is None else told
        if number(finding, "tolerance") == 0:
            far /= TWENTIETH
    elif finding.judgement == "parts" and number(finding, "q_value") is not None:
        far = -log10(max(chance(finding, "q_value"), 1e-300)) / 2
    elif finding.judgement == "change" and number(finding, "distance") is not None:
        # Its chance is the same for every change; how far the figures lie is told in standard normal units.
        out = abs(number(finding, "distance") or 0.0)
        far = -log10(max(erfc(out / sqrt(2)) / 2, 1e-300)) / 2
    elif number(finding, "chance") is not None:
        far = -log10(max(chance(finding), 1e-300)) / 2
    else:
        far = finding.strength / 2
    return min(max(far, 0.0), FARTHEST)
