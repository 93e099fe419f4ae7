"""What did the last run read, what did it refuse, what is late, and what must be put right?"""

import streamlit as st

from pages.components import (
    calendar,
    checks,
    engagement,
    filters,
    glossary,
    held_rows,
    lists,
    problems,
    restatements,
    runs,
    services,
    sources,
    states,
)

st.title("Data quality")
answer = st.container()
with st.container(horizontal=True):
    service = filters.choose("Service", "service", services.paths())
    source = filters.choose("Source", "source", sources.titles(service))
asked = sources.of(service, source)
with answer, states.guarded("The summary"):
    st.markdown(sources.answer(asked))
    runs.last()

st.header("What to put right")
with states.guarded("The problems"):
    problems.show(asked)
with states.guarded("The rows set aside"):
    held_rows.reasons(asked)

st.header("What is due, and what is late")
with states.guarded("The calendar"):
    calendar.show(asked)

st.header("Who sends in time")
with states.guarded("Who sends in time"):
    engagement.show(asked, service, with_owners=not source)

st.header("Files")
with states.guarded("The files"):
    lists.files(asked, named=problems.are_shown())

st.header("Checks")
with states.guarded("The checks of whole files"):
    checks.of_files(asked)
with states.guarded("The checks of rows"):
    checks.of_rows(asked)

st.header("Figures that have changed")
with states.guarded("The figures that have changed"):
    restatements.show(asked if source else None, service)

st.header("Runs")
with states.guarded("The runs"):
    runs.every()

with states.guarded("The words used here"):
    glossary.words_used("refused", "set_aside", "late", "restated", "receipt")
