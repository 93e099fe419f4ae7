"""What the words on a page mean: folded below the page, and all of them on the Help page.

They are plain text and no tips: Streamlit does not tie a tip's text to its button for a screen reader.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

import streamlit as st

from pages.components import links
from pages.components.states import as_text
from scorecard.glossary import TERMS

HELP_PAGE: Final = "help.py"


def words_used(*terms: str) -> None:
    """A fold with the meanings of the words on this page, for its end. Raises KeyError for an unknown id."""
    with st.expander("Words used here", icon=":material/menu_book:"):
        st.markdown(in_a_list(terms))
        st.page_link(HELP_PAGE, label=":blue[**All words, and how to read these pages**]")


@cache
def options() -> dict[str, str]:
    """For `filters.choose`: every word by its id, in the order of the alphabet, after none."""
    by_word = sorted(TERMS, key=lambda each: TERMS[each].word.casefold())
    return {"": "Choose a word", **{each: TERMS[each].word for each in by_word}}


def one(term: str) -> None:
    """A word with its meaning, and links to the words that belong with it."""
    with st.container(border=True, gap="xxsmall"):
        st.markdown(_said(term))
        if TERMS[term].see:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown("See also", width="content")
                for each in TERMS[term].see:
                    links.here(TERMS[each].word, term=each)


@cache
def every_word() -> str:
    """Markdown of all words with their meanings, in the order of the alphabet."""
    return in_a_list(each for each in options() if each)


def in_a_list(terms: Iterable[str]) -> str:
    """Markdown of a list of words with their meanings."""
    return "\n".join(f"- {_said(each)}" for each in terms)


def _said(term: str) -> str:
    return f"**{as_text(TERMS[term].word)}**: {as_text(TERMS[term].meaning)}"
