"""What can everyone do with these pages, what is not accessible yet, and how is a barrier reported?"""

import streamlit as st

from pages.components import snapshot, statement, states

st.title("Accessibility statement")
with states.guarded("The statement"):
    council = snapshot.council()
    st.markdown(statement.commitment(str(council["name"])))

    st.header("How far these pages comply")
    st.markdown(statement.status())

    st.header("What is not accessible")
    st.markdown(statement.barriers())
    st.markdown(statement.OUT_OF_REACH)

    st.header("How the pages were tested")
    st.markdown(statement.TESTING)

    st.header("Report a barrier, or ask for another format")
    st.markdown(statement.feedback(council.get("contact")))

    st.header("If you are not happy with our answer")
    st.markdown(statement.ENFORCEMENT)

    st.header("When this statement was prepared")
    st.markdown(statement.prepared())
