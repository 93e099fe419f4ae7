"""Exceptions: which findings meet which rules, what one entry says, and in what order the list stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue import Catalogue, examine
from scorecard.catalogue.exception_rule import KINDS, ExceptionRule
from scorecard.judge.exceptions import Attention, ExceptionList, Memory, Place, exceptions
from scorecard.judge.exceptions.questions import QUESTIONS
from scorecard.judge.exceptions.sentence import MOST_WORDS
from scorecard.judge.finding import Finding, Judgement
from scorecard.periods import Period, between, month_index
from tests.small_council import CATALOGUE

ROOT = Path(__file__).parent.parent
HOME, WARD, AS_AT = "X1", "X2", date(2026, 11, 20)
OCTOBER = between(month_index(date(2026, 10, 1)), month_index(date(2026, 10, 1)))
RULES: dict[str, dict[str, Any]] = {
    "off": {"when": "off_target", "severity": "medium", "severity_if_worsening": "high"},
    "jump": {"when": "sudden", "severity": "high"},
    "drift": {"when": "sustained"},
    "year": {"when": "forecast"},
    "unreliable": {"when": "failing", "hits": 3},
    "ward": {"when": "hidden_part", "severity": "high"},
    "peers": {"when": "behind_peers"},
    "late": {"when": "data_missing", "severity": "low"},
    "changed": {"when": "restated"},
    "better": {"when": "improved"},
}


def council(rules: Mapping[str, Mapping[str, Any]] | None = None, **measures: Mapping[str, Any]) -> Catalogue:
    """A catalogue with these rules and monthly measures (by default `bins`, lower is better)."""
    base: dict[str, Any] = {
        "definition": "Counted.", "theme": "t", "service": "s", "unit": "%", "polarity": "lower",
        "frequency": "month", "figures": {"source": "f", "value": "v"},
    }  # fmt: skip
    entries = {name: {"title": name.title(), **base, **more} for name, more in (measures or {"bins": {}}).items()}
    declared = {name: {"title": name, **rule} for name, rule in (RULES if rules is None else rules).items()}
    return Catalogue.model_validate({
        "council": {"name": "Littleborough", "home": "Littleborough"},
        "themes": {"t": {"title": "T", "question": "Q?"}},
        "services": {"s": {"title": "Place", "owner": "Director of Place"}},
        "sources": {"f": {
            "title": "F", "publisher": "P", "files": ["f.csv"], "format": "delimited",
            "columns": {"v": {"header": "V", "type": "number"}},
        }},
        "exception_rules": declared, "measures": entries,
    })  # fmt: skip


def finding(
    judgement: Judgement, status: str, adverse: bool | None = True, strength: float = 3.0, **evidence: Any
) -> Finding:
    """A finding with its evidence."""
    return Finding(judgement, status, f"{judgement} says {status}.", adverse, strength, evidence)


def off_target(off: float = 2.0, **evidence: Any) -> Finding:
    """Off target by so many tolerances."""
    return finding("target", "off_target", True, off, **{
        "value": 9.0, "target_low": 5.0, "target_high": 5.0, "tolerances_off": off, "tolerance": 2.0,
        "period": "Oct 2026", "since": "2026-10-01", **evidence,
    })  # fmt: skip


def listed(found: Sequence[Finding], catalogue: Catalogue | None = None, **more: Any) -> ExceptionList:
    """The list for findings of the home council's bins (or of `area`)."""
    area = more.pop("area", HOME)
    series = {("bins", HOME): [], ("bins", area): found}
    periods = {("bins", HOME): OCTOBER}
    memory, as_at = more.pop("memory", Memory()), more.pop("as_at", AS_AT)
    names = {WARD: "Northward"}
    return exceptions(
        catalogue or council(), series, memory, as_at, home=HOME, periods=periods, names=names, **more
    )  # fmt: skip


