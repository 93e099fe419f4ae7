"""What the accessibility statement says, following the model form for public bodies in the United Kingdom."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pages.components.states import as_text
from scorecard.wording import in_full

TESTED_ON: Final = date(2026, 11, 22)
"""The day of the last round of tests; the statement must be looked at again within a year of it."""
STANDARD: Final = "Web Content Accessibility Guidelines version 2.2, level AA"
UPSTREAM: Final = "https://github.com/streamlit/streamlit/issues/"


@dataclass(frozen=True)
class Barrier:
    """Something that is not accessible: what it is, the criterion it fails, what to do instead, and its report."""

    what: str
    criterion: str
    instead: str
    issue: int


BARRIERS: Final[tuple[Barrier, ...]] = (
    Barrier(
        "On a phone the menu lists its pages under headings that a screen reader does not tell apart from the list, so"
        " that it may give a wrong number of pages.",
        "1.3.1 Info and relationships (A)",
        "Every page can be opened from it, and the Help page leads to them by the questions they answer.",
        8399,
    ),
    Barrier(
        "The letter R, pressed by itself outside a field, draws the page again. It cannot be turned off. Nothing is"
        " lost, as what is shown stands in the address.",
        "2.1.4 Character key shortcuts (A)",
        "Whoever uses speech may reach it by accident: the page then comes back as it was.",
        16954,
    ),
    Barrier(
        "The question marks beside some headings open a tip from the keyboard, but its words are not tied to the"
        " button, so that a screen reader may say only “Help”.",
        "1.3.1 Info and relationships (A)",
        "The same words stand under “Words used here” on the page, and on the Help page.",
        13330,
    ),
)
"""What is left that only Streamlit, the software that draws these pages, can put right."""


def barriers() -> str:
    """Markdown of what is not accessible, each with its criterion, what to use instead and where it is reported."""
    return "\n".join(
        f"- {one.what} {one.instead} It fails WCAG {one.criterion}. Where Streamlit is asked"
        f" about it: [issue {one.issue} (opens in a new tab)]({UPSTREAM}{one.issue})."
        for one in BARRIERS
    )


def commitment(council: str) -> str:
    """Markdown of who runs the pages and what everyone should be able to do with them."""
    return (
        f"This statement is about the performance pages of {as_text(council)}. We want as many people as possible to be"
        " able to use them. You should be able to:\n\n"
        "- zoom in to 400% without text going out of sight or having to scroll sideways, other than within a wide"
        " table\n"
        "- get to everything, and use it, with a keyboard alone\n"
        "- use them with a screen reader: every chart has a sentence that says what it shows, and a table of its"
        " figures\n"
        "- tell every status by its word and its symbol, without seeing its colour\n"
        "- change the spacing of text, and choose light or dark, as your device is set\n"
        "- look up every word of performance reporting that is used"
    )


def status() -> str:
    """Markdown of how far the pages comply."""
    return (
        f"These pages **partially comply** with the {STANDARD}, because of what is listed below. All of it is in"
        " Streamlit, the open-source software that draws the pages."
    )


def feedback(contact: str | None) -> str:
    """Markdown of how to report a barrier or ask for another format."""
    whom = (
        f"Tell us: {as_text(contact)}."
        if contact
        else "Tell the council, by the way that its website gives for getting in touch, and name these pages."
    )
    return (
        "If you find a barrier that is not listed here, or need a figure in another format, such as large print, easy"
        f" read, an audio recording or braille: {whom[:1].lower()}{whom[1:]} Say which page it is on (its address"
        " helps) and what you need. We will look into it and answer you."
    )


ENFORCEMENT: Final = (
    "The Equality and Human Rights Commission is responsible for enforcing the Public Sector Bodies (Websites and"
    " Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how we answer your"
    " complaint, get in touch with the"
    " [Equality Advisory and Support Service (opens in a new tab)](https://www.equalityadvisoryservice.com/)."
    " In Northern Ireland it is the"
    " [Equality Commission for Northern Ireland (opens in a new tab)](https://www.equalityni.org/)."
)
TESTING: Final = (
    f"The pages were last tested on {in_full(TESTED_ON)}, and are tested again whenever they change. Every page is"
    " opened in a real browser (Chromium), in light and in dark, at the size of a desktop and of a phone, with figures,"
    " without any, with old ones, with an address that asks for nonsense, and with filters that find nothing. In each"
    " state:\n\n"
    "- the axe rules for WCAG 2.0, 2.1 and 2.2 at levels A and AA must find nothing\n"
    "- everything must be reached and used from the keyboard, with the focus seen, in the order of reading\n"
    "- nothing may have to be scrolled sideways at 200% and 400%, nor with wider spacing of text, but within tables\n"
    "- every chart must have its words and its table\n"
    "- statuses must be told apart without colour.\n\n"
    "Tests by machine find some barriers and not others. The pages have not yet been tested by people who use"
    " assistive technology every day."
)
OUT_OF_REACH: Final = (
    "Files that services sent in can be downloaded as they came where rows of them must be put right. They are the"
    " sender's own, and are not changed. Everything that is shown of them on the pages is accessible."
)


def prepared() -> str:
    """When the statement was made and must be looked at again."""
    return (
        f"This statement was prepared on {in_full(TESTED_ON)}. It is looked at again whenever the pages change, and by"
        f" {in_full(TESTED_ON.replace(year=TESTED_ON.year + 1))} at the latest."
    )
