"""The services in words: to choose one from, and to see how each stands before one is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.snapshot import services as reader
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

EVERY: Final = "All services"
_INDENT: Final = "\N{NO-BREAK SPACE}" * 4


@dataclass(frozen=True)
class Service:
    """One service of the tree, as people know it."""

    title: str
    path: str
    owner: str


def _known(shown: Snapshot) -> Mapping[str, Service]:
    """Each service with measures in use, itself or below it, by its id and in the order of the tree."""
    return {
        one.service_id: Service(str(one.title), str(one.path), str(one.owner))
        for one in rows_of(reader.services(shown))
    }


def _paths(shown: Snapshot) -> dict[str, str]:
    return {"": EVERY, **{service_id: one.path for service_id, one in _known(shown).items()}}


def _standing(shown: Snapshot) -> pa.Table:
    return tables.ready([_row(one) for one in rows_of(reader.services(shown))])


def _row(one: Any) -> dict[str, str]:
    proposed = f" and {one.proposed} proposed" if one.proposed else ""
    named = f"[{as_text(one.title)}](service?service={one.service_id})"
    return {
        "Service (opens in a new tab)": f"{_INDENT * int(one.depth)}{named}",
        "Measures": f"{one.measures}{proposed}",
        "Off target": _some(one.off_target),
        "Year at risk": f"{one.at_risk} of {one.outlooks}" if one.outlooks else "–",
        "Latest figure missing": _some(one.missing),
        "Exceptions": _some(one.exceptions),
        "Submissions late": _some(one.late),
    }  # fmt: skip


def _some(many: int) -> str:
    """A count in which nought is quiet and the others stand out."""
    return f"**{many}**" if many else "0"


known = snapshot.remembered(_known)
paths = snapshot.remembered(_paths)
"""Options for `filters.choose`: all, then each service with those above it, "Place › Environment"."""
_table = snapshot.remembered(_standing)


def to_choose_from() -> None:
    """Every service with its counts, indented as it lies below others."""
    if not known():
        nothing("There are no measures yet, so there is no service to show.")
        return
    st.markdown(
        f"**{count(len(known()), 'service')}.** Choose yours above, or open it from the list. What lies below a "
        "service is counted with it."
    )
    tables.draw(_table(), "Every service with its measures and what needs attention, in the order of the council")


def heading(service_id: str) -> None:
    """The name of a service, what it belongs to, and the post that answers for it."""
    one = known()[service_id]
    st.title(as_text(one.title))
    above = one.path.removesuffix(one.title).removesuffix(" › ")
    part_of = f"Part of {as_text(above)}. " if above else ""
    st.markdown(f"{part_of}Owner: {as_text(one.owner)}.")
