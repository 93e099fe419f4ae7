"""My service"""

import streamlit as st

st.title("My service")