DRIFT = finding("direction", "rising", first=4.0, last=9.0, chance=0.002, since="2026-03-01", slope=0.6)
LEVEL = finding(
    "change", "sustained", chance=0.001, since="2026-06-01", usual=4.0, now=8.0, value=9.0, method="cusum"
)  # fmt: skip
JUMP = finding("change", "sudden", chance=0.0005, since="2026-10-01", usual=4.0, value=13.0, method="limits")
HIDDEN = replace(
    finding("parts", "hidden", value=20.0, rest=4.0, q_value=0.0001, since="2026-06-01", running=5),
    sentence="Northward: 20.0% over the 3 months to Oct 2026 against 4.0% in the rest of the council; for 5 months.",
)
UNUSUAL = finding("variation", "special_cause_concern", label="two in three", since="2026-09-01")

MEETS = [
    (off_target(), "off"), (JUMP, "jump"), (LEVEL, "drift"),
    (replace(LEVEL, status="sudden_and_sustained"), "drift"),
    (finding("forecast", "will_miss", chance=0.01, forecast=9.0, target=5.0, year="2026/27"), "year"),
    (finding("assurance", "fail", hits=0, of=12), "unreliable"),
    (finding("assurance", "hit_and_miss", hits=3, of=12), "unreliable"),
    (finding("peers", "below_middle"), "peers"),
    (finding("data", "late", since="2026-10-01"), "late"), (finding("data", "missing"), "late"),
    (finding("target", "overdue", None, 0), "late"), (finding("data", "restated"), "changed"),
    (replace(LEVEL, adverse=False), "better"),
]  # fmt: skip
QUIET = [
    finding("target", "close"), finding("target", "too_few"), finding("target", "on_target", False),
    finding("variation", "special_cause_concern"), finding("change", "no_change"), finding("shape", "skewed"),
    finding("change", "sustained", chance=0.04), DRIFT, replace(DRIFT, adverse=False, status="falling"),
    finding("direction", "rising", None, chance=0.001), finding("direction", "not_judged", None),
    finding("forecast", "at_risk", chance=0.4), finding("forecast", "on_track", False, chance=0.99),
    finding("assurance", "hit_and_miss", None, hits=4, of=12), finding("peers", "worst_quarter", None),
    finding("data", "stale_definition", None), finding("data", "missing", None), finding("data", "restated", None),
    finding("forecast", "at_risk", None, chance=0.05), HIDDEN,
]  # fmt: skip


@pytest.mark.parametrize(("found", "rule"), MEETS, ids=lambda each: getattr(each, "status", each))
def test_each_kind_of_rule_is_met_by_its_finding(found: Finding, rule: str) -> None:
    """One finding, one exception, under the rule it was declared for, with its finding as the ground."""
    (one,) = listed([found]).entries
    assert (one.rule, one.adverse, one.place) == (rule, rule != "better", ("bins", HOME, ""))
    assert [(ground.role, ground.finding) for ground in one.grounds] == [("leading", found)]


@pytest.mark.parametrize("found", [each for each in QUIET if each is not HIDDEN], ids=lambda each: each.status)
def test_what_is_not_enough_stays_quiet(found: Finding) -> None:
    """Close to target, chance too large, a direction of travel alone, no judgement, or nobody's bad news: nothing."""
    assert listed([found]).entries == ()


def test_a_part_is_an_exception_of_its_own() -> None:
    """A ward and a part of the breakdown that the council's figure hides, by name; a ward's target is not judged."""
    (ward,) = listed([HIDDEN, off_target()], area=WARD).entries
    assert ward.place == Place("bins", WARD, "")
    assert ward.sentence == (
        "Bins, Northward: 20.0% over the 3 months to Oct 2026 against 4.0% in the rest of the council; for 5 months."
    )
    assert ward.question.startswith("What is different in Northward since June 2026")
    roofing = replace(HIDDEN, evidence={**HIDDEN.evidence, "where": "Roofing"})
    (part,) = listed([roofing]).entries
    assert (part.place, part.severity) == (Place("bins", HOME, "Roofing"), "high")
    assert part.sentence.startswith("Bins, Roofing: Northward"), "a part that the finding does not name is named"
    apart = replace(HIDDEN, status="apart", adverse=None)
    assert listed([apart], area=WARD).entries == ()
    assert listed([apart], council(bins={"exceptions": {"ward": {"apart": True}}}), area=WARD).concerns


