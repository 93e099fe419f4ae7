"""What to ask about a measure: questions that a chair can read out, each from something that was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scorecard.wording import bare, count, figure

MOST: Final = 6


@dataclass(frozen=True)
class Grounds:
    """What the questions about one measure in one area rest on.

    `findings` maps (judgement, part) to the status, whether it is bad news, and the sentence; `exceptions` are those to
    act on, as (place, rule, question); `outlook` is what `outlook.outlook` found; `period` and `marker` are of the
    latest figure; `broken` says since when it is counted differently, and why; `counter` is the title and the status
    of the measure to read beside it; `restated` counts published figures that have changed.
    """

    title: str
    unit: str
    decimals: int
    frequency: str
    period: str
    marker: str | None
    findings: Mapping[tuple[str, str], tuple[str, bool | None, str]]
    exceptions: Sequence[tuple[str, str, str]]
    outlook: Mapping[str, Any]
    broken: tuple[str, str] | None
    counter: tuple[str, str] | None
    restated: int


def questions(grounds: Grounds) -> tuple[str, ...]:
    """At most MOST questions, those of the exceptions first; one at least where there is a figure."""
    asked = dict.fromkeys(each for each in _asked(grounds) if each)
    if not asked and grounds.period:
        asked[f"What keeps ‘{grounds.title}’ where it is, and what could change that?"] = None
    return tuple(asked)[:MOST]


def _asked(grounds: Grounds) -> Iterator[str]:
    yield from (question for _, _, question in grounds.exceptions)
    yield _of_the_year(grounds)
    yield from _of_parts(grounds)
    yield _of_peers(grounds)
    yield _of_the_counter_measure(grounds)
    yield _of_reliability(grounds)
    yield _of_movement(grounds)
    yield from _of_the_data(grounds)


def _status(grounds: Grounds, judgement: str) -> tuple[str, bool | None]:
    status, adverse, _ = grounds.findings.get((judgement, ""), ("", None, ""))
    return status, adverse


def _of_the_year(grounds: Grounds) -> str:
    held = grounds.outlook
    if held.get("status") not in ("at_risk", "will_miss") or held.get("target") is None:
        return ""
    ends = figure(held["forecast"], grounds.unit, grounds.decimals)
    goal = bare(held["target"], grounds.unit, grounds.decimals)
    left = count(int(held["periods_left"]), grounds.frequency)
    if held.get("needed") is not None and held.get("averaged") is not None:
        return (
            f"{held['year']} is forecast to end at {ends} against a target of {goal}: what will be different in the"
            f" {left} that are left?"
        )
    return f"{held['year']} is forecast to end at {ends} against a target of {goal}: what would change that?"


def _of_parts(grounds: Grounds) -> Iterator[str]:
    asked = {place for place, _, _ in grounds.exceptions}
    for (judgement, part), (status, _, _) in grounds.findings.items():
        if judgement == "parts" and status in ("hidden", "apart") and part and part not in asked:
            yield f"The figure of the whole hides {part}: what is different there, and who is looking into it?"


def _of_peers(grounds: Grounds) -> str:
    status, _ = _status(grounds, "peers")
    if status == "worst_quarter":
        return "Three councils in four like ours do better: what do they do that we do not?"
    return "More than half of the councils like ours do better: what do they do that we do not?" * (
        status == "worse_than_middle"
    )


def _of_the_counter_measure(grounds: Grounds) -> str:
    if grounds.counter is None or grounds.counter[1] != "off_target":
        return ""
    return f"‘{grounds.counter[0]}’, to be read beside it, is off target: is the one paid for by the other?"


def _of_reliability(grounds: Grounds) -> str:
    status, _ = _status(grounds, "assurance")
    return "As it stands the target is reliably missed: is the target right, and what would have to change?" * (
        status == "fail"
    )


def _of_movement(grounds: Grounds) -> str:
    if any(not place and rule not in ("data_missing", "data_restated") for place, rule, _ in grounds.exceptions):
        return ""  # the question of the exception is about the same
    if _status(grounds, "variation")[1] or _status(grounds, "change")[1]:
        return "It has moved for the worse beyond its usual variation: what has changed, and what is being done?"
    if _status(grounds, "direction")[1]:
        return "It has been moving the wrong way: what explains that, and what is being done?"
    if _status(grounds, "change")[1] is False:
        return "It has lastingly got better: what brought that about, and can it be kept?"
    return ""


def _of_the_data(grounds: Grounds) -> Iterator[str]:
    if ("data", "") in grounds.findings and not any("data" in rule for _, rule, _ in grounds.exceptions):
        status, _ = _status(grounds, "data")
        if status == "late":
            yield f"When will the figures for ‘{grounds.title}’ come, and what keeps them?"
        if status == "stale_definition":
            yield "Nobody has decided on this measure or its target for years: is it still the right one?"
    if grounds.marker == "p":
        yield f"The figure of {grounds.period} is provisional: when is it final, and how far did earlier ones move?"
    if grounds.broken:
        since, reason = grounds.broken
        yield f"It is counted differently since {since} ({reason}): what would it be, counted as before?"
    if grounds.restated:
        has = "figure has" if grounds.restated == 1 else "figures have"
        yield f"{grounds.restated} published {has} changed since: what was wrong, and could it happen again?"
