"""Doubts about targets: a slip of the pen is told, an ambition is not, and sound catalogues are left in peace."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import run_pipeline
from hypothesis import given, settings
from hypothesis import strategies as st
from small_council import CATALOGUE, GOOD, write_council

from pipelines.problems import Code
from pipelines.target_problems import target_problems
from scorecard.catalogue import Catalogue, Measure, Severity, Tolerance, read_catalogue
from scorecard.judge.target_sanity import Doubt, doubts
from scorecard.periods import Frequency, Period, latest_complete
from scorecard.snapshot.history import home_observations
from scorecard.snapshot.store import open_snapshot

ROOT = Path(__file__).resolve().parent.parent


def measure(target: dict[str, Any] | list[dict[str, Any]], **given: Any) -> Measure:
    """A measure with a target, or several."""
    targets = target if isinstance(target, list) else [target]
    base = {
        "title": "T", "definition": "D", "theme": "t", "service": "s", "unit": "cases", "polarity": "lower",
        "frequency": "month", "decimals": 1, "figures": {"source": "a", "value": "b"},
    }  # fmt: skip
    return Measure.model_validate({**base, "targets": [{"reason": "Plan", **one} for one in targets], **given})


def history(*values: float, frequency: str = "month") -> list[tuple[Period, float]]:
    """Figures up to October 2026, oldest first."""
    every = Frequency(frequency)
    last = latest_complete(date(2026, 11, 20), every)
    return [(last.shifted(-at * every.months), value) for at, value in enumerate(reversed(values))][::-1]


def doubted(one: Measure, *values: float, tolerance: Tolerance | None = None) -> list[Doubt]:
    """The doubts about a measure with these figures."""
    return doubts(
        one, one.tolerance or tolerance or Tolerance(per_cent=5), history(*values, frequency=one.frequency.value)
    )


def fixed(value: float) -> dict[str, Any]:
    return {"kind": "fixed", "value": value}


STEADY = (71_200, 74_800, 73_100, 75_802, 73_390)
PERCENTAGES = (83.2, 86.1, 85.4, 88.0, 87.2)

SLIPS = {
    "the real case: 73,390 against 420": (fixed(420), {}, STEADY, "is less than a tenth of every figure"),
    "ten times every figure": (fixed(900_000), {}, STEADY, "is more than ten times every figure"),
    "a share of one for a percentage": (fixed(0.85), {"unit": "%", "polarity": "higher"}, PERCENTAGES, "Is 85% meant?"),
    "a percentage above a hundred": (fixed(850), {"unit": "%", "polarity": "higher"}, PERCENTAGES, "is above 100%"),
    "pence for pounds": (fixed(9_500), {"unit": "£"}, (94, 97, 120, 91), "is about 100 times more than the figures"),
    "thousands for ones": (fixed(74), {}, STEADY, "is about 1,000 times less than the figures"),
    "far beyond a steady measure": (fixed(30), {"unit": "days"}, (4.1, 4.2, 4.1, 4.3), "ten times their whole spread"),
    "nought where more is better": (fixed(0), {"polarity": "higher"}, (12, 15, 11, 14), "can never be missed"),
    "nought for a share never near it": (fixed(0), {"unit": "%"}, (8.1, 9.4, 11, 10.2), "no figure was ever near it"),
    "nought for days": (fixed(0), {"unit": "days"}, (20, 24, 22, 21), "no figure was ever near it"),
    "nought for money": (fixed(0), {"unit": "£ a home"}, (480, 510, 495, 505), "no figure was ever near it"),
    "a floor of nought": ({"kind": "limit", "value": 0}, {"polarity": "higher"}, (12, 15, 11, 14), "never be missed"),
    "a limit always passed by far": ({"kind": "limit", "value": 420}, {}, STEADY, "is less than a tenth"),
}  # fmt: skip


@pytest.mark.parametrize(("target", "more", "values", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_of_the_pen_is_doubted(
    target: dict[str, Any], more: dict[str, Any], values: tuple[float, ...], said: str
) -> None:
    """In one sentence, with the target, the reason and the figures beside it, and the place of the value."""
    (found,) = doubted(measure(target, **more), *values)
    assert said in found.sentence
    assert found.sentence.startswith("The target of ")
    assert "for Oct 2026, is " in found.sentence
    assert found.path == ("targets", 0, "value")


def test_the_sentence_reads_well() -> None:
    """The real case, word for word."""
    (found,) = doubted(measure(fixed(420), decimals=0), *STEADY)
    assert found.sentence == (
        "The target of 420 cases is less than a tenth of every figure. They ran from 71,200 to 75,802; the latest, for "
        "Oct 2026, is 73,390 cases."
    )


SOUND = {
    "close to the figures": (fixed(85), {"unit": "%", "polarity": "higher"}, PERCENTAGES),
    "a steady measure with a lower floor": (fixed(90), {"unit": "%", "polarity": "higher"}, (99.1, 99.2, 99.1, 99.3)),
    "an ambition: half of what it is": (fixed(15), {"unit": "days"}, (30.1, 30.4, 29.8, 30.2)),
    "twice what it is": (fixed(60), {"polarity": "higher"}, (29, 31, 30, 30)),
    "no harm": (fixed(0), {}, (3, 1, 4, 2)),
    "no bed and breakfast, by law": ({"kind": "limit", "value": 0, "statutory": True}, {"unit": "%"}, (8, 9, 11, 10)),
    "a share that has been near nought": (fixed(0), {"unit": "%"}, (0.2, 4, 3, 2)),
    "a limit far away on the good side": ({"kind": "limit", "value": 5000}, {"unit": "days"}, (3, 5, 4, 6)),
    "a low percentage with a lower aim": (fixed(0.9), {"unit": "%"}, (1.2, 1.6, 1.4, 1.3)),
    "a clearance above a hundred": (fixed(105), {"unit": "%", "polarity": "higher"}, (97, 103, 101, 99)),
    "a balance about nought": (fixed(0), {"unit": "£", "polarity": "higher"}, (-4, 3, 1, -2)),
    "a variance with an aim of nought": (fixed(0), {"unit": "%"}, (-0.4, 0.6, 0.2, -0.1)),
    "last year's figure": ({"kind": "last_year", "change_per_cent": -3}, {}, STEADY),
    "the peers' middle": ({"kind": "peer_median"}, {}, STEADY),
    "a measure that is always the same": (fixed(4), {}, (5, 5, 5, 5)),
    "too few figures to say": (fixed(420), {}, STEADY[:3]),
    "no figures": (fixed(420), {}, ()),
    "a season that begins with nothing": (
        {"kind": "profile", "values": {"Q1": 0, "Q2": 10, "Q3": 25, "Q4": 40}},
        {"frequency": "quarter", "polarity": "higher", "basis": "year_to_date"}, (8, 18, 30, 41),
    ),
    "a band around the figures": ({"kind": "band", "low": 8, "high": 15}, {"polarity": "band"}, (9, 12, 16, 11)),
    "a band about nought": ({"kind": "band", "low": -5, "high": 5}, {"polarity": "band"}, (3.4, 3.7, 4.1, 3.6)),
    "a band that begins far below": ({"kind": "band", "low": 0.5, "high": 15}, {"polarity": "band"}, (9, 12, 11, 11)),
    "a band that begins with nought": ({"kind": "band", "low": 0, "high": 15}, {"polarity": "band"}, (9, 12, 16, 11)),
}  # fmt: skip


@pytest.mark.parametrize(("target", "more", "values"), SOUND.values(), ids=SOUND)
def test_a_sound_target_is_left_in_peace(
    target: dict[str, Any], more: dict[str, Any], values: tuple[float, ...]
) -> None:
    """Ambition, harm that should not happen, limits never neared and too few figures are no slips."""
    assert doubted(measure(target, **more), *values) == []


def test_each_figure_of_a_band_and_of_a_profile_is_looked_at() -> None:
    """The path names the very value."""
    band = measure({"kind": "band", "low": 8, "high": 1500}, polarity="band", unit="%", tolerance={"points": 1})
    assert [each.path for each in doubted(band, 9, 12, 16, 11)] == [("targets", 0, "high")]
    values = {"Q1": 35.9, "Q2": 579.0, "Q3": 0.782, "Q4": 98.5}
    profile = measure({"kind": "profile", "values": values}, frequency="quarter", unit="%", polarity="higher")
    found = doubted(profile, 36, 58, 78, 98, 37)
    assert [each.path for each in found] == [("targets", 0, "values", "Q2"), ("targets", 0, "values", "Q3")]


def test_a_tolerance_wider_than_the_target_is_doubted() -> None:
    """At the tolerance if the measure has its own, else at the target; a limit has none."""
    (own,) = doubted(measure(fixed(6), tolerance={"points": 8}), 5, 6, 7, 5)
    assert own.path == ("tolerance",)
    wider = "The tolerance of 8 cases is wider than the target of 6 cases itself"
    assert own.sentence == f"{wider}: hardly a figure could be off target."
    shared = doubted(measure(fixed(6)), 5, 6, 7, 5, tolerance=Tolerance(points=8))
    assert [each.path for each in shared] == [("targets", 0)]
    assert doubted(measure({"kind": "limit", "value": 6}, tolerance={"points": 8}), 5, 6, 7, 5) == []
    assert doubted(measure(fixed(0), tolerance={"points": 2}), 1, 0, 2, 1) == []
    assert doubted(measure(fixed(6), tolerance={"points": 6}), 5, 6, 7, 5) == []


def test_three_years_are_looked_at_and_no_older_ones() -> None:
    """A measure that was once a hundred times larger is compared with what it has become."""
    old, now = [70_000.0] * 24, [400.0 + at for at in range(37)]
    assert doubted(measure(fixed(420)), *old, *now) == []
    assert doubted(measure(fixed(70_000)), *old, *now)
    yearly = measure(fixed(420), frequency="year")
    assert doubted(yearly, 70_000, 71_000, 72_000, 73_000), "four figures, though they span four years"


def test_a_target_is_compared_with_the_figures_of_its_time() -> None:
    """An old target with those up to its end, one to come with the latest, and none across a break."""
    targets = [fixed(70_000), {**fixed(420), "since": date(2023, 10, 1)}, {**fixed(410), "since": date(2027, 4, 1)}]
    values = [70_000.0 + at for at in range(24)] + [400.0 + at for at in range(37)]
    assert doubted(measure(targets), *values) == []
    wrong = [{**fixed(7), "since": None}, *targets[1:2], {**fixed(41_000), "since": date(2027, 4, 1)}]
    assert [each.path[1] for each in doubted(measure(wrong), *values)] == [0, 2]
    amended = {"decision": "amended", "reason": "R", "approved_by": "Cabinet", "breaks_comparability": True}
    live = {"decision": "live", "on": date(2020, 4, 1), "reason": "R", "approved_by": "Cabinet"}
    changed = measure(fixed(42), lifecycle=[live, {**amended, "on": date(2026, 6, 1)}])
    assert doubted(changed, *[50_000.0] * 10, 40, 41, 42, 43, 44) == []
    assert doubted(measure(fixed(4_200)), *[50_000.0] * 10, 40, 41, 42, 43, 44) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), max_size=8),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 3)),
    st.sampled_from(["%", "days", "£", "cases"]),
    st.sampled_from(["higher", "lower"]),
    st.sampled_from(["fixed", "limit"]),
)
def test_any_figures_are_looked_at_without_raising(
    values: list[float], target: float, unit: str, polarity: str, kind: str
) -> None:
    """Negative, tiny and huge ones; and a target that is one of the figures is doubted only when it is nought."""
    found = doubted(measure({"kind": kind, "value": target}, unit=unit, polarity=polarity), *values)
    assert len(found) <= 2
    if len(values) >= 4 and values[0] != 0:
        assert doubted(measure({"kind": kind, "value": values[0]}, unit=unit, polarity=polarity), *values) == []


def test_the_demonstration_is_left_in_peace(demonstration: Path) -> None:
    """Its catalogue and its figures."""
    assert _problems(ROOT / "metrics.yaml", demonstration) == []


def test_the_published_example_is_left_in_peace(published: Path) -> None:
    """Its catalogue and its figures."""
    assert _problems(ROOT / "examples" / "published" / "metrics.yaml", published) == []


def _problems(path: Path, data: Path) -> list[str]:
    observations = home_observations(open_snapshot((data / "snapshots" / "current").resolve()))
    assert len(observations) > 100
    home = str(observations["area_code"].iloc[0])
    return [problem.sentence for problem in target_problems(read_catalogue(path), observations, home)]


@pytest.fixture
def doubtful(tmp_path: Path) -> list[str]:
    """The small council with four months of figures and a target of nought point six, as command-line options."""
    months = "".join(
        f"Littleborough,{month} 2026,missed,{60 + at},100000\n" for at, month in enumerate(("May", "Jun", "Jul"))
    )
    settings_ = write_council(tmp_path, {"returns.csv": GOOD + months})
    settings_.catalogue.write_text(CATALOGUE.replace("value: 60,", "value: 0.6,"))
    return ["--catalogue", str(settings_.catalogue), "--inbox", str(settings_.inbox), "--data", str(settings_.data)]


def test_check_tells_doubts_with_their_lines(doubtful: list[str]) -> None:
    """Nothing before there are figures; then file, line and path as of a fault; 0 unless --strict."""
    assert "Doubts" not in run_pipeline("check", *doubtful, expect=(0,)).stdout
    run_pipeline("run", *doubtful)
    done = run_pipeline("check", *doubtful, expect=(0,))
    assert "metrics.yaml is sound: " in done.stdout
    assert "Doubts about targets (from snapshot 20" in done.stdout
    line = 1 + CATALOGUE[: CATALOGUE.index("targets: [{kind: fixed, value: 60")].count("\n")
    place = f"metrics.yaml, line {line}, measures.missed_collections.targets[0].value: "
    assert f"{place}The target of 0.6 per 100,000 is about 100 times less than the figures." in done.stdout
    assert run_pipeline("check", *doubtful, "--strict", expect=(2,)).stdout == done.stdout


def test_targets_are_not_put_beside_figures_of_another_measure(doubtful: list[str]) -> None:
    """A measure whose unit or columns have changed since the snapshot has no figures yet, whatever its id."""
    run_pipeline("run", *doubtful)
    path = Path(doubtful[1])
    path.write_text(path.read_text().replace("per: 100000}", "per: 1000}"))
    assert "Doubts" not in run_pipeline("check", *doubtful, "--strict", expect=(0,)).stdout


def test_a_run_gets_them_as_notes(doubtful: list[str]) -> None:
    """For the Data quality page: the measure, the place in the catalogue, the doubt, and what to do."""
    catalogue: Catalogue = read_catalogue(Path(doubtful[1]))
    rows = [
        {"measure_id": "missed_collections", "area_code": area, "period_start": period.start, "period_end": period.end,
         "value": value}
        for area in ("X1", "X2") for period, value in history(60, 61, 62, 90)
    ]  # fmt: skip
    (problem,) = target_problems(catalogue, pd.DataFrame(rows), "X1")
    assert (problem.code, problem.severity, problem.source_id) == (Code.target_doubtful, Severity.note, "returns")
    begins = "Missed collections (measures.missed_collections.targets[0].value in the catalogue): The target of 0.6"
    assert problem.sentence.startswith(begins)
    assert "mistyped" in problem.fix
    assert target_problems(catalogue, pd.DataFrame(), "X1") == []
