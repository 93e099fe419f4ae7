"""Around every page: page config, navigation and the freshness banner; nothing else."""

from pathlib import Path

import streamlit as st

from pages.components import snapshot, states
from scorecard.errors import CouncilError

page = st.navigation(
    {
        "Leadership": [
            st.Page("overview.py", title="Overview", icon=":material/dashboard:", default=True),
            st.Page("exceptions.py", title="Exceptions", icon=":material/priority_high:", url_path="exceptions"),
            st.Page("measure.py", title="Deep dive", icon=":material/show_chart:", url_path="measure"),
        ],
        "Services": [
            st.Page("service.py", title="My service", icon=":material/groups:", url_path="service"),
            st.Page("theme.py", title="Themes", icon=":material/category:", url_path="theme"),
            st.Page("measures.py", title="All measures", icon=":material/stacked_line_chart:", url_path="measures"),
        ],
        "Scrutiny": [
            st.Page("scrutiny.py", title="Scrutiny", icon=":material/forum:", url_path="scrutiny"),
            st.Page("peers.py", title="Peers", icon=":material/compare_arrows:", url_path="peers"),
        ],
        "Data": [
            st.Page("data_quality.py", title="Data quality", icon=":material/fact_check:", url_path="data_quality"),
            st.Page("definitions.py", title="Definitions", icon=":material/menu_book:", url_path="definitions"),
            st.Page("changes.py", title="Changes to measures", icon=":material/history:", url_path="changes"),
        ],
        "Help": [
            st.Page("help.py", title="Help", icon=":material/help:", url_path="help"),
            st.Page(
                "accessibility.py", title="Accessibility", icon=":material/accessibility:", url_path="accessibility"
            ),
        ],
    },
    position="top",
)
st.set_page_config(
    page_title=f"{page.title} · Council Scorecard",
    page_icon=Path(__file__).with_name("icon.svg"),
    layout="wide",
)
try:
    states.banner(snapshot.take())
    page.run()
except CouncilError as fault:
    st.title(page.title)
    states.plain(fault)
