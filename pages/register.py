"""What did we promise by which day, what is late, why did the number move, and who has it?"""

import streamlit as st

from pages.components import glossary, states
from pages.components.registers import (
    breakdown,
    burn_down,
    chosen,
    item_list,
    lateness,
    noted,
    one_item,
    pressing,
    ratings,
    risks,
    stages,
    steps,
    stock_and_flow,
    time_limits,
    words,
)

if not chosen.titles():
    st.title("Registers")
    states.nothing("The catalogue has no register yet, or none that is meant for you.")
    st.stop()

heading = st.container()
register = chosen.choose()
item = st.query_params.get("item", "")
with heading, states.guarded("The summary"):
    chosen.heading(register, with_answer=not item)
if item:
    with states.guarded("The item"):
        one_item.show(register, item)
    st.stop()

with states.guarded("The risks"):
    risks.show(register)
with states.guarded("The stock and flow"):
    stock_and_flow.show(register)
    stock_and_flow.newly_overdue(register)
if chosen.has_items(register):
    st.header("Its items")
    with states.guarded("The items"):
        item_list.show(register, item_list.ask(register))
with states.guarded("The ratings"):
    ratings.show(register)
with states.guarded("What is about to be late"):
    pressing.before_the_date(register)
with states.guarded("What awaits sign-off"):
    pressing.awaiting_sign_off(register)
with states.guarded("What the dates contradict"):
    pressing.contradicted(register)
with states.guarded("How late the items are"):
    lateness.show(register)
with states.guarded("The indicators of potential failure"):
    chosen.failure_indicators(register)
with states.guarded("The time limits"):
    time_limits.show(register)
with states.guarded("The steps"):
    steps.show(register)
with states.guarded("The stages"):
    stages.show(register)
with states.guarded("The backlog"):
    burn_down.show(register)
with states.guarded("The breakdown"):
    breakdown.show(register)
with states.guarded("What was noted"):
    noted.show(register)
with states.guarded("The source"):
    chosen.source(register)
with states.guarded("The words used here"):
    glossary.words_used(*words.of(register))
