"""The board."""

import streamlit as st

st.title("The board")
