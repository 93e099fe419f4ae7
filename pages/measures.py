"""All measures"""

import streamlit as st

st.title("All measures")
