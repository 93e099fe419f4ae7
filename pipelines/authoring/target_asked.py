"""The target of a measure, asked step by step: only the kinds that go with its polarity, class and frequency."""

from typing import Any, Final, get_args

from pipelines.authoring.questions import a_day_or_none, a_number, ask, choose, some_text, yes_or_no
from scorecard.catalogue.target import ProfileKey
from scorecard.judge.kinds import KIND_RULES
from scorecard.periods import Frequency

_JUDGED: Final = {str(kind) for kind, rule in KIND_RULES.items() if rule.against_target}
_WORDS: Final = {
    "none": "it has no target, or not yet",
    "fixed": "one figure for every period",
    "limit": "a ceiling or floor that must not be passed; no tolerance applies",
    "band": "good is between two figures",
    "profile": "a figure for each month or quarter of the year",
    "last_year": "better than, or no worse than, the same period a year before",
    "peer_median": "the middle council of the peer group",
    "peer_quartile": "among the best quarter of the peer group",
}


def ask_for_target(polarity: str, kind: str, frequency: Frequency) -> dict[str, Any] | None:
    """The target as plain values; None when there is none, or such a measure is not judged against one."""
    if polarity == "neutral" or kind not in _JUDGED:
        return None
    fit = dict(_WORDS)
    if polarity == "band":
        fit = {name: fit[name] for name in ("none", "band")}
    else:
        del fit["band"]
        if frequency is Frequency.year:
            del fit["profile"]
    chosen = choose("Target", fit)
    if chosen == "none":
        return None
    target = {"kind": chosen, **_figures(chosen, frequency)}
    since = ask("Since when: first day of the first period it is for (Enter: from the start)", a_day_or_none)
    reason = ask("Reason: who set it, and where", some_text)
    return target | ({"since": since} if since else {}) | {"reason": reason}


def _figures(kind: str, frequency: Frequency) -> dict[str, Any]:
    if kind in {"fixed", "limit"}:
        value = {"value": ask("\nTarget", a_number())}
        return value | ({"statutory": True} if kind == "limit" and yes_or_no("Set by law or a regulator") else {})
    if kind == "band":
        low = ask("\nLeast that is good", a_number())
        return {"low": low, "high": ask("Most that is good", a_number(least=low))}
    if kind == "profile":
        quarterly = frequency is Frequency.quarter
        keys = [key for key in get_args(ProfileKey) if key.startswith("Q") == quarterly]
        print()
        return {"values": {key: ask(f"Target for {key}", a_number()) for key in keys}}
    if kind == "last_year":
        change = ask("\nWanted change in per cent, e.g. -3 for three per cent less", a_number(), "0")
        return {"change_per_cent": change} if change else {}
    return {}
