"""Around every page: page config, navigation and the freshness banner; nothing else."""

from pathlib import Path

import streamlit as st

from pages.components import snapshot, states
from scorecard.errors import CouncilError

# Said before the pages are known, or each visitor's browser would ask a font's host for an icon of the page.
st.set_page_config(page_icon=Path(__file__).with_name("icon.svg"), layout="wide")
page = st.navigation(
    {
        "Leadership": [
            st.Page("overview.py", title="Overview", default=True),
            st.Page("exceptions.py", title="Exceptions", url_path="exceptions"),
            st.Page("measure.py", title="Deep dive", url_path="measure"),
            st.Page("board.py", title="Board", url_path="board"),
            st.Page("cycle.py", title="The board's month", url_path="cycle"),
            st.Page("plan.py", title="Council plan", url_path="plan"),
        ],
        "Services": [
            st.Page("service.py", title="My service", url_path="service"),
            st.Page("owner.py", title="My items", url_path="owner"),
            st.Page("register.py", title="Registers", url_path="register"),
            st.Page("theme.py", title="Themes", url_path="theme"),
            st.Page("measures.py", title="All measures", url_path="measures"),
        ],
        "Scrutiny": [
            st.Page("scrutiny.py", title="Scrutiny", url_path="scrutiny"),
            st.Page("peers.py", title="Peers", url_path="peers"),
        ],
        "Data": [
            st.Page("data_quality.py", title="Data quality", url_path="data_quality"),
            st.Page("definitions.py", title="Definitions", url_path="definitions"),
            st.Page("changes.py", title="Changes to measures", url_path="changes"),
        ],
        "Help": [
            st.Page("help.py", title="Help", url_path="help"),
            st.Page("accessibility.py", title="Accessibility", url_path="accessibility"),
        ],
    },
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Council Scorecard")
try:
    states.banner(snapshot.take())
    with states.guarded(f"The page {page.title}"):
        page.run()
except CouncilError as fault:
    st.title(page.title)
    states.plain(fault)
