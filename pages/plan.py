"""The council plan."""

import streamlit as st

st.title("The council plan")