@pytest.mark.parametrize(
    ("rule", "change", "found"),
    [
        ("off", {"beyond": 3}, off_target(2.9)), ("off", {"for_periods": 2}, off_target()),
        ("off", "off", off_target()),
        ("jump", {"chance": 0.0001}, JUMP), ("drift", {"chance": 0.0001}, LEVEL),
        ("year", {"chance": 0.001}, finding("forecast", "will_miss", chance=0.01)),
        ("unreliable", {"hits": 2}, finding("assurance", "hit_and_miss", hits=3, of=12)),
        ("late", {"problems": ["missing"]}, finding("data", "late")),
        ("better", {"chance": 0.0001}, replace(LEVEL, adverse=False)),
        ("drift", {"applies_to": ["outcome"]}, LEVEL),
    ],
)  # fmt: skip
def test_a_measure_changes_a_rule_or_turns_it_off(rule: str, change: Any, found: Finding) -> None:
    """What is an exception by the council's defaults is none by the measure's own parameters, and only there."""
    assert listed([found]).entries
    assert not listed([found], council(bins={"exceptions": {rule: change}})).entries


def test_a_limit_that_is_passed_is_off_however_little() -> None:
    """A limit has no tolerance, so its distance is a share of it and no `beyond` holds it back."""
    passed = off_target(0.1, tolerance=0.0)
    (one,) = listed([passed], council(bins={"exceptions": {"off": {"beyond": 3}}})).entries
    assert (one.rule, one.distance) == ("off", pytest.approx(2))


def test_a_measure_may_be_stricter_than_the_council() -> None:
    """A parameter can widen a rule too: here a chance of one in twenty-five, and stale definitions."""
    wide = council(bins={"exceptions": {"drift": {"chance": 0.05}, "late": {"problems": ["stale_definition"]}}})
    assert [one.rule for one in listed([finding("change", "sustained", chance=0.04)], wide).entries] == ["drift"]
    assert [one.rule for one in listed([finding("data", "stale_definition", None)], wide).entries] == ["late"]


@pytest.mark.parametrize("more", [{"kind": "volumetric"}, {"kind": "contextual"}, {"polarity": "neutral"}])
def test_activity_and_context_are_exceptions_only_by_their_data(more: dict[str, Any]) -> None:
    """Demand that rises is nobody's failure; figures that do not come are."""
    catalogue = council(bins=more)
    assert listed([off_target(), LEVEL, DRIFT], catalogue).entries == ()
    assert [one.rule for one in listed([LEVEL, finding("data", "late")], catalogue).entries] == ["late"]


def test_a_rule_can_be_declared_for_activity() -> None:
    """Where the council wants to know, the measure's own entry says so."""
    wanted = council(bins={"kind": "volumetric", "exceptions": {"drift": {"applies_to": ["volumetric"]}}})
    assert [one.rule for one in listed([LEVEL], wanted).entries] == ["drift"]


def test_only_live_measures_are_exceptions() -> None:
    """A proposal is shown, not judged."""
    proposed = council(bins={"lifecycle": [{"decision": "proposed", "on": "2026-01-01", "reason": "New"}]})
    assert listed([off_target()], proposed).entries == ()


def test_one_entry_for_a_measure_and_place() -> None:
    """Three rules met are one exception: the gravest leads, and the sentence names the others, and since when."""
    (one,) = listed([off_target(last_year="worse"), LEVEL, finding("data", "late", since="2026-10-01")]).entries
    assert (one.rule, one.severity, one.also) == ("off", "high", ("drift", "late"))
    assert one.since == date(2026, 6, 1), "the earliest of what is wrong with its performance"
    assert one.sentence == (
        "Bins: 9.0% in Oct 2026 against a target of 5.0%, worse than a year before; "
        "also lastingly worse since June 2026 and figures overdue."
    )


