"""Parts of the council: exact chances worked by hand, false discoveries held, and no flag from what is missing."""

from dataclasses import replace
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue import Measure
from scorecard.judge.finding import Finding
from scorecard.judge.panel import Figures, Panel
from scorecard.judge.parts.chance import against_others, against_rest, against_usual
from scorecard.judge.parts.findings import find_parts
from scorecard.judge.parts.multiplicity import across, benjamini_hochberg, spread
from scorecard.judge.parts.parts import chances_of, kind_of, parts_of
from scorecard.judge.status import Status
from scorecard.periods import between

FIRST = 2022 * 12


def measure(polarity: str = "lower", unit: str = "per 1,000 bins", **changes: Any) -> Measure:
    """A monthly measure with counts."""
    entry = {
        "title": "Missed bins", "definition": "Bins missed.", "theme": "t", "service": "s", "unit": unit,
        "decimals": 1, "polarity": polarity, "frequency": "month",
        "figures": {"source": "f", "numerator": "n", "denominator": "d", "per": 100 if unit == "%" else 1000},
    }  # fmt: skip
    return Measure.model_validate({**entry, **changes})


def panel(of: Measure, counts: Figures, totals: Figures) -> Panel:
    """The council as the sum of its parts, in row 0, with the parts below; months from January 2022."""
    n, d = (np.vstack([each.sum(axis=0), each]).astype(float) for each in (counts, totals))
    per = 100 if of.unit == "%" else 1000
    return bare_panel(of, n / d * per, n, d)


def bare_panel(of: Measure, values: Figures, n: Figures | None = None, d: Figures | None = None) -> Panel:
    """A panel of values, with counts where they are given."""
    rows, columns = values.shape
    nothing = np.full(values.shape, np.nan)
    periods = tuple(between(FIRST + at, FIRST + at) for at in range(columns))
    return Panel(
        "m", of, tuple(f"W{row}" for row in range(rows)), periods, values,
        nothing if n is None else n, nothing if d is None else d, nothing, nothing,
        np.full(values.shape, None, dtype=object), ~np.isnan(values), True,
    )  # fmt: skip


def findings(of: Panel, target: float = np.nan, home: Status = Status.on_target, **more: Any) -> dict[str, Finding]:
    """The findings when the measure is all of the run; the tolerance is a tenth of the target."""
    tests = chances_of(parts_of(of, {"W1": "Marsh Lane"}, **more))
    line = np.full((1, len(of.periods)), target)
    return find_parts(tests, across([tests.chance])[0], line, line, line / 10, home)


def bins(last: int = 1, ward: float = 5.0, seed: int = 1, wards: int = 22) -> Panel:
    """Wards where 40 of 10,000 bins are missed; in the first `ward` times as many in the last months."""
    rate = np.full((wards, 24), 40.0)
    rate[0, 24 - last :] *= ward
    return panel(measure(), np.random.default_rng(seed).poisson(rate), np.full(rate.shape, 10_000.0))


def one(*numbers: float) -> list[Figures]:
    """Each number as an array of one part and one test."""
    return [np.array([[number]], dtype=float) for number in numbers]


def test_a_share_is_tested_as_fisher_would() -> None:
    """2 of 10 met in the part and 18 of 20 in the rest: at most 2 of the 20 met of 30 fall among 10, mid-p."""
    ways = [comb(20, met) * comb(10, 10 - met) / comb(30, 10) for met in range(3)]
    chance = against_rest("proportion", -1, *one(2, 10, 18, 20))[0, 0]
    assert chance == pytest.approx(ways[0] + ways[1] + ways[2] / 2)


def test_a_rate_is_tested_given_the_sum_of_the_two_counts() -> None:
    """5 events in the part, 3 in the rest of three times its size: binomial with 8 draws at a quarter, mid-p."""
    tail = [comb(8, k) * 0.25**k * 0.75 ** (8 - k) for k in range(9)]
    chance = against_rest("rate", 1, *one(5, 100, 3, 300))[0, 0]
    assert chance == pytest.approx(sum(tail[6:]) + tail[5] / 2)
    assert against_rest("rate", -1, *one(5, 100, 3, 300))[0, 0] == pytest.approx(1 - chance)


