"""One measure as one HTML document that can be printed, put before a committee or kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scorecard.html_document import rendered

TEMPLATE: Final = "measure.html.jinja"


@dataclass(frozen=True)
class Section:
    """A part of the document in plain words: sentences, points of a list, and rows of a table by their headings."""

    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    numbered: bool = False
    rows: Sequence[Mapping[str, str]] = ()
    caption: str = ""


@dataclass(frozen=True)
class Page:
    """What the document says of one measure in one area, in plain words."""

    council: str
    notice: str
    title: str
    area: str
    in_short: str
    answer: str
    signs: Sequence[tuple[str, str]]
    """Heading and words: the latest figure, its target and how it stands."""
    drawing: str
    """Address of the drawing of its course; empty for none."""
    drawing_words: str
    key: str
    sections: Sequence[Section]
    published: str


def measure_document(page: Page) -> str:
    """One self-contained HTML page without scripts; every word in it is escaped."""
    return rendered(TEMPLATE, page=page)
