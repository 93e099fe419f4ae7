"""Which period is meant by what somebody types."""

import numpy as np

from scorecard.errors import SettingError
from scorecard.judge.panel import Panel
from scorecard.markers import in_words
from scorecard.nearest import nearest
from scorecard.period_forms import FORMS, parse_period
from scorecard.periods import Period


def period_of(panel: Panel, row: int, wanted: str, name: str) -> Period:
    """The period of a panel that is `wanted`, in any form that files may use, with a figure of the area in `row`.

    Raises SettingError with the nearest one when it is no period, or the area (called `name`) has no figure for it.
    """
    held = [panel.periods[column] for column in np.flatnonzero(panel.held[row])]
    text = " ".join(wanted.split())
    parsed = [period for form in FORMS if (period := parse_period(text, [form]))]
    for period in (*(each for each in panel.periods if each.label.casefold() == text.casefold()), *parsed):
        if period in held:
            return period
    if not held:
        raise SettingError(
            f"{name} has no figure for this measure, so there is nothing to judge.",
            fix="Load its files with: python -m pipelines run",
        )
    labels = [period.label for period in held]
    if not parsed:
        near = nearest(text, labels)
        raise SettingError(
            f"'{wanted}' is not a period.{f' Did you mean {near!r}?' if near else ''}",
            why=f"The measure is reported by {panel.measure.frequency}.",
            fix=f'Write it like --period "{labels[-1]}".',
        )
    meant = min(parsed, key=lambda each: abs(each.months - panel.measure.frequency.months))
    around = [
        *[each.label for each in held if each.end < meant.end][-1:],
        *[each.label for each in held if each.end > meant.end][:1],
    ]
    raise SettingError(
        f"{name} has no figure for {meant.label}{_why(panel, row, meant)}.",
        why=f"It has {len(held):,} from {labels[0]} to {labels[-1]}.",
        fix=f"Give one of these with --period, such as {' or '.join(around or labels[-1:])}.",
    )


def _why(panel: Panel, row: int, period: Period) -> str:
    if period.months != panel.measure.frequency.months and period not in panel.periods:
        return f", as it is reported by {panel.measure.frequency}"
    marker = panel.markers[row, panel.periods.index(period)] if period in panel.periods else None
    return f" (it is marked: {in_words(marker)})" if marker else ""
