"""A measure or an exception as a card of stacked lines: as readable on a phone as on a desk."""

from typing import Any, Final

import streamlit as st

from pages.components import dates, status
from pages.components.states import as_text
from pages.components.targets import target
from scorecard.wording import figure

MEASURE_PAGE: Final = "measure.py"


def link_to(measure_id: str, title: str) -> None:
    """A link to the page of a measure."""
    st.page_link(MEASURE_PAGE, label=as_text(title), query_params={"measure": measure_id})


def exception(one: Any) -> None:
    """A row of `attention.exceptions`: how grave, which measure, why, since when, who answers."""
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"{status.severity(one.severity)} {as_text(one.theme)}")
        link_to(one.measure_id, one.title)
        st.markdown(as_text(one.sentence))
        began = dates.since(one.since, one.frequency)
        st.caption(f"Since {began} · {as_text(one.service)} · {as_text(one.owner)}")


def measure(one: Any) -> None:
    """A row of `measures.latest`: how it stands, its latest figure against its target, and where it is going."""
    with st.container(border=True, gap="xxsmall"):
        link_to(one.measure_id, one.title)
        shown = as_text(figure(one.value, one.unit, one.decimals, one.marker))
        st.markdown(f"**{shown}** {status.status(one.status)} {status.direction(one.last_period)}")
        goal = target(one.target_low, one.target_high, one.unit, one.decimals)
        parts = [one.period, goal and f"target {goal}", one.service]
        st.caption(" · ".join(as_text(part) for part in parts if part))


def definition(one: Any) -> None:
    """A row of `measures.latest`: what it means and who answers for it."""
    with st.container(border=True, gap="xxsmall"):
        link_to(one.measure_id, one.title)
        st.markdown(as_text(one.definition))
        if one.counted:
            st.markdown(f"Counted: {as_text(one.counted)}")
        if one.caveat:
            st.markdown(f":material/warning: {as_text(one.caveat)}")
        st.caption(" · ".join(as_text(part) for part in (one.theme, one.service, one.owner)))
