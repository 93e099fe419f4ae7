"""Peers"""

import streamlit as st

st.title("Peers")