@pytest.mark.parametrize("counts", [(0, 100, 8, 300), (8, 100, 0, 300)])
def test_counts_of_nought_and_of_all_have_a_chance(counts: tuple[int, ...]) -> None:
    """The ends of the binomial, by hand: 0.75^8 and 0.25^8, halved at the point itself."""
    at_end = 0.75**8 if counts[0] == 0 else 0.25**8
    expected = 1 - at_end / 2 if counts[0] == 0 else at_end / 2
    assert against_rest("rate", 1, *one(*counts))[0, 0] == pytest.approx(expected)


def test_benjamini_and_hochberg_by_their_own_example() -> None:
    """Their fifteen chances of 1995: four are called out at 0.05, the fourth at 0.0095."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    verdict = benjamini_hochberg(np.array([*p, 0.7590, 1.0, np.nan]))
    assert list(np.flatnonzero(verdict.found)) == [0, 1, 2, 3]
    assert verdict.q_values[3] == pytest.approx(0.0095 * 15 / 4)
    assert verdict.threshold == pytest.approx(0.05 * 4 / 15)
    assert np.isnan(verdict.q_values[-1])


@given(st.lists(st.floats(0, 1), max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_tests_changes_nothing(p: list[float], shuffled: Any) -> None:
    """Each test keeps its verdict when the list is shuffled, and when it comes in groups."""
    order = list(range(len(p)))
    shuffled.shuffle(order)
    straight, mixed = benjamini_hochberg(np.array(p)), benjamini_hochberg(np.array([p[at] for at in order]))
    assert [straight.found[at] for at in order] == list(mixed.found)
    parts = across([np.array(p[:3]), np.array(p[3:])])
    assert [*parts[0].found, *parts[1].found] == list(straight.found)


def test_a_chance_outside_nought_to_one_is_refused() -> None:
    """A mistake upstream must not become a finding."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg(np.array([0.5, 1.2]))


def test_spread_forgives_the_outlier_and_not_the_many() -> None:
    """Pure chance spreads by about 1, one outlier in 22 hardly more, and parts twice as far apart by about 4."""
    scores = np.random.default_rng(1).standard_normal(2000)
    assert spread(scores) == pytest.approx(1.0, abs=0.1)
    assert spread(2 * scores) == pytest.approx(4.0, rel=0.1)
    twenty_two = scores[:22].copy()
    twenty_two[0] = 30.0
    assert spread(twenty_two) < 2.5
    assert spread(np.array([np.nan])) == 1.0


def test_a_bad_ward_behind_a_good_figure_is_hidden() -> None:
    """Five times the rest for five months: found, with what the sentence needs."""
    found = findings(bins(last=5), target=6)
    said = found["W1"]
    assert [key for key, each in found.items() if each.status == "hidden"] == ["W1"]
    assert said.adverse is True
    assert said.strength > 10
    assert said.sentence.startswith("Marsh Lane: ")
    assert "in Dec 2023 against 4.2 in the rest of the council, which is on target as a whole" in said.sentence
    assert said.sentence.endswith("; beyond the target there for 5 months running.")
    assert (said.evidence["since"], said.evidence["running"], said.evidence["target"]) == ("2023-08-01", 5, 6.0)
    assert said.evidence["denominator"] == 10_000


def test_small_months_add_up() -> None:
    """A ward a third worse for a year is found over the months together, though hardly by one."""
    ward = findings(bins(last=12, ward=1.35, seed=3), target=4.2)["W1"]
    assert ward.status == "hidden"
    assert "over the" in ward.sentence
    assert ward.evidence["periods"] != 1


def test_what_the_target_allows_is_apart_and_no_news() -> None:
    """A ward that is reliably worse, yet within its target, is not bad news; nor is one whose council is off target."""
    within = findings(bins(last=12), target=60)["W1"]
    both = findings(bins(last=12), target=3, home=Status.off_target)["W1"]
    assert (within.status, within.adverse) == ("apart", None)
    assert within.sentence.endswith("; more than chance, though not beyond the tolerance of its target.")
    assert (both.status, both.adverse) == ("apart", None)
    assert "which is off target as well" in both.sentence


def test_a_ward_that_has_recovered_is_not_news() -> None:
    """Bad until a month ago and better than its target now: the year together does not raise it again."""
    of = bins(last=12)
    n, d = of.numerators.copy(), of.denominators
    n[1, -1] = 0
    n[0] = n[1:].sum(axis=0)
    recovered = findings(bare_panel(of.measure, n / d * 1000, n, d), target=6)["W1"]
    assert recovered.status == "apart"


