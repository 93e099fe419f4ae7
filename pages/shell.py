"""Around every page: page config, navigation and the freshness banner; nothing else."""

from pathlib import Path

import streamlit as st

from pages.components import snapshot, states
from scorecard.errors import CouncilError

st.set_page_config(page_title="Council Scorecard", page_icon=Path(__file__).with_name("icon.svg"), layout="wide")
page = st.navigation(
    [
        st.Page("exceptions.py", title="Exceptions", icon=":material/priority_high:", default=True),
        st.Page("theme.py", title="Themes", icon=":material/category:", url_path="theme"),
        st.Page("measure.py", title="Measure", icon=":material/show_chart:", url_path="measure"),
        st.Page("data_quality.py", title="Data quality", icon=":material/fact_check:", url_path="data_quality"),
        st.Page("definitions.py", title="Definitions", icon=":material/menu_book:", url_path="definitions"),
        st.Page("changes.py", title="Changes to measures", icon=":material/history:", url_path="changes"),
    ],
    position="top",
)
try:
    states.banner(snapshot.take())
    page.run()
except CouncilError as fault:
    st.title(page.title)
    states.plain(fault)
