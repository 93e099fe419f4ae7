"""Which measures are there, how does each stand, and how do several of them compare through time?"""

import streamlit as st

from pages.components import comparing, measure_search, measure_table, states

st.title("All measures")
if not measure_table.listed():
    states.nothing("There are no measures yet.")
    st.stop()

st.markdown(measure_table.standing(""))
choice = comparing.chosen()
with states.guarded("The comparison"):
    comparing.show(choice)

st.header("Browse and search")
found = measure_search.found()
with states.guarded("The measures"):
    measure_search.show(found)