def test_without_a_target_only_much_worse_is_hidden() -> None:
    """A quarter worse than the rest is the least that is told."""
    assert findings(bins(last=12, ward=3))["W1"].status == "hidden"
    assert findings(bins(last=12, ward=3))["W1"].evidence["target"] is None
    counts = np.full((22, 24), 4000.0)
    counts[0] = 4600
    assert findings(panel(measure(), counts, np.full(counts.shape, 1e6)))["W1"].status == "apart"


def test_wards_that_differ_by_habit_are_as_expected() -> None:
    """Where wards spread far more than chance, one at the edge of that spread is not called out."""
    rate = 400 + 100 * np.random.default_rng(2).standard_normal((22, 1)) * np.ones((22, 24))
    of = panel(measure(), np.random.default_rng(3).poisson(rate), np.full(rate.shape, 10_000.0))
    assert {each.status for each in findings(of, target=1).values()} == {"as_expected"}


def trades(fall: float | None) -> Panel:
    """Seven trades whose shares in time differ by nature; the last falls to `fall` in the last three months."""
    usual = np.array([[0.98, 0.96, 0.95, 0.93, 0.9, 0.85, 0.7]]).T * np.ones((7, 48))
    if fall is not None:
        usual[-1, -3:] = fall
    totals = np.full(usual.shape, 60.0)
    return panel(measure("higher", "%"), np.random.default_rng(4).binomial(60, usual), totals)


def test_categories_are_held_to_their_usual_place() -> None:
    """A trade that is always worse is as expected, though far off target; when it falls further it is hidden."""
    assert findings(trades(None), target=90, alike=False)["W7"].status == "as_expected"
    fallen = findings(trades(0.4), target=90, alike=False)["W7"]
    assert fallen.status == "hidden"
    assert "60)" in fallen.sentence or "180)" in fallen.sentence
    short = trades(0.4).until(12)
    assert not findings(short, target=90, alike=False)


def test_values_without_counts_are_judged_by_their_own_past() -> None:
    """Wards whose mean days keep their own levels are quiet; one that moves beside the others is found."""
    noise = np.random.default_rng(5).exponential(1, (23, 60))
    values = 5 + np.arange(23)[:, None] / 10 + noise
    of = measure("lower", "days", figures={"source": "f", "value": "v"})
    assert {each.status for each in findings(bare_panel(of, values)).values()} == {"as_expected"}
    values[1, -6:] += 12
    moved = findings(bare_panel(of, values))["W1"]
    assert moved.status == "hidden"
    assert "for the middle one of the others" in moved.sentence
    assert findings(bare_panel(of, values[:6])) == {}


def test_parts_that_only_add_up_are_not_judged() -> None:
    """A ward's share of a council's number has no level of its own to be bad at."""
    values = np.random.default_rng(6).poisson(20, (22, 48)).astype(float)
    values[0, -6:] += 200
    values = np.vstack([values.sum(axis=0), values])
    assert findings(bare_panel(measure("lower", "incidents", figures={"source": "f", "value": "v"}), values)) == {}


def test_reversed_polarity_mirrors() -> None:
    """Missed bins that must be few and emptied bins that must be many say the same of every ward."""
    n = np.random.default_rng(7).binomial(300, 0.1, (22, 24)).astype(float)
    n[0, -3:] = 90
    d = np.full(n.shape, 300.0)
    missed = chances_of(parts_of(panel(measure("lower", "%"), n, d), {}))
    emptied = chances_of(parts_of(panel(measure("higher", "%"), d - n, d), {}))
    np.testing.assert_allclose(missed.chance, emptied.chance, rtol=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(1, 11)), st.integers(0, 50))
def test_relabelling_parts_changes_nothing(order: list[int], seed: int) -> None:
    """A ward's chance does not depend on where it stands in the list."""
    of = bins(last=3, ward=2, seed=seed, wards=10)
    rows = [0, *order]
    mixed = replace(of, **{
        name: getattr(of, name)[rows]
        for name in ("values", "numerators", "denominators", "lower", "upper", "markers", "exists")
    })  # fmt: skip
    straight, shuffled = chances_of(parts_of(of, {})).chance, chances_of(parts_of(mixed, {})).chance
    np.testing.assert_allclose(straight[[at - 1 for at in order]], shuffled, rtol=1e-9)


