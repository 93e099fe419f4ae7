"""Which measures are there, how does each stand, and how do several of them compare through time?"""

from functools import partial

import streamlit as st

from pages.components import comparing, exports, glossary, measure_search, measure_table, snapshot, states
from scorecard.exports.listings import measures_export

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
    chosen = [one.measure_id for one in found]
    exports.buttons(partial(measures_export, snapshot.opened(), chosen), "measures")
with states.guarded("The words used here"):
    glossary.words_used("status", "direction", "target", "missing", "provisional")
