"""Measures as rows of one table: how each stands, its latest figure against its target, and where it is going."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from pages.components import filters, rows, snapshot, sparklines, status, summary, tables
from pages.components.figures import target
from pages.components.palette import Palette, palette
from pages.components.states import as_text
from scorecard.judge.status import Status
from scorecard.snapshot.measures import latest
from scorecard.snapshot.recent import recent
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, figure

GRAVEST_FIRST: Final = (
    Status.off_target, Status.close, Status.overdue, Status.too_few, Status.on_target, Status.no_target,
    Status.activity_only, Status.awaiting, Status.unavailable,
)  # fmt: skip
"""The order of a list that is read from the top."""
NOTHING: Final = "–"
KEY: Final = (
    "Those off target come first. The pictures show the last thirteen periods, with the latest target dashed; each"
    " measure's link opens its figures in a new tab."
)
"""What stands above the table."""


@dataclass(frozen=True)
class Listed:
    """One measure as it is looked for: what it can be filtered by, and its words in small letters."""

    measure_id: str
    title: str
    theme_id: str
    service_id: str
    service: str
    owner: str
    definition: str
    status: str
    kind: str
    stage: str
    frequency: str
    critical_few: bool
    has_figures: bool
    text: str
    """Everything that a search looks through."""


def _listed(shown: Snapshot) -> tuple[Listed, ...]:
    looked_through = ("title", "definition", "counted", "caveat", "theme", "service", "owner", "goal")
    return tuple(
        Listed(
            one.measure_id, one.title, one.theme_id, one.service_id, one.service, one.owner, one.definition,
            one.status, one.kind, one.stage, one.frequency, bool(one.critical_few), one.period is not None,
            " ".join(getattr(one, name) or "" for name in looked_through).casefold(),
        )
        for one in rows.of(latest(shown))
    )  # fmt: skip


listed = snapshot.remembered(_listed)
"""Every measure in the catalogue's order."""


def _standing(shown: Snapshot, theme_id: str) -> str:
    return summary.of_statuses(filters.in_use(filters.kept(latest(shown), theme_id=theme_id)))


standing = snapshot.remembered(_standing)
"""How the measures of a theme stand, in a sentence; of all themes for an empty text."""


def matching(measures: Sequence[Listed], words: str) -> list[Listed]:
    """The measures that have every word somewhere, whatever its case."""
    wanted = words.casefold().split()
    return [one for one in measures if all(word in one.text for word in wanted)]


def at_stage(one: Listed, stage: str) -> bool:
    """Whether a measure is at a stage as an address says it: "any", or live and proposed for an empty text."""
    return stage == "any" or (one.stage == stage if stage else one.stage != "removed")


def gravest_first(measures: Sequence[Listed]) -> list[Listed]:
    """The same measures, those off target first; the catalogue's order within a status, proposed ones last."""
    place = {status.value: at for at, status in enumerate(GRAVEST_FIRST)}
    return sorted(measures, key=lambda one: place[one.status] if one.stage == "live" else len(place))


def draw(measures: Sequence[Listed], what: str) -> None:
    """The measures as a table, each with a link to its figures; `what` says what they are."""
    every = _rows_of(palette())
    tables.draw([every[one.measure_id] for one in measures], f"{what}: {count(len(measures), 'measure')}")


def without_figures(measures: Sequence[Listed]) -> None:
    """Measures that no figure ever came for, as a list: what each means, who answers for it, and whether proposed."""
    st.markdown("\n".join(f"- {_without_figures(one)}" for one in measures))


def _without_figures(one: Listed) -> str:
    proposed = f" {status.stage(one.stage)}" if one.stage == "proposed" else ""
    return (
        f"**{as_text(one.title)}**{proposed} ({as_text(one.service)}, {as_text(one.owner)}): {as_text(one.definition)}"
    )


def _rows(shown: Snapshot, colours: Palette) -> Mapping[str, Mapping[str, str]]:
    """Measure → its row, ready to be drawn."""
    figures = recent(shown)
    return {one.measure_id: _row(one, figures.get(one.measure_id, ()), colours) for one in rows.of(latest(shown))}


_rows_of = snapshot.remembered(_rows)


def _row(one: Any, figures: tuple[float | None, ...], colours: Palette) -> dict[str, str]:
    shown = figure(one.value, one.unit, one.decimals, one.marker)
    return {
        "Measure (opens in a new tab)": f"[{as_text(one.title)}](measure?measure={one.measure_id})",
        "Status": status.status(one.status) if one.stage == "live" else status.stage(one.stage),
        "Latest figure": f"**{as_text(shown)}**" if one.period else NOTHING,
        "Period": as_text(one.period or NOTHING).replace(" ", "\N{NO-BREAK SPACE}"),
        "Target": as_text(target(one.target_low, one.target_high, one.unit, one.decimals) or NOTHING),
        "Direction": NOTHING if one.last_period == "unknown" else status.direction(one.last_period),
        "Lately": sparklines.picture(figures, _told(one, figures), colours, _goal(one)) or NOTHING,
        "Service": as_text(one.service),
    }


def _goal(one: Any) -> float | None:
    """The target of a picture: one line, so none for a band."""
    return float(one.target_low) if one.target_low == one.target_high else None


def _told(one: Any, figures: tuple[float | None, ...]) -> str:
    """The picture in words: its first figure, its last, and the lowest and highest in between."""
    known = [each for each in figures if each is not None]
    if not known:
        return ""
    first, last, low, high = (
        bare(each, one.unit, one.decimals) for each in (known[0], known[-1], min(known), max(known))
    )
    return f"The last {len(figures)} figures: from {first} to {last}, lowest {low}, highest {high}"
