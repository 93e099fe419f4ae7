"""My items."""

import streamlit as st

st.title("My items")
