"""Am I on track for year end, what is late from me, is this movement real, and what exactly must I fix?"""

import streamlit as st

from pages.components import (
    calendar,
    filters,
    glossary,
    movements,
    problems,
    restatements,
    service_answer,
    service_exceptions,
    service_measures,
    services,
    sources,
    states,
)
from pages.components.plan import service_items

heading = st.container()
service = filters.choose("Service", "service", services.paths())
if not service:
    with heading:
        st.title("My service")
    with states.guarded("The services"):
        services.to_choose_from()
    st.stop()

mine = sources.of(service, "")
with heading:
    services.heading(service)
    with states.guarded("The summary"):
        st.markdown(service_answer.answer(service))
    with states.guarded("The goals"):
        service_items.to_goals(service)

st.header("Measures and where the year may end")
with states.guarded("The measures"):
    service_measures.show(service)

st.header("Is the movement real?")
with states.guarded("The movements"):
    movements.show(service)

st.header("What is due, and what is late")
with states.guarded("The calendar"):
    calendar.show(mine)

st.header("Items overdue or due soon")
with states.guarded("The items of the registers"):
    service_items.show(service)

st.header("What to put right")
with states.guarded("The problems"):
    problems.show(mine)

st.header("Exceptions")
with states.guarded("The exceptions"):
    service_exceptions.show(service)

st.header("Figures that have changed")
with states.guarded("The figures that have changed"):
    restatements.show(None, service)

with states.guarded("The words used here"):
    glossary.words_used(
        "status", "direction", "forecast", "run_rate", "variation", "exception", "late", "overdue", "set_aside"
    )
