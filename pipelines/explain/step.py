"""One step of an explanation: figures with more places than the pages show, and how a judgement ends."""

from collections.abc import Mapping
from datetime import date
from math import isnan
from typing import Any, Final

from pipelines.explain.layout import Section
from scorecard.catalogue import Measure
from scorecard.judge.finding import Finding
from scorecard.wording import bare, number

MORE: Final = 2
"""Decimal places beyond those that the pages show, so that a reader can work it out again."""
NEWS: Final = {True: "bad news", False: "good news", None: "neither good nor bad news"}


def told(value: Any, measure: Measure) -> str:
    """A figure of the evidence in the measure's unit; "none" where there is none."""
    return bare(float(value), measure.unit, measure.decimals + MORE) if _is_number(value) else "none"


def apart(value: Any, measure: Measure) -> str:
    """A difference between figures in the measure's unit, percentages in points; "none" where there is none."""
    if measure.unit != "%" or not _is_number(value):
        return told(value, measure)
    return f"{number(float(value), measure.decimals + MORE)} points"


def plain(value: Any, places: int = 2) -> str:
    """A number without a unit; "none" where there is none."""
    return number(float(value), places) if _is_number(value) else "none"


def chance(value: Any) -> str:
    """A chance with so many places that it is not nought: "0.0004"; "none" where there is none."""
    if not _is_number(value):
        return "none"
    return f"{value:.1e}" if 0 < value < 0.0001 else f"{value:.4f}"


def day(text: Any) -> str:
    """A day of the evidence, which stands there as ISO text."""
    if not isinstance(text, str):
        return "none"
    found = date.fromisoformat(text)
    return f"{found.day} {found:%B %Y}"


def step(place: int, title: str, finding: Finding | None, facts: Mapping[str, str], without: str) -> Section:
    """A judgement step by step: what went in and the numbers in the middle, its status and its sentence.

    `without` says why there is no finding.
    """
    section = Section(f"{place}. {title}")
    section.facts(facts)
    if finding is None:
        section.facts({"Result": without})
    else:
        section.facts({"Result": f"{finding.status.replace('_', ' ')} ({NEWS[finding.adverse]})"})
        section.say(finding.sentence)
    return section


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not isnan(value)
