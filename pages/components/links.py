"""Links to the pages of the dashboard, in the same tab."""

from typing import Final

import streamlit as st

from pages.components.states import as_text

_pages: Final[dict[str, st.Page]] = {}
"""A page named by its path has its file looked up for every link; one that is known already has not."""


def to_page(name: str, words: str, **chosen: str) -> None:
    """A link to the page at an address, e.g. "exceptions", with what is chosen there. Keep the words short.

    Streamlit cuts a link that is wider than its place.
    """
    page = _pages.get(name)
    if page is None:
        page = _pages[name] = st.Page(f"{name}.py", url_path=name)
    st.page_link(page, label=f":blue[**{as_text(words)}**]", query_params=chosen)


def to_measure(measure_id: str, words: str, area: str | None = None) -> None:
    """A link to the figures of a measure, of an area other than the council where one is named."""
    to_page("measure", words, measure=measure_id, **({"area": area} if area else {}))


def here(words: str, **chosen: str) -> None:
    """The page one is on, with something else chosen.

    A link to its own page changes what Streamlit shows and not the address, so that it could not be shared.
    """

    def into_address() -> None:
        st.query_params.from_dict(chosen)

    key = " ".join(["here", words, *chosen.values()])
    st.button(f":blue[**{as_text(words)}**]", key=key, type="tertiary", on_click=into_address)
