"""How a series compared with its peers, how its parts compared with it, and what was wrong with its data."""

from math import isinf
from typing import Final

from pipelines.explain.judged_then import JudgedThen
from pipelines.explain.layout import Section
from pipelines.explain.step import apart, chance, day, plain, step, told
from scorecard.judge.due import expected_of
from scorecard.judge.finding import Finding
from scorecard.judge.parts.multiplicity import FALSE_DISCOVERIES
from scorecard.judge.peers.comparison import OLDEST

LISTED: Final = 8
"""Parts listed one by one, the least likely first."""
ONLY_COUNCIL: Final = "only the council as a whole is judged by this"


def peers_step(then: JudgedThen, place: int) -> Section:
    """The peers' quartiles, the rank, and what it takes to be news."""
    finding, measure = then.finding("peers"), then.measure
    seen = finding.evidence if finding else {}
    facts = {}
    if seen.get("median") is not None:
        rank = f"{seen['rank']} of {seen['of']}, the best first" if seen["rank"] else f"none; {seen['of']} councils"
        facts = {
            "Period": f"{seen['period']}; the peers' latest figures are {seen['peers_period_age_months']} months older "
            "than its own",
            "Peers": f"quarter {told(seen['q1'], measure)}, middle {told(seen['median'], measure)}, three quarters "
            f"{told(seen['q3'], measure)}",
            "Figure": told(seen["value"], measure),
            "Rank": rank,
            "Told apart": "yes: its limits lie apart from the middle"
            if seen["told_apart"]
            else "no: within its margin of error of the middle",
            "Over the year": f"{apart(seen['change'], measure)}, the middle peer "
            f"{apart(seen['peers_change'], measure)}",
            "Stood so": f"since {day(seen['since'])}",
            "News when": "in the worst (or best) quarter, moved beyond the middle half of the peers over the year, and "
            f"no more than {OLDEST} months old",
        }
    without = "no peer has a figure" if then.is_home else ONLY_COUNCIL
    return step(place, "Beside its peers", finding, facts, without)


def parts_step(then: JudgedThen, place: int) -> Section:
    """The wards and categories that were tested, with chances and the share of false discoveries (q-value)."""
    title = "Parts: wards and breakdowns"
    if not then.is_home:
        own = then.finding("parts")
        return step(place, title, own, _test(then, own) if own else {}, "nothing could be tested")
    named = [
        (then.held.areas.names.get(area, area) if area != then.area else str(each.evidence.get("where")), each)
        for area, many in then.of_areas.items()
        for each in many
        if each.judgement == "parts"
    ]
    named.sort(key=lambda pair: (_chance(pair[1]), pair[0]))
    tested = [each for _, each in named if each.status != "too_few"]
    out = [each for each in tested if each.status in {"hidden", "apart"}]
    section = Section(f"{place}. {title}")
    section.facts(
        {
            "Went in": f"{len(tested)} parts tested, {len(named) - len(tested)} with too few cases or too short a "
            "history",
            "Decided": "together with the parts of all other measures, so that at most "
            f"{FALSE_DISCOVERIES:.0%} of those called out are there by chance (Benjamini-Hochberg)"
            if tested
            else "",
            "Result": f"{len(out)} called out" if tested else "nothing could be tested",
        }
    )
    section.table(
        ("part", "figure", "rest", "periods", "chance", "q-value", "status"),
        [
            (
                name,
                told(each.evidence.get("value"), then.measure),
                told(each.evidence.get("rest"), then.measure),
                str(each.evidence.get("periods", "")),
                chance(each.evidence.get("chance")),
                chance(each.evidence.get("q_value")),
                each.status.replace("_", " "),
            )
            for name, each in named[:LISTED]
        ],
    )
    if len(named) > LISTED:
        section.say(f"{len(named) - LISTED} more, none of them less likely by chance.")
    section.list(each.sentence for each in out)
    return section


def data_step(then: JudgedThen, place: int) -> Section:
    """What is late, missing, restated, set aside or long unreviewed."""
    section = Section(f"{place}. The data")
    told_of = [each for each in then.findings if each.judgement == "data"]
    loaded = then.held.figures.loaded.get(then.measure.source_ids[0])
    expected = expected_of(then.measure, then.held.catalogue)
    section.facts(
        {
            "As at": f"{then.held.as_at.day} {then.held.as_at:%B %Y}",
            "Due": f"every {expected.every}, {expected.in_words} after it ends" if expected else "never late",
            "Latest load": f"{loaded.found:,} rows of {loaded.source}, {loaded.set_aside:,} of them set aside"
            if loaded
            else "not known any more",
            "Restated": "as it was found when the snapshot was published, as it compares with the one before"
            if then.is_latest
            else "not known any more, as it compares with the snapshot before",
            "Result": "nothing is known to be wrong with the figures" if not told_of and then.is_home else "",
        }
    )
    if not then.is_home:
        section.facts({"Result": ONLY_COUNCIL})
    section.list(f"{each.status.replace('_', ' ')}: {each.sentence}" for each in told_of)
    return section


def _test(then: JudgedThen, finding: Finding) -> dict[str, str]:
    seen = finding.evidence
    if seen.get("chance") is None:
        return {}
    return {
        "Went in": f"{seen['periods']} periods together: {told(seen['value'], then.measure)}"
        + (f" ({plain(seen['numerator'], 0)} of {plain(seen['denominator'], 0)})" if seen.get("numerator") else "")
        + f" against {told(seen['rest'], then.measure)} in the rest",
        "Chance": f"{chance(seen['chance'])}, one-sided, raised for there being several windows",
        "q-value": f"{chance(seen['q_value'])} among all parts of all measures; called out up to {FALSE_DISCOVERIES}",
        "Target": told(seen["target"], then.measure) if seen.get("target") is not None else "none",
        "Stood so": f"since {day(seen['since'])}, {seen['running']} in a row" if seen.get("since") else "",
    }


def _chance(finding: Finding) -> float:
    known = finding.evidence.get("chance")
    return float(known) if isinstance(known, int | float) and not isinf(known) else 2.0
