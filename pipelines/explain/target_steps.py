"""How a figure was held against its target, and whether the target can be relied on to be met, step by step."""

import numpy as np

from pipelines.explain.judged_then import JudgedThen
from pipelines.explain.layout import Section
from pipelines.explain.step import chance, day, plain, step, told
from scorecard.judge.kinds import KIND_RULES
from scorecard.judge.next_chance import LATEST, WEIGHT
from scorecard.judge.small_counts import counted_as
from scorecard.judge.status import DIRECTION_WORDS, Direction
from scorecard.judge.target_words import target_in_words, tolerance_in_words


def target_step(then: JudgedThen, place: int) -> Section:
    """The target in force, the tolerance, the shortfall, how long it has stood so, and small counts."""
    finding, measure = then.finding("target"), then.measure
    seen = finding.evidence if finding else {}
    target = then.judged.standing.lines.targets[then.column]
    line = told(seen.get("target_low"), measure)
    if seen.get("target_low") != seen.get("target_high"):
        line = f"{line} to {told(seen.get('target_high'), measure)}"
    facts = {
        "Figure": f"{told(seen.get('value'), measure)} in {then.period.label}{_counted(then)}",
        "Target": f"{target_in_words(target, measure)} ({target.kind}), here {line}" if target else "none in force",
        "Tolerance": f"{tolerance_in_words(then.held.catalogue.tolerance_of(measure), measure.unit)}, here "
        f"{plain(seen.get('tolerance'), measure.decimals + 2)}"
        if target
        else "",
        "Shortfall": f"{plain(seen.get('shortfall'), measure.decimals + 2)} (over 0 is the bad side of the target; "
        f"{plain(seen.get('tolerances_off'))} tolerances)"
        if seen.get("shortfall") is not None
        else "",
        "Small count": _small(then),
        "Stood so": f"since {day(seen.get('since'))}, {seen.get('running')} in a row",
        "Moved": _moved(then),
        "Class": KIND_RULES[measure.kind].sentence,
    }
    return step(place, "Against its target", finding, facts, "not judged")


def assurance_step(then: JudgedThen, place: int) -> Section:
    """Hits, limits against the target, and the chance of meeting it next."""
    finding, measure = then.finding("assurance"), then.measure
    seen = finding.evidence if finding else {}
    limits = ""
    if seen.get("lower_limit") is not None:
        limits = (
            f"{told(seen['lower_limit'], measure)} to {told(seen['upper_limit'], measure)}, set against a target of "
            f"{told(seen['target_low'], measure)}"
            + ("" if seen.get("target") is not None else f" to {told(seen['target_high'], measure)}")
            + f"; target and level have held since {day(seen.get('since'))}"
        )
    facts = {
        "Hits": f"{seen.get('hits', 0)} of the last {seen.get('of', 0)} figures met the target of their own period",
        "Limits": limits,
        "Chance next": f"{chance(seen['chance_next'])} (the share of hits among the last {LATEST}, shrunk towards the "
        f"normal law as if that were {WEIGHT} figures more)"
        if seen.get("chance_next") is not None
        else "",
    }
    return step(place, "Can it be relied on to meet it (assurance)", finding, facts, "not judged")


def _counted(then: JudgedThen) -> str:
    panel, at = then.judged.panel, (then.row, then.column)
    above, below = panel.numerators[at], panel.denominators[at]
    if np.isnan(above) or np.isnan(below):
        return ""
    return f" ({above:,.10g} of {below:,.10g})"


def _small(then: JudgedThen) -> str:
    counting = counted_as(then.measure)
    small, at = then.judged.standing.small, (then.row, then.column)
    if counting is None:
        return ""
    if np.isnan(small.lower[at]):
        return "no: its target lets enough cases be expected, or none is known"
    verdict = "so that it cannot be called" if small.undecided[at] else "which leaves its status as it is"
    exact = "Clopper-Pearson" if counting == "proportion" else "Garwood"
    return (
        f"yes: the true rate may lie from {told(float(small.lower[at]), then.measure)} to "
        f"{told(float(small.upper[at]), then.measure)} (exact 95% limits, {exact}), {verdict}"
    )


def _moved(then: JudgedThen) -> str:
    standing, panel = then.judged.standing, then.judged.panel
    said = []
    for name, earlier in (("last_period", standing.period_before), ("last_year", standing.year_before)):
        column = int(earlier[then.column])
        words = then.finding("target")
        if column >= 0 and words:
            way = DIRECTION_WORDS[Direction(str(words.evidence[name]))].lower()
            said.append(f"{way} against {panel.periods[column].label} ({told(_value(then, column), then.measure)})")
    return "; ".join(said) or "not compared with an earlier period"


def _value(then: JudgedThen, column: int) -> float:
    return float(then.judged.panel.values[then.row, column])
