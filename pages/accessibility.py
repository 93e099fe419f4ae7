"""Accessibility statement"""

import streamlit as st

st.title("Accessibility statement")
