"""Is this service getting better or worse, is that normal for councils like ours, and what should I ask?"""

import streamlit as st

from pages.components import filters, glossary, meeting, past_day, remit, remits, states
from pages.components.palette import palette
from pages.components.plan import programme

st.title("Is it getting better or worse?")
offered = remits.offered()
if not offered:
    states.nothing("There are no measures yet.")
    st.stop()

answer = st.container()
who, reported, changed = st.columns([2, 1, 1])
with who:
    remit_id = filters.choose(remits.called(), "committee", offered)
with reported:
    on = remits.day_reported()
with changed:
    since = remits.day_since(remit_id, on)

with answer, states.guarded("The answer"):
    st.markdown(past_day.answer(remit_id, on) if on else remit.remit(remit_id, palette()).answer)
    st.markdown(f"{'' if on else remit.MEANT} {remits.calendar(remit_id)}")

if on:
    with states.guarded("The figures of that day"):
        past_day.show(remit_id, on)
else:
    found = remit.remit(remit_id, palette())
    with states.guarded("What to ask about"):
        remit.ask_about(found)
if not on and remits.are_committees():
    st.header("Work programme")
    with states.guarded("The work programme"):
        programme.show(remit_id)
with states.guarded("What has changed"):
    meeting.show(remit_id, since, is_meeting=remits.is_meeting(remit_id, since))
if not on:
    with states.guarded("The other measures"):
        remit.all_others(found)
with states.guarded("The words used here"):
    glossary.words_used("remit", "target", "by_chance", "exception", "restated", "peers")
