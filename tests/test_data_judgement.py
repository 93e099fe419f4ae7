"""The data itself: late, missing, restated, set aside or unreviewed, and how far it can be relied on."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from scorecard.catalogue import Measure
from scorecard.judge.data import (
    Loaded,
    checks_finding,
    confidence,
    data_findings,
    late_finding,
    missing_finding,
    review_finding,
)
from scorecard.judge.due import Due
from scorecard.judge.panel import Panel
from scorecard.judge.restatement import restated, restatement_finding
from scorecard.judge.status import Status
from scorecard.periods import Period, between

FIRST = 2024 * 12
AS_AT = date(2026, 11, 20)


def measure(**changes: Any) -> Measure:
    """A monthly share, higher is better."""
    entry = {
        "title": "Repairs on time", "definition": "Share in time.", "theme": "t", "service": "s", "unit": "%",
        "decimals": 1, "polarity": "higher", "frequency": "month", "figures": {"source": "f", "value": "v"},
    }  # fmt: skip
    return Measure.model_validate({**entry, **changes})


def month(at: int) -> Period:
    """Month 0 is January 2024."""
    return between(FIRST + at, FIRST + at)


def panel(values: list[float | str | None], of: Measure | None = None, regular: bool = True) -> Panel:
    """One area, months from January 2024; a word is a marker without a figure, None no row at all."""
    figures = np.array([[each if isinstance(each, float) else np.nan for each in values]])
    markers = np.array([[each if isinstance(each, str) else None for each in values]], dtype=object)
    exists = np.array([[each is not None for each in values]])
    nothing = np.full(figures.shape, np.nan)
    periods = tuple(month(at) for at in range(len(values)))
    return Panel(
        "m", of or measure(), ("H",), periods, figures, nothing, nothing, nothing, nothing, markers, exists, regular
    )


def test_late_is_past_its_day_and_bad_news() -> None:
    """Due on 15 November, five days ago; what is merely awaited is not late."""
    of = panel([90.0, 91.0])
    found = late_finding(Due(month(2), date(2026, 11, 15), Status.overdue), of, "H", AS_AT)
    assert found is not None
    assert (
        found.sentence
        == "No figure for Mar 2024, which was due on 15 November 2026, 5 days ago; the last is of Feb 2024."
    )
    assert (found.status, found.adverse, found.evidence["days"]) == ("late", True, 5)
    assert late_finding(Due(month(2), date(2026, 12, 15), Status.awaiting), of, "H", AS_AT) is None
    assert late_finding(None, of, "H", AS_AT) is None


def test_gaps_that_should_have_had_a_figure() -> None:
    """No row, and [x]; not [z], not [c], not what came before the first, and not beyond the last row."""
    found = missing_finding(panel([None, 90.0, None, 90.0, "x", "z", "c", 90.0]), "H")
    assert found is not None
    assert found.sentence == "2 of the last 7 months have no figure: Mar 2024 and May 2024 (not available)."
    assert (found.evidence["since"], found.adverse) == ("2024-03-01", True)
    assert missing_finding(panel([None, 90.0, "z", 90.0]), "H") is None
    assert missing_finding(panel([90.0] * 5), "H") is None


def test_only_recent_gaps_of_a_regular_live_series_count() -> None:
    """A gap two years back, in an irregular series or while only proposed is no finding."""
    assert missing_finding(panel([90.0, None, *[90.0] * 20]), "H") is None
    assert missing_finding(panel([90.0, None, 90.0], regular=False), "H") is None
    proposed = measure(lifecycle=[{"decision": "proposed", "on": "2023-01-01", "reason": "r"}])
    assert missing_finding(panel([90.0, None, 90.0], proposed), "H") is None
    assert missing_finding(panel([]), "H") is None
    assert missing_finding(panel([90.0]), "elsewhere") is None


def test_a_restated_quarter() -> None:
    """The story of the repairs contractor: three figures lower than they were published."""
    now = panel([94.0, 94.9, 93.6, 94.0])
    earlier = {("H", month(at)): value for at, value in enumerate([96.1, 97.8, 96.3, 94.02])}
    changed = restated(earlier, now)
    assert [each.period for each in changed] == [month(0), month(1), month(2)]
    found = restatement_finding(changed, now)
    assert found.sentence == (
        "3 figures already published have changed: Jan 2024 from 96.1% to 94.0%, Feb 2024 from 97.8% to 94.9% and "
        "Mar 2024 from 96.3% to 93.6%."
    )
    assert (found.adverse, found.evidence["period"], found.evidence["since"]) == (True, "Feb 2024", "2024-01-01")
    mirrored = restatement_finding(restated(earlier, panel([94.0, 94.9, 93.6], measure(polarity="lower"))), panel([]))
    assert mirrored.status == "restated"


def test_a_restatement_for_the_better_is_not_bad_news() -> None:
    """Nor one that was announced, nor one that follows from another definition, nor one of a neutral measure."""
    now = panel([94.0])
    assert restatement_finding(restated({("H", month(0)): 90.0}, now), now).adverse is None
    fallen = {("H", month(0)): 97.0}
    announced = restatement_finding(restated(fallen, now, provisional=set(fallen)), now)
    assert (announced.adverse, "as provisional figures do" in announced.sentence) == (None, True)
    assert restatement_finding(restated(fallen, now), now, definition_changed=True).adverse is None
    neutral = panel([94.0], measure(polarity="neutral"))
    assert restatement_finding(restated(fallen, neutral), neutral).adverse is None


def test_small_moves_and_new_figures_are_not_restated() -> None:
    """Within one per cent, within what is shown, new since, or of an area the measure no longer has."""
    now = panel([94.0, 0.04])
    assert restated({("H", month(0)): 94.9, ("H", month(1)): 0.0, ("other", month(0)): 1.0}, now) == ()
    assert restated({}, now) == ()
    assert len(restated({("H", month(0)): 94.9}, now, per_cent=0.5)) == 1
    with pytest.raises(ValueError, match="nothing was restated"):
        restatement_finding((), now)


def test_a_figure_taken_back_is_said() -> None:
    """Published once and missing now: told, and never as nought."""
    now = panel([90.0, "x"])
    changed = restated({("H", month(1)): 91.0}, now)
    assert changed[0].now is None
    found = restatement_finding(changed, now)
    assert found.sentence == "1 figure already published has changed: Feb 2024 was 91.0% and is missing now."
    assert (found.adverse, found.evidence["value"]) == (None, None)


def test_rows_set_aside_beyond_a_share() -> None:
    """One in a hundred is let pass; more is told; more than a tenth is bad news."""
    assert checks_finding(Loaded("Calls", 1000, 10)) is None
    assert checks_finding(Loaded("Calls", 0, 0)) is None
    some, many = checks_finding(Loaded("Calls", 1200, 52)), checks_finding(Loaded("Calls", 100, 11))
    assert some is not None
    assert many is not None
    assert some.sentence == (
        "52 of 1,200 rows (4.3%) in the latest load of Calls could not be used, so the figure leaves them out."
    )
    assert (some.adverse, many.adverse) == (None, True)


def test_a_definition_nobody_looked_at() -> None:
    """Three years after the last decision, dated target or review; nothing is said where none is known."""
    live = {"decision": "live", "on": "2021-04-01", "reason": "r", "approved_by": "Cabinet"}
    target = {"kind": "fixed", "value": 1, "reason": "r", "since": "2024-04-01"}
    found = review_finding(measure(lifecycle=[live]), AS_AT)
    assert found is not None
    assert found.evidence == {"since": "2021-04-01", "months": 67}
    assert review_finding(measure(lifecycle=[live], targets=[target]), AS_AT) is None
    assert review_finding(measure(), AS_AT) is None
    gone = {"decision": "removed", "on": "2022-04-01", "reason": "r", "approved_by": "Cabinet"}
    assert review_finding(measure(lifecycle=[live, gone]), AS_AT) is None


def test_confidence_in_words() -> None:
    """Good without findings, fair with some, poor when the figure is late; an old definition does not count."""
    of = panel([90.0, *[90.0] * 4, None, 90.0])
    assert confidence([]).level == "good"
    assert confidence(data_findings(panel([90.0]), "H", AS_AT)).level == "good"
    fair = data_findings(of, "H", AS_AT, earlier={("H", month(0)): 97.0})
    assert [each.status for each in fair] == ["missing", "restated"]
    assert confidence(fair).level == "fair"
    poor = data_findings(of, "H", AS_AT, due=Due(month(7), date(2026, 11, 15), Status.overdue))
    assert confidence(poor).level == "poor"
    assert confidence(poor).sentence.startswith("No figure for Aug 2024")
    live = {"decision": "live", "on": "2021-04-01", "reason": "r", "approved_by": "Cabinet"}
    old = data_findings(panel([90.0], measure(lifecycle=[live])), "H", AS_AT)
    assert [each.status for each in old] == ["stale_definition"]
    assert confidence(old).level == "good"
