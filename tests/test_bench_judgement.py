"""The benchmark of the judgement: the same for the same seed, its changes are what they say, and it tells the truth."""

from dataclasses import replace

import numpy as np
import pytest

from bench.judgement import calibrate
from bench.judgement.__main__ import main
from bench.judgement.alterations import HEALTHY, LATE_SEASON, SHORT, SPIKE, SUSTAINED, Alteration
from bench.judgement.delay import WATCHED, delay
from bench.judgement.families import FAMILIES, Family
from bench.judgement.methods import METHODS, plain_nhs, two_worse
from bench.judgement.report import report
from bench.judgement.results import measure
from bench.judgement.season import Season
from bench.judgement.trial import alterations_of, drawn, knowing, try_out
from bench.judgement.wards import Bad, bad_ward


def family(words: str) -> Family:
    """The first family with these words in its title."""
    return next(each for each in FAMILIES if words in each.title)


@pytest.mark.parametrize("each", FAMILIES, ids=lambda each: each.title)
def test_every_family_is_drawn_alike_for_a_seed_and_judged_by_every_method(each: Family) -> None:
    """Series x periods; every method gives a flag for each series."""
    one, again = (drawn(each, HEALTHY, 20, 1) for _ in range(2))
    assert one.values.shape == (20, each.periods)
    assert np.array_equal(one.values, again.values, equal_nan=True)
    assert not np.array_equal(one.values, drawn(each, HEALTHY, 20, 2).values, equal_nan=True)
    assert all(method(one, each).shape == (20,) for method in METHODS.values())


@pytest.mark.parametrize("each", FAMILIES, ids=lambda each: each.title)
def test_a_shift_makes_it_worse_by_so_many_standard_deviations(each: Family) -> None:
    """Two of them; a shift of all periods, so that a year-to-date figure is looked at in its first period."""
    random = np.random.default_rng(1)
    healthy, worse = (each.simulate(random, np.full((4000, each.periods), size)).values[:, 0] for size in (0.0, 2.0))
    moved = (
        each.worse
        * (np.nanmean(worse) - np.nanmean(healthy))
        / np.nanstd(each.draw(random, np.zeros((4000, 1))).values)
    )
    assert moved == pytest.approx(2, abs=0.25)


def test_alterations_are_what_they_are_called() -> None:
    """A spike, a step, a drift within the series and one all along."""
    assert SPIKE.shift(4).tolist() == [0, 0, 0, 3]
    assert Alteration("step", 2.0, 2).shift(4).tolist() == [0, 0, 2, 2]
    assert Alteration("drift", 3.0, 3, drifts=True).shift(4).tolist() == [0, 1, 2, 3]
    assert Alteration("fall", 0.5, 0, drifts=True).shift(4).tolist() == [0.5, 1, 1.5, 2]
    assert {each.title for each in SUSTAINED}.isdisjoint(each.title for each in SHORT)


def test_a_late_season_is_the_same_season_three_months_later() -> None:
    """Only in the last year, and furthest below its usual in the latest month."""
    season = Season(1.5, 12)
    start = season.worst_start(36)
    lower = season.late(36, start)
    assert (lower[:24] == 0).all()
    assert (season.level(36, start) - lower)[24:] == pytest.approx(season.level(36, start)[21:33])
    assert lower[-1] == pytest.approx(lower.max()) == pytest.approx(1.5 * np.sqrt(2))
    assert lower.sum() == pytest.approx(0, abs=1e-9)
    assert [LATE_SEASON in alterations_of(each) for each in FAMILIES] == [each.season is not None for each in FAMILIES]


def test_a_trial_counts_flags() -> None:
    """On two series drawn by hand, one of which falls twice."""
    values = np.array([[5.0, 4, 3], [5, 6, 7]])
    by_hand = Family(
        "by hand", 1, 3, -1, lambda random, shift: replace(drawn(FAMILIES[0], HEALTHY, 2, 1), values=values)
    )
    assert two_worse(by_hand.simulate(np.random.default_rng(1), np.zeros((2, 3))), by_hand).tolist() == [True, False]
    assert try_out(family("normal, 24"), SPIKE, 400, 1).series == 80


