"""Scrutiny"""

import streamlit as st

st.title("Scrutiny")
