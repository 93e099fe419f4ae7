"""Whether each area can be relied on to meet its target, as findings."""

from math import isnan, log10
from typing import Final

from scorecard.judge.assurance import NOT_JUDGED, VERDICTS, Assurance
from scorecard.judge.finding import Finding
from scorecard.judge.panel import Panel

_ADVERSE: Final = {"fail": True, "pass": False}
_RELIABLY: Final = {"pass": ", and as it stands reliably will", "fail": ", and as it stands reliably will not"}


def assurance_findings(panel: Panel, assurance: Assurance) -> dict[str, Finding]:
    """By area code, for each area that has a figure: pass, hit_and_miss, fail or not_judged.

    Strength is -log10 of the chance of meeting the target next. The evidence has hits, of, chance_next (0 to 1), the
    target and the process limits in the measure's unit, and since when the limits and the target hold (a day).
    """
    return {area: _finding(panel, assurance, row) for row, area in enumerate(panel.areas) if panel.last[row] >= 0}


def _finding(panel: Panel, assurance: Assurance, row: int) -> Finding:
    verdict, chance = VERDICTS[assurance.verdict[row]], float(assurance.chance_next[row])
    figures = {
        "chance_next": chance,
        "target_low": float(assurance.target_low[row]),
        "target_high": float(assurance.target_high[row]),
        "lower_limit": float(assurance.lower_limit[row]),
        "upper_limit": float(assurance.upper_limit[row]),
    }
    since = int(assurance.since[row])
    evidence = {
        "hits": int(assurance.hits[row]),
        "of": int(assurance.of[row]),
        **{name: None if isnan(figure) else figure for name, figure in figures.items()},
        "target": figures["target_low"] if figures["target_low"] == figures["target_high"] else None,
        "since": panel.periods[since].start.isoformat() if since >= 0 else None,
        "period": panel.periods[panel.last[row]].label,
    }
    strength = 0.0 if isnan(chance) else -log10(chance)
    return Finding("assurance", verdict, _sentence(panel, assurance, row), _ADVERSE.get(verdict), strength, evidence)


def _sentence(panel: Panel, assurance: Assurance, row: int) -> str:
    """ "Met its target in 9 of the last 12 months; about 7 chances in 10 of meeting it next month." """
    frequency = panel.measure.frequency.value
    met, verdict, reason = _hits(assurance, row, frequency), assurance.verdict[row], assurance.reasons[row]
    if verdict == NOT_JUDGED:
        return f"{met}; {reason}." if met else f"{reason[0].upper()}{reason[1:]}."
    chance = _in_tenths(float(assurance.chance_next[row]))
    return f"{met}{_RELIABLY.get(VERDICTS[verdict], '')}; {chance} of meeting it next {frequency}."


def _hits(assurance: Assurance, row: int, frequency: str) -> str:
    hits, of = int(assurance.hits[row]), int(assurance.of[row])
    unit = frequency if assurance.adjoining[row] else "figure"
    if of == 0:
        return ""
    if of == 1:
        return f"{'Met' if hits else 'Missed'} its target in the one {unit} judged"
    many = {0: "none", of: "all"}.get(hits, str(hits))
    return f"Met its target in {many} of the last {of} {unit}s"


def _in_tenths(chance: float) -> str:
    if chance < 0.05:
        return "under 1 chance in 20"
    if chance > 0.95:
        return "over 19 chances in 20"
    tenths = min(max(round(chance * 10), 1), 9)
    return f"about {tenths} {'chance' if tenths == 1 else 'chances'} in 10"
