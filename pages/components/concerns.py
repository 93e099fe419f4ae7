"""One measure among the exceptions: what is listed now, and what was listed before."""

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from pages.components import dates, rows, snapshot, status
from pages.components.states import as_text
from scorecard.snapshot.concerns import concerns, earlier
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

_CONCERNS: Final = {"performance": "its performance", "data": "its data", "improvement": "getting better"}


@dataclass(frozen=True)
class Listed:
    """What is listed of a measure as markdown, a paragraph each; `plain` is the same unmarked."""

    now: tuple[str, ...]
    before: tuple[str, ...]
    plain: tuple[str, ...]


def _listed(shown: Snapshot, measure_id: str) -> Listed:
    title = snapshot.definition(measure_id)["title"]
    held = list(rows.of(concerns(shown, measure_id)))
    return Listed(
        now=tuple(_now(one, title) for one in held),
        before=tuple(as_text(_before(one)) for one in rows.of(earlier(shown, measure_id))),
        plain=tuple(f"{one.sentence} {_length(one)}" for one in held),
    )


listed = snapshot.remembered(_listed)


def show(measure_id: str) -> None:
    """The exceptions of a measure now, and earlier ones folded below, under their heading; a line where none is."""
    held = listed(measure_id)
    st.header("On the list of exceptions")
    if held.now:
        st.markdown("\n".join(f"- {each}" for each in held.now))
    else:
        st.markdown("It is not listed now: no exception rule is met.")
    if held.before:
        with st.expander(f"Listed {count(len(held.before), 'time')} before"):
            st.markdown("\n".join(f"- {each}" for each in held.before))


def _now(one: Any, title: str) -> str:
    badge = (
        f"{status.severity(one.severity)} {status.state(one.state, _held(one), dates.day(one.accepted_until))}"
        if one.adverse
        else status.better(one.state, _held(one))
    )
    agreed = f" {status.confirmed()}" if one.confirmed else ""
    said = str(one.sentence).removeprefix(f"{title}: ").removeprefix(f"{title}, ")
    return f"{badge}{agreed} {as_text(said[:1].upper() + said[1:])} {as_text(_length(one))}"


def _length(one: Any) -> str:
    return f"Since {dates.since(one.since, one.frequency)}; {one.owner} answers for it."


def _held(one: Any) -> str:
    return count(int(one.periods), str(one.frequency))


def _before(one: Any) -> str:
    where = f"{one.place}: " if one.place else ""
    span = f"{dates.day(one.first_listed)} to {dates.day(one.last_listed)}"
    if one.first_listed == one.last_listed:
        span = dates.day(one.last_listed)
    return f"{where}{_CONCERNS.get(one.concern, one.concern)}, in {count(int(one.listed), 'report')} ({span})."