@pytest.mark.parametrize(
    ("found", "confirmed"),
    [
        ([LEVEL], False), ([LEVEL, DRIFT], True), ([LEVEL, UNUSUAL], True), ([off_target(), DRIFT, UNUSUAL], True),
        ([JUMP, UNUSUAL], False), ([JUMP, UNUSUAL, DRIFT], True), ([off_target(), UNUSUAL], False),
        ([LEVEL, replace(DRIFT, adverse=False)], False),
        ([LEVEL, replace(DRIFT, evidence={**DRIFT.evidence, "chance": 0.04})], False),
    ],
)  # fmt: skip
def test_two_detectors_that_err_separately_confirm(found: list[Finding], confirmed: bool) -> None:
    """Limits under two names are one detector; a target is none; good news confirms no bad news."""
    (one,) = listed(found).entries
    assert one.confirmed is confirmed
    assert ("two tests agree" in one.sentence) is confirmed


def test_sentences_say_what_where_since_when_and_why_it_is_not_chance() -> None:
    """Figures in the measure's unit, odds in words, no statistics."""
    short = replace(LEVEL, status="sustained", evidence={**LEVEL.evidence, "method": "trend"})
    good = replace(short, adverse=False, evidence={**short.evidence, "value": 2.0})
    said = [listed([found]).entries[0].sentence for found in (JUMP, LEVEL, short, good)]
    assert said == [
        "Bins: 13.0% in Oct 2026, where 4.0% is usual, which chance alone gives about once in 2,000 months.",
        "Bins: 9.0% in Oct 2026, worse since June 2026, on average 8.0% where 4.0% was usual, "
        "which chance alone gives about once in 1,000 months.",
        "Bins: 9.0% in Oct 2026, rising since June 2026, for the worse, from 4.0%, "
        "which chance alone gives about once in 1,000 months.",
        "Bins: 2.0% in Oct 2026, falling since June 2026, for the better, from 4.0%, "
        "which chance alone gives about once in 1,000 months.",
    ]


def test_a_count_is_said_without_its_unit_the_second_time() -> None:
    """ "6 was usual" is English where "6 risks was usual" is not."""
    (one,) = listed([replace(LEVEL, evidence={**LEVEL.evidence, "chance": 0.005})], council(bins={
        "unit": "risks", "decimals": 0,
    })).entries  # fmt: skip
    assert "9 risks in Oct 2026, worse since June 2026, on average 8 where 4 was usual" in one.sentence


@pytest.mark.parametrize(
    ("status", "words"),
    [("on_target", "; still on target"), ("close", "; still within the tolerance of its target"), ("no_target", "")],
)
def test_what_has_got_worse_says_how_it_stands(status: str, words: str) -> None:
    """A measure that slides is not off target yet."""
    for change in (JUMP, LEVEL):
        (one,) = listed([change, finding("target", status, None, 0)]).entries
        assert one.sentence.endswith(f"months{words}.")


STEADY = finding("change", "no_change", None, 0, seasonal=True)


def test_a_red_that_comes_every_year_is_said_to() -> None:
    """Off target, nothing has changed, and a season was found: the sentence says so and the target is questioned."""
    (one,) = listed([off_target(running=1, last_year="better"), STEADY]).entries
    assert one.sentence == (
        "Bins: 9.0% in Oct 2026 against a target of 5.0%, better than a year before, as usual for the time of year."
    )
    assert one.question == "Is the target of ‘Bins’ right for this time of year, and if it is, what would meet it?"


@pytest.mark.parametrize(
    "found",
    [
        [off_target(running=1), replace(STEADY, evidence={"seasonal": False})],
        [off_target(running=12, since="2025-11-01"), STEADY], [off_target(running=1, last_year="worse"), STEADY],
        [off_target(running=1), replace(STEADY, status="not_judged")], [off_target(running=1)],
    ],
)  # fmt: skip
def test_the_season_is_no_excuse_otherwise(found: list[Finding]) -> None:
    """Not without a season, for a whole year, when worse than a year before, or when change was not looked for."""
    (one,) = listed(found).entries
    assert "time of year" not in one.sentence and "time of year" not in one.question