def test_a_missing_figure_never_makes_a_flag() -> None:
    """Wherever figures go missing in healthy wards nothing is called out, and the ward itself says so."""
    healthy = bins(last=1, ward=1)
    for seed in range(20):
        lost = np.random.default_rng(seed).random(healthy.values[1:].shape) < 0.3
        lost[0, -1] = True
        gone = [each.copy() for each in (healthy.values, healthy.numerators, healthy.denominators)]
        for each in gone:
            each[1:][lost] = np.nan
        found = findings(bare_panel(healthy.measure, *gone), target=6)
        assert not [each for each in found.values() if each.adverse or each.status in {"hidden", "apart"}]
        assert found["W1"].sentence == "Marsh Lane: no figure in Dec 2023."


def test_too_few_cases_say_nothing() -> None:
    """Nought of five answers is no finding."""
    n, d = np.full((22, 1), 19.0), np.full((22, 1), 20.0)
    n[0], d[0] = 0, 5
    assert findings(panel(measure("higher", "%"), n, d), target=90)["W1"].status == "too_few"


def test_what_cannot_be_judged_is_not() -> None:
    """Neither end better, not live, or no figure of the council: nothing is said."""
    of = bins()
    neutral = replace(of, measure=measure("neutral"))
    proposed = {"decision": "proposed", "on": "2022-01-01", "reason": "r"}
    assert findings(neutral) == {}
    assert findings(replace(of, measure=measure(lifecycle=[proposed]))) == {}
    assert findings(bare_panel(of.measure, np.full((5, 24), np.nan))) == {}


def test_windows_stay_within_a_step() -> None:
    """Figures from before a break are not added to those after it."""
    broken = {
        "decision": "amended", "on": "2023-11-01", "reason": "r", "approved_by": "Cabinet",
        "breaks_comparability": True,
    }  # fmt: skip
    of = replace(bins(), measure=measure(lifecycle=[broken]))
    tests = chances_of(parts_of(of, {}))
    assert tests.windows == (1, 3, 6, 12)
    assert [bool(np.isnan(column).all()) for column in tests.chances.T] == [False, True, True, True]


def test_kinds_of_counts() -> None:
    """Shares and rates need whole counts; amounts and sums of days say nothing of chance."""
    n, d = np.array([[3.0]]), np.array([[4.0]])
    assert kind_of(measure("higher", "%"), n, d) == "proportion"
    assert kind_of(measure("higher", "%"), n * 2, d) == "value"
    assert kind_of(measure(), n, d) == "rate"
    assert kind_of(measure(), n + 0.5, d) == "value"
    assert kind_of(measure(unit="days"), n, d) == "value"
    assert kind_of(measure(unit="£"), n, d) == "value"


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_false_discoveries_are_held(kind: str) -> None:
    """1,000 runs of 22 equal wards: about one in twenty, at most, has any flag at all."""
    rng, flagged = np.random.default_rng(8), 0
    for _ in range(1000):
        if kind == "rate":
            of = panel(measure(), rng.poisson(12, (22, 12)), np.full((22, 12), 40_000.0))
        else:
            totals = rng.poisson(14, (22, 12)) + 1
            of = panel(measure("higher", "%"), rng.binomial(totals, 0.85), totals)
        flagged += bool(across([chances_of(parts_of(of, {})).chance])[0].found.any())
    assert flagged <= 60


def test_false_discoveries_are_held_against_the_usual_and_the_others() -> None:
    """The tests that use a part's own past are held too, with skewed figures as well."""
    rng, flagged = np.random.default_rng(9), [0, 0]
    for _ in range(200):
        d = np.full((7, 48), 40.0)
        n = rng.binomial(40, 0.9, (7, 48)).astype(float)
        rest, exposure = n.sum(axis=0) - n, d.sum(axis=0) - d
        usual = against_usual("proportion", -1, n, d, rest, exposure, (1, 3, 12), 36)
        others = against_others(1, rng.exponential(5, (22, 48)), (1, 3, 12), 36)
        for at, chances in enumerate((usual, others)):
            flagged[at] += bool(benjamini_hochberg(np.minimum(1, 3 * chances.min(axis=1))).found.any())
    assert max(flagged) <= 16
