"""Links from one page to the figures of a measure."""

from typing import Final

import streamlit as st

from pages.components.states import as_text

MEASURE_PAGE: Final = "measure.py"


def link_to(measure_id: str, words: str, area: str | None = None) -> None:
    """A link to the page of a measure. Keep the words short: Streamlit cuts a link that is wider than its card."""
    chosen = {"measure": measure_id, **({"area": area} if area else {})}
    st.page_link(MEASURE_PAGE, label=f":blue[**{as_text(words)}**]", query_params=chosen)