def test_a_first_red_is_asked_about_as_such() -> None:
    """In the first period off target the question is what took it there; later, what has been done."""
    (first,) = listed([off_target(running=1), LEVEL]).entries
    (later,) = listed([off_target(running=4, since="2026-07-01")]).entries
    assert first.question == "What took ‘Bins’ off target in October 2026, and when will it be back?"
    assert later.question == "What has been done about ‘Bins’ since July 2026, and when will it be back on target?"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("peer_median", "against a target of 5.0% (the middle of its peers), worse than a year before."),
        ("last_year", "against a target of 5.0% (last year's figure), beyond the tolerance."),
    ],
)
def test_a_target_that_compares_says_with_what(kind: str, words: str) -> None:
    """The middle of the peers must not be taken for the council's own target, nor a year before for two facts."""
    catalogue = council(bins={"targets": [{"kind": kind, "reason": "Compared."}]})
    (one,) = listed([off_target(last_year="worse")], catalogue).entries
    assert one.sentence == f"Bins: 9.0% in Oct 2026 {words}"


def test_every_sentence_is_short_and_ready() -> None:
    """One sentence of at most 45 words, whatever is wrong at once; a question with nothing left to fill in."""
    long = finding("peers", "worst_quarter", True, 9.0)
    long = replace(long, sentence=" ".join(["word"] * 60) + ". More.")
    everything = [found for found, _ in MEETS if found.adverse is not False] + [UNUSUAL, long]
    for found in ([each] for each in everything):
        for one in listed(found).entries:
            assert one.sentence.endswith(".") and "{" not in one.question and one.question.endswith("?")
    (one,) = listed(everything[:-1]).entries
    assert len(one.sentence.split()) <= MOST_WORDS


def test_a_rule_asks_its_own_question() -> None:
    """Placeholders are filled in; without one of its own the question of its kind is asked."""
    asked = "Since {since} {measure} stands at {value} against {target} in {place}: why, {owner}?"
    rules = {"off": {"when": "off_target", "question": asked}}
    (one,) = listed([off_target()], council(rules)).entries
    assert one.question == (
        "Since October 2026 ‘Bins’ stands at 9.0% against 5.0% in the council: why, Director of Place?"
    )
    assert all(question.endswith("?") for question in QUESTIONS.values())


ACCEPTED = {"rule": "off", "until": "2026-11-20", "reason": "New contract", "approved_by": "Cabinet"}