def test_what_can_be_known_is_the_normal_law() -> None:
    """With 0.3% of false alarms a spike of 3 sd is seen by one who knows the law in 60 of 100 cases."""
    assert knowing(family("normal, 36"), 0.003, 20_000, 1) == pytest.approx(0.599, abs=0.02)
    assert np.isnan(knowing(family("carries over 0.4"), 0.003, 100, 1))


def test_ours_keeps_to_its_budget_and_sees_more() -> None:
    """2,000 healthy series: under 1.5% by ours, which sees more steps than the NHS rules in 500 changed ones."""
    found = measure([family("normal, 36")], 2000, 7, followed=False).families[0]
    assert found.healthy.flagged["ours"] < 0.015
    assert found.ratio > 1.15
    assert found.mean("ours") > found.mean("plain NHS")
    assert found.healthy.margin("ours") == pytest.approx(0.004, abs=0.002)


def test_plain_nhs_rules_are_as_loud_as_was_published() -> None:
    """Near 0.9% of healthy normal series, on one side; 3 to 5% with skewness 2."""
    for words, low, high in (("normal, 36", 0.005, 0.013), ("exponential", 0.03, 0.05)):
        each = family(words)
        assert low < plain_nhs(drawn(each, HEALTHY, 4000, 3), each).mean() < high


def test_delays_are_counted_from_the_step() -> None:
    """A step of 20 standard deviations is seen at once; without a step hardly anything is flagged in a year."""
    huge, none = (delay(family("normal, 36"), size, 40, 1) for size in (20.0, 0.0))
    assert huge.periods["ours"] == 1
    assert huge.within["ours"] == huge.found["ours"] == 1
    assert none.found["ours"] < 0.3
    assert none.periods["ours"] > WATCHED


def test_a_bad_ward_is_found_and_the_others_are_left_alone() -> None:
    """At 60% instead of 92% for a year it is found in every council, though no council is red."""
    seen = bad_ward(Bad(0.6, 12), 3, 1)
    assert (seen.council_red, seen.found) == (0, 1)
    assert seen.others_found <= 0.01 < 0.05
    assert seen == bad_ward(Bad(0.6, 12), 3, 1)
    assert bad_ward(Bad(), 3, 1).others_found <= 0.01


def test_the_report_is_the_same_for_a_seed_and_names_every_aim() -> None:
    """Tables of a small run, and a verdict for each aim."""
    chosen = [family("normal, 36"), family("season of 2 sd, 16"), family("normal, 10")]
    one, again = (report(measure(chosen, 100, 5, followed=False)) for _ in range(2))
    assert one == again
    assert one.count("reached") >= 3
    for title in ("False alarms", "Spikes", "Sustained changes", "A season that came", "Aims"):
        assert title in one
    assert all(line == line.rstrip() for line in one.splitlines())


def test_the_command_line_answers(capsys: pytest.CaptureFixture[str]) -> None:
    """0 with its tables, 2 where no family is called so."""
    assert main(["--series", "100", "--family", "normal, 6 years"]) == 0
    assert "normal, 6 years" in capsys.readouterr().out
    assert main(["--family", "nothing of the kind"]) == 2
    assert "normal, 6 years" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--series", "few"])


def test_limits_are_found_again() -> None:
    """A small calibration comes near the table, and short falls are those of the exact law or further out."""
    healthy = calibrate.looked_at(calibrate.drawn(36, 0.0, 3000, 1))
    assert calibrate.flagged(healthy, 2.8, 12.0, 5.0, 0.5) == pytest.approx(healthy.sudden.mean())
    assert calibrate.flagged(healthy, 2.8, 3.5, 5.0, 0.5) < 0.02 < calibrate.flagged(healthy, 1.0, 1.0, 5.0, 0.5)
    found = calibrate.falls(3000, 1)
    assert all(abs(found[figures] - score) <= 4 for figures, score in calibrate.FALLS.items())
