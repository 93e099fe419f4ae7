"""One bad ward in a council that is fine: who sees it, and how often a ward is called out when it is not bad."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scorecard.catalogue import Measure, Tolerance
from scorecard.judge.panel import Figures, Panel
from scorecard.judge.parts.findings import find_parts
from scorecard.judge.parts.multiplicity import across
from scorecard.judge.parts.parts import chances_of, parts_of
from scorecard.judge.standing import stand
from scorecard.judge.status import STATUSES, Status
from scorecard.periods import between

WARDS: Final = 22
MEASURES: Final = 5
"""Measures of a council that are looked at together; the bad ward is bad on the first alone."""
MONTHS: Final = 24
CASES: Final = 40
"""Of each ward in a month, on average."""
USUAL: Final = 0.92
TARGET: Final = 90.0
TOLERANCE: Final = Tolerance(per_cent=5)
"""So that below 85.5% is red."""
FIRST: Final = 2023 * 12 + 3
"""April 2023."""


@dataclass(frozen=True)
class Bad:
    """What is wrong with the bad ward: the share of cases it gets right, and for how many months. None: healthy."""

    share: float = USUAL
    months: int = 0

    @property
    def title(self) -> str:
        """For a table."""
        if not self.months:
            return "no bad ward"
        span = "the last month" if self.months == 1 else f"the last {self.months} months"
        return f"{self.share:.0%} instead of {USUAL:.0%} in {span}"


BAD: Final = (Bad(), Bad(0.80, 1), Bad(0.60, 1), Bad(0.80, 3), Bad(0.80, 12), Bad(0.85, 12))


@dataclass(frozen=True)
class Seen:
    """Shares from 0 to 1, of councils for the bad ward and of wards and measures for the others."""

    bad: Bad
    councils: int
    council_red: float
    """Councils whose own figure is red, where the ward is bad."""
    red: float
    """Bad wards whose latest figure is red."""
    found: float
    """Bad wards that are called hidden behind the council's figure."""
    others_red: float
    """Wards that are not bad, on any measure, and red all the same."""
    others_found: float
    """Wards that are not bad and are called hidden."""


def bad_ward(bad: Bad, councils: int, seed: int) -> Seen:
    """Simulate councils of WARDS wards on MEASURES measures, and judge their parts as a run of the pipeline does."""
    random = np.random.default_rng([seed, bad.months, int(1000 * bad.share)])
    red, hidden = (np.zeros((councils, MEASURES, WARDS), dtype=np.bool_) for _ in range(2))
    council_red = np.zeros(councils, dtype=np.bool_)
    for council in range(councils):
        panels = [_panel(random, bad if first else Bad()) for first in (True, *(False,) * (MEASURES - 1))]
        standings = [stand(panel, TOLERANCE, {}) for panel in panels]
        latest = [[STATUSES[code] for code in standing.status[:, -1]] for standing in standings]
        tests = [chances_of(parts_of(panel, {})) for panel in panels]
        verdicts = across([each.chance for each in tests])
        for at, (test, verdict, standing) in enumerate(zip(tests, verdicts, standings, strict=True)):
            low, high, tolerance = (
                each[1:] for each in (standing.lines.low, standing.lines.high, standing.lines.tolerance)
            )
            found = find_parts(test, verdict, low, high, tolerance, latest[at][0])
            hidden[council, at] = [found[key].status == "hidden" for key in test.parts.keys]
            red[council, at] = [each is Status.off_target for each in latest[at][1:]]
        council_red[council] = latest[0][0] is Status.off_target
    others = np.ones(red.shape[1:], dtype=np.bool_)
    others[0, 0] = bad.months == 0
    mean = (council_red, red[:, 0, 0], hidden[:, 0, 0], red[:, others], hidden[:, others])
    return Seen(bad, councils, *(float(each.mean()) for each in mean))


def _panel(random: np.random.Generator, bad: Bad) -> Panel:
    """The council in row 0 and its wards, over MONTHS months; shares met in per cent."""
    of = random.poisson(CASES, (WARDS, MONTHS)).astype(np.float64) + 1
    rate = np.full((WARDS, MONTHS), USUAL)
    rate[0, MONTHS - bad.months :] = bad.share
    met = random.binomial(of.astype(np.int64), rate).astype(np.float64)
    met, of = (np.vstack([each.sum(axis=0), each]) for each in (met, of))
    nothing: Figures = np.full(of.shape, np.nan)
    return Panel(
        "m", MEASURE, ("council", *(f"ward {at}" for at in range(1, WARDS + 1))),
        tuple(between(FIRST + at, FIRST + at) for at in range(MONTHS)), 100 * met / of, met, of,
        nothing, nothing, np.full(of.shape, None, dtype=object), np.ones(of.shape, dtype=np.bool_), True,
    )  # fmt: skip


MEASURE: Final = Measure.model_validate(
    {
        "title": "Answered in time", "definition": "Share of requests answered in time.", "theme": "t", "service": "s",
        "unit": "%", "polarity": "higher", "frequency": "month",
        "figures": {"source": "f", "numerator": "n", "denominator": "d", "per": 100},
        "targets": [{"kind": "fixed", "value": TARGET, "reason": "Plan"}],
    }
)  # fmt: skip
