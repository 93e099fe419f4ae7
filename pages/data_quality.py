"""What did the last run read, what did it refuse, and what must be put right?"""

import streamlit as st

from pages.components import downloads, lists, problems, snapshot, states, tables

st.title("Data quality")
with states.guarded("The summary of the last run"):
    problems.last_run(snapshot.runs())

st.header("What to put right")
with states.guarded("The problems"):
    problems.show(snapshot.problems())

st.header("How fresh the figures are")
with states.guarded("The freshness of the sources"):
    tables.freshness(snapshot.freshness())

st.header("Files")
with states.guarded("The files"):
    lists.files(snapshot.files())

st.header("Rows set aside")
set_aside = snapshot.rows_set_aside()
with states.guarded("The rows set aside"):
    if set_aside.empty:
        states.nothing("No row was set aside.")
    else:
        st.download_button(
            "Download the rows as CSV",
            downloads.rows_set_aside(set_aside),
            "rows_set_aside.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        tables.rows_set_aside(set_aside)

st.header("Checks")
with states.guarded("The checks"):
    tables.checks(snapshot.checks())
