"""What is late this month, how far has the period come, and what comes next?"""

import streamlit as st

from pages.components import glossary, links, states, tables
from pages.components.cycles import answer, chosen, council_dates, returns, steps
from pages.components.states import as_text

st.title("The board's month")
if not chosen.known():
    states.nothing(
        "The catalogue declares no cycle yet. Write one under cycles: who does what by when, from asking for figures "
        "to scrutiny. Its steps and where each return stands are then shown here."
    )
    with states.guarded("The council's dates"):
        st.header("The council's next dates")
        council_dates.show()
    st.stop()

said = st.container()
cycle = chosen.choose()
with said, states.guarded("The answer"):
    st.markdown(answer.made(cycle.cycle_id, cycle.every))
st.markdown(as_text(cycle.purpose))

st.header("Who does what by when")
with states.guarded("The steps"):
    tables.draw(
        steps.table(cycle.cycle_id, cycle.every),
        f"The steps of {cycle.title}: who takes each, its days, how they stand",
    )
    st.markdown(steps.MEANT)

st.header("Where each measure and register stands")
with states.guarded("The returns"):
    returns.show_reported(cycle.cycle_id, cycle.every)
links.to_page("data_quality", "What is due from each source")

st.header("The council's next dates")
with states.guarded("The council's dates"):
    council_dates.show()
with states.guarded("The words used here"):
    glossary.words_used("cycle", "standing_agenda", "late", "measure", "register", "remit")
