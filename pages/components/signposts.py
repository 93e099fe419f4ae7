"""Where each kind of reader finds what they came for: their questions, each a link to the page that answers it."""

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

NARROWEST: Final = 340
"""Pixels a list of questions needs before two stand side by side."""


@dataclass(frozen=True)
class Question:
    """A question in a reader's words, and the page with its answer; short, as Streamlit cuts what does not fit."""

    words: str
    page: str
    address: dict[str, str] = field(default_factory=dict)


SIGNPOSTS: Final[dict[str, tuple[Question, ...]]] = {
    "Leadership team": (
        Question("What is wrong or turning?", "overview.py"),
        Question("What needs attention, and why?", "exceptions.py"),
        Question("What is on the board's agenda?", "board.py"),
        Question("What comes before the next meeting?", "cycle.py"),
        Question("Is the council plan on course?", "plan.py"),
        Question("What lies behind one measure?", "measure.py"),
        Question("How does a theme stand?", "theme.py"),
        Question("How do several measures compare?", "measures.py"),
    ),
    "Service manager": (
        Question("Are we on track for the year?", "service.py"),
        Question("What is late from us?", "service.py"),
        Question("Is this movement real?", "measure.py"),
        Question("Which of my items are late?", "owner.py"),
        Question("Why did the number overdue move?", "register.py"),
        Question("Which rows must we put right?", "data_quality.py"),
        Question("Which figures have changed?", "data_quality.py"),
    ),
    "Scrutiny member": (
        Question("Is it getting better or worse?", "scrutiny.py"),
        Question("Is it normal for councils like ours?", "peers.py"),
        Question("What came of what we took up?", "scrutiny.py"),
        Question("Was what we promised done?", "plan.py"),
        Question("What does a measure count?", "definitions.py"),
        Question("What was decided about measures?", "changes.py"),
    ),
    "Whoever sends the data": (
        Question("What is due, and when?", "data_quality.py"),
        Question("Did my file pass?", "data_quality.py"),
        Question("Which rows were set aside, and why?", "data_quality.py"),
        Question("How must a figure be counted?", "definitions.py"),
    ),
}


def show() -> None:
    """A list of questions for each reader, two side by side where there is room."""
    with st.grid(2, min_column_width=NARROWEST):
        for reader, questions in SIGNPOSTS.items():
            with st.container(border=True, gap="xxsmall", height="stretch"):
                st.subheader(reader, anchor=False)
                for one in questions:
                    label = f":blue[{one.words}]"
                    st.page_link(one.page, label=label, query_params=one.address or None)
