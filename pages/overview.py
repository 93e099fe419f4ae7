"""How is the council doing?"""

import streamlit as st

st.title("How is the council doing?")
