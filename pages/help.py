"""How are these pages read, what do the words mean, and where is what I need?"""

import streamlit as st

from pages.components import filters, glossary, guide, signposts, snapshot, states, tables, tour

st.title("Help")
st.markdown(
    "These pages show how the council is doing, from the files its services send in. Everything on them can be"
    " clicked through to the file and the rows it was counted from."
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    with st.container(width=420):
        term = filters.choose("What does a word mean?", "term", glossary.options())
    tour.link()
if term:
    with states.guarded("The word"):
        glossary.one(term)

st.header("Where do I find…")
with states.guarded("The questions"):
    signposts.show()

st.header("How to read the pages")
with states.guarded("The statuses"):
    st.subheader("Status: how the latest figure stands against its target")
    tables.draw(guide.statuses(), "The statuses of a figure")
with states.guarded("The directions"):
    st.subheader("Direction of travel: which way it went")
    tables.draw(guide.directions(), "The directions of travel")
with states.guarded("The exceptions"):
    st.subheader("Exceptions: what needs leadership's attention")
    tables.draw(guide.exception_states(), "Where an exception is in its life")
with states.guarded("The items"):
    st.subheader("Items of registers: what somebody has promised to do by a day")
    tables.draw(guide.item_states(), "How an item of a register stands")
with states.guarded("The markers"):
    st.subheader("Letters beside a figure")
    st.markdown("The pages spell them out; charts, downloads and the files that came in have the letters.")
    tables.draw(guide.markers(), "The letters beside a figure")
with states.guarded("The charts"):
    st.subheader("Charts")
    st.markdown(guide.CHARTS)

st.header("Share, download, print")
st.markdown(guide.SHARING)

st.header("Whom to ask")
with states.guarded("The contact"):
    st.markdown(guide.asking(snapshot.council().get("contact")))

st.header("All the words")
with states.guarded("The words"):
    st.markdown(glossary.every_word())
