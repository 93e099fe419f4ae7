"""Registers."""

import streamlit as st

st.title("Registers")
