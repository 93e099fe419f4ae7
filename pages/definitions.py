"""What does each measure mean, what is counted, what is good, and who answers for it?"""

import streamlit as st

from pages.components import about, definition_list, filters, glossary, measure_table, states

if not measure_table.listed():
    st.title("Definitions")
    states.nothing("There are no measures yet.")
    st.stop()

heading = st.container()
measure_id = filters.choose("Definition", "measure", definition_list.titles())
if measure_id:
    with heading:
        about.heading(measure_id)
    definition_list.one(measure_id)
else:
    with heading:
        st.title("Definitions")
    found = definition_list.found()
    definition_list.show(found)
with states.guarded("The words used here"):
    glossary.words_used("numerator", "polarity", "class", "target", "tolerance", "suppression", "counter_measure")
