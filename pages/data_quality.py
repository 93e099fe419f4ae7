"""What did the last run read, what did it refuse, what is late, and what must be put right?"""

import streamlit as st

from pages.components import calendar, lists, problems, restatements, snapshot, states, tables

st.title("Data quality")
with states.guarded("The summary of the last run"):
    problems.last_run(snapshot.runs())

st.header("What to put right")
with states.guarded("The problems"):
    problems.show(snapshot.problems(), snapshot.files_with_held_rows())
with states.guarded("The rows set aside"):
    tables.rows_set_aside(snapshot.rows_set_aside(tables.MOST_SHOWN))

st.header("What is due, and what is late")
with states.guarded("The calendar"):
    submissions = snapshot.submissions()
    if not submissions.empty:
        calendar.outstanding(snapshot.outstanding())
    calendar.by_source(submissions)

st.header("Files")
with states.guarded("The files"):
    lists.files(snapshot.files())

st.header("Checks")
with states.guarded("The checks of whole files"):
    tables.file_checks(snapshot.file_checks())
with states.guarded("The checks of rows"):
    tables.checks(snapshot.checks())

st.header("Figures that have changed")
with states.guarded("The figures that have changed"):
    restatements.show(snapshot.restated(tables.MOST_SHOWN))

st.header("Runs")
with states.guarded("The runs"):
    problems.runs(snapshot.runs())