def test_an_accepted_exception_stays_and_does_not_count() -> None:
    """Until its day it is in the list and says so; on the next it counts again; other rules are untouched."""
    catalogue = council(bins={"accepted": [ACCEPTED]})
    found = listed([off_target()], catalogue)
    assert [(one.state, one.accepted_until, one.counts) for one in found.entries] == [
        ("accepted", date(2026, 11, 20), False)
    ]
    assert "accepted until 20 November 2026 by Cabinet: New contract" in found.entries[0].sentence
    assert found.concerns == []
    (after,) = listed([off_target()], catalogue, as_at=date(2026, 11, 21)).entries
    assert (after.state, after.accepted_until) == ("new", None)
    (other,) = listed([off_target(), LEVEL], catalogue).entries
    assert (other.rule, other.state, [ground.role for ground in other.grounds]) == (
        "drift", "continuing", ["leading", "accepted"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("where", "state"), [("northward", "accepted"), ("X2", "accepted"), ("Southward", "continuing")]
)
def test_an_acceptance_may_be_for_one_place(where: str, state: str) -> None:
    """By the ward's name or code."""
    catalogue = council(bins={"accepted": [{**ACCEPTED, "rule": "ward", "where": where}]})
    assert [one.state for one in listed([HIDDEN], catalogue, area=WARD).entries] == [state]


def ranked(**findings: list[Finding]) -> list[str]:
    """The measures of a list in its order; `star` is one of the critical few."""
    catalogue = council(**{name: {"critical_few": name == "star"} for name in findings})
    series = {(name, HOME): found for name, found in findings.items()}
    found = exceptions(catalogue, series, Memory(), AS_AT, home=HOME, periods=dict.fromkeys(series, OCTOBER))
    return [one.place.measure_id for one in found.entries]


def test_the_list_is_in_order() -> None:
    """Severity, the critical few, confirmed, distance, duration; good news after bad."""
    better = [replace(LEVEL, adverse=False, strength=9.0)]
    assert ranked(mild=[off_target(9)], grave=[JUMP]) == ["grave", "mild"]
    assert ranked(mild=[off_target(9)], star=[off_target(1.1)]) == ["star", "mild"]
    assert ranked(far=[off_target(9)], sure=[LEVEL, DRIFT]) == ["sure", "far"]
    assert ranked(near=[off_target(2)], far=[off_target(3)]) == ["far", "near"]
    assert ranked(fresh=[off_target()], old=[off_target(since="2026-02-01")]) == ["old", "fresh"]
    assert ranked(good=better, late=[finding("data", "late")]) == ["late", "good"]
    assert ranked(b=[off_target()], a=[off_target()]) == ["a", "b"]


def test_reach_decides_between_equals() -> None:
    """Of two wards alike, the one with more people comes first."""
    catalogue = council(bins={})
    series = {("bins", HOME): [], ("bins", "W1"): [HIDDEN], ("bins", "W2"): [HIDDEN]}
    found = exceptions(
        catalogue, series, Memory(), AS_AT, home=HOME, periods={("bins", HOME): OCTOBER}, people={"W1": 900, "W2": 5000}
    )
    assert [(one.place.area_code, one.parts) for one in found.entries] == [("W2", 2), ("W1", 2)]


def test_the_list_says_what_chance_alone_would_flag() -> None:
    """The sum over measures tested, each test with the stricter of its own chance and the rule's."""
    calm = finding("change", "no_change", None, 0, false_alarms=0.004)
    still = finding("direction", "no_trend", None, 0, chance=0.4)  # no rule acts on it
    untested = finding("change", "not_judged", None, 0, false_alarms=0.5)
    names = [f"m{number}" for number in range(100)]
    catalogue = council(none={}, **{name: {} for name in names})
    series: dict[tuple[str, str], list[Finding]] = {(name, HOME): [calm, still] for name in names}
    series["none", HOME] = [untested]
    found = exceptions(catalogue, series, Memory(), AS_AT, home=HOME, periods=dict.fromkeys(series, OCTOBER)).by_chance
    assert found.judged == 100
    assert found.expected == pytest.approx(100 * 0.004)
    expected = "Of 100 measures judged, about 0.4 would be flagged by chance alone in one reporting period."
    assert found.sentence == expected
    quiet = listed([calm, still], council({"off": RULES["off"]})).by_chance
    assert (quiet.judged, quiet.expected) == (0, 0), "no rule acts on these tests, so nothing is flagged by chance"


FINDINGS = st.lists(st.sampled_from([*(found for found, _ in MEETS), *QUIET, UNUSUAL]), max_size=6)


def bare(found: ExceptionList) -> list[Attention]:
    """The entries for comparing."""
    return list(found.entries)


@settings(deadline=None)
@given(FINDINGS, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(found: list[Finding], random: Any) -> None:
    """The same findings in another order make the same list and the same memory."""
    first = listed(found)
    random.shuffle(found)
    second = listed(found)
    assert bare(first) == bare(second)
    assert first.memory == second.memory


@settings(deadline=None)
@given(FINDINGS, st.sampled_from(QUIET))
def test_good_news_never_makes_a_concern(found: list[Finding], more: Finding) -> None:
    """A finding that is not adverse adds no concern, whatever its status."""
    before = {(one.place, one.rule) for one in listed(found).concerns}
    after = {(one.place, one.rule) for one in listed([*found, replace(more, adverse=False)]).concerns}
    assert after <= before


@settings(deadline=None)
@given(st.lists(st.sampled_from([LEVEL, DRIFT]), min_size=1, max_size=3))
def test_turning_good_and_bad_round_turns_the_list_round(found: list[Finding]) -> None:
    """Lasting changes for the worse become improvements, one for one."""
    turned = listed([replace(each, adverse=False) for each in found])
    assert [(one.place, one.since) for one in listed(found).concerns] == [
        (one.place, one.since) for one in turned.improvements
    ]
    assert turned.concerns == [] and listed(found).improvements == []


RULE = "  off_target: {title: Off target, when: off_target, severity: medium, severity_if_worsening: high}\n"
FAULTS = {
    "an unknown kind": ("when: off_target", "when: off_taget", "Did you mean 'off_target'?"),
    "no kind": (", when: off_target", "", "'when' is missing."),
    "a parameter of another kind": ("when: off_target", "when: off_target, hits: 3", "is a parameter of other rules"),
    "a misspelt parameter": ("when: off_target", "when: off_target, beyon: 3", "Did you mean 'beyond'?"),
    "a parameter out of bounds": ("when: off_target", "when: off_target, beyond: 0.5", "greater than or equal to 1"),
    "a question's name": ("when: off_target", "when: off_target, question: 'Why {ownr}?'", "Did you mean 'owner'?"),
    "an unknown rule": ("    unit: calls", "    exceptions: {off_taget: off}\n    unit: calls", "Did you mean 'off_t"),
    "an override its kind lacks": (
        "    unit: calls", "    exceptions: {data_missing: {beyond: 2}}\n    unit: calls", "not a parameter of a rule",
    ),
    "an override of the kind": (
        "    unit: calls", "    exceptions: {off_target: {when: sudden}}\n    unit: calls", "cannot change what",
    ),
    "an acceptance of no rule": (
        "    unit: calls",
        "    accepted: [{rule: off_targt, until: 2027-01-01, reason: R, approved_by: C}]\n    unit: calls",
        "Did you mean 'off_target'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said"), FAULTS.values(), ids=FAULTS)
def test_faults_of_rules_are_told_with_their_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """One fault, on the line where it stands, with what was probably meant."""
    assert RULE in CATALOGUE
    file = tmp_path / "metrics.yaml"
    file.write_text(CATALOGUE.replace(right, wrong, 1), encoding="utf-8")
    (fault,) = examine(file)[1]
    assert said in str(fault)
    assert fault.line == CATALOGUE[: CATALOGUE.index(right)].count("\n") + 1


def test_the_document_names_every_rule_and_its_blocks_are_sound(tmp_path: Path) -> None:
    """docs/authoring.md: each kind of rule with each parameter of its own, and rules and a measure that check."""
    document = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    part = document.split("## When it is an exception", 1)[1].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", part, re.MULTILINE)[1:])
    assert set(rows) == set(KINDS) - {"data_missing"}, "every kind, and nothing else"
    for kind, row in rows.items():
        own = set(KINDS[kind].model_fields) - set(ExceptionRule.model_fields)
        assert all(f"`{name}`" in row for name in own), kind
    assert all(f"`{name}`" in part for name in {*ExceptionRule.model_fields, "where"} - {"when"})
    rules, measure = (block.split("\n", 1)[1] for block in re.findall(r"```yml\n(.+?)```", part, re.DOTALL))
    text = re.sub(r"(?ms)^exception_rules:\n(  .+?\n)+", lambda _: f"exception_rules:\n{rules}", CATALOGUE)
    measure = measure.replace("homes\n", "health\n").replace("housing\n", "place\n")
    records = measure[measure.index("    records:") : measure.index("    targets:")]
    figures = "    figures: {source: returns, where: {code: missed}, value: count}\n"
    file = tmp_path / "metrics.yaml"
    file.write_text(text + measure.replace(records, figures), encoding="utf-8")
    assert examine(file)[1] == []


def test_periods_are_told_in_the_measures_own_length() -> None:
    """A quarterly measure off target since July has been so for one quarter."""
    quarter = Period(date(2026, 7, 1), date(2026, 9, 30))
    catalogue = council(bins={"frequency": "quarter"})
    series = {("bins", HOME): [off_target(since="2026-01-01", period="Q2 2026/27")]}
    found = exceptions(catalogue, series, Memory(), AS_AT, home=HOME, periods={("bins", HOME): quarter})
    (one,) = found.entries
    assert (one.periods, one.state) == (3, "continuing")
    assert one.sentence == (
        "Bins: 9.0% in Q2 2026/27 against a target of 5.0%, off target since Q4 2025/26 (3 quarters)."
    )
