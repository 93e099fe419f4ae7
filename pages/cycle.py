"""The board's month."""

import streamlit as st

st.title("The board's month")
