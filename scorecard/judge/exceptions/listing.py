"""The exceptions of a run: the rules applied to all findings, one entry for each place, remembered and in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from scorecard.catalogue import Catalogue, Stage, stage_on
from scorecard.catalogue.exception_rule import rules_of
from scorecard.judge.exceptions.attention import Attention, ExceptionList
from scorecard.judge.exceptions.chance import expected_by_chance
from scorecard.judge.exceptions.evidence import word
from scorecard.judge.exceptions.hit import Concern, hits_of, is_bettering
from scorecard.judge.exceptions.look import Look
from scorecard.judge.exceptions.memory import Memory, Remembered
from scorecard.judge.exceptions.place import Place
from scorecard.judge.exceptions.ranking import rank
from scorecard.judge.finding import Finding
from scorecard.periods import Period, latest_complete

Series = tuple[str, str]
"""Measure id and area code."""


def exceptions(
    catalogue: Catalogue,
    findings: Mapping[Series, Sequence[Finding]],
    earlier: Memory,
    as_at: date,
    *,
    home: str,
    periods: Mapping[Series, Period],
    names: Mapping[str, str] | None = None,
    people: Mapping[str, float] | None = None,
) -> ExceptionList:
    """What leadership should look at, the most pressing first, from what the judgements found.

    `findings` has the series of the home council and of its parts; of the parts only the judgement `parts` is
    used. `earlier` is the memory of the snapshot before; `as_at` the day lateness and acceptances are judged by.
    `periods` gives the latest period with a figure of each series, `names` the names of areas and `people` how
    many live in them, both by area code and both optional. The order of findings makes no difference.
    """
    of_measure: dict[str, dict[str, Sequence[Finding]]] = {}
    for (measure_id, area), many in findings.items():
        of_measure.setdefault(measure_id, {})[area] = many
    entries: list[Attention] = []
    looked: dict[tuple[Place, Concern], tuple[date, Remembered | None]] = {}
    tested = []
    for measure_id, measure in catalogue.measures.items():
        areas = of_measure.get(measure_id)
        if not areas or stage_on(measure.lifecycle, as_at) is not Stage.live:
            continue
        rules = rules_of(measure, catalogue.exception_rules)
        tested.append((rules, areas.get(home, ())))
        running = latest_complete(as_at, measure.frequency)
        found: list[Attention] = []
        for place, of_place in _places(measure_id, areas, home, earlier):
            period = periods.get((measure_id, place.area_code)) or periods.get((measure_id, home)) or running
            whole = place == (measure_id, home, "")
            name = place.part or ("" if whole else (names or {}).get(place.area_code, place.area_code))
            look = Look(
                measure, catalogue.owner_of(measure), rules, place, name, of_place, period, running,
                hits_of(measure, rules, of_place, period, running, whole=whole), is_bettering(of_place), earlier,
                as_at, (people or {}).get(place.area_code, 0.0),
            )  # fmt: skip
            found += look.entries()
            looked.update(look.looked())
        concerned = sum(each.counts for each in found)
        entries += [replace(each, parts=concerned) for each in found]
    ranked = tuple(sorted((_beside(catalogue, each, entries) for each in entries), key=rank))
    return ExceptionList(ranked, earlier.renewed(looked, as_at), expected_by_chance(tested), as_at)


def _beside(catalogue: Catalogue, one: Attention, entries: Sequence[Attention]) -> Attention:
    """Good news with a word of warning, where the measure to be read beside it is an exception."""
    counter = catalogue.measures[one.place.measure_id].counter_measure
    wrong = {each.place.measure_id for each in entries if each.counts and not each.place.part}
    if one.adverse or counter not in wrong or counter is None:
        return one
    title, other = catalogue.measures[one.place.measure_id].title, catalogue.measures[counter].title
    said = f"{one.sentence.removesuffix('.')}; but ‘{other}’, to be read beside it, is an exception."
    return replace(one, sentence=said, question=f"Has ‘{title}’ got better at the cost of ‘{other}’?")


def _places(
    measure_id: str, areas: Mapping[str, Sequence[Finding]], home: str, earlier: Memory
) -> Iterator[tuple[Place, list[Finding]]]:
    """Each place of a measure with its findings in one fixed order, and those remembered that have none now."""
    found: dict[Place, list[Finding]] = {Place(measure_id, home): []}
    for place, _ in earlier.known:
        if place.measure_id == measure_id:
            found.setdefault(place, [])
    for area, many in areas.items():
        for each in many:
            if each.judgement == "parts":
                found.setdefault(Place(measure_id, area, word(each, "where")), []).append(each)
            elif area == home:
                found[Place(measure_id, home)].append(each)
    return ((place, _in_order(of_place)) for place, of_place in found.items())


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    def by(each: Finding) -> tuple[object, ...]:
        return each.judgement, -each.strength, each.status, each.sentence, repr(each.adverse), repr(each.evidence)

    return sorted(findings, key=by)
