"""What one column seems to hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.areas import AreaIndex
from pipelines.read.grid import Cell, as_text
from pipelines.read.titles import letter_of
from pipelines.read.values import read_value
from scorecard.catalogue import Column
from scorecard.period_forms import FORMS, parse_period

OLDER_MARKS: Final = {"..": "x", ":": "x", "*": "c", "-": "z"}
"""What marks of before the standard ones mean as a rule; the sender has to say whether it is so here."""
_OTHER_DATES: Final = ("%d.%m.%Y", "%Y.%m.%d", "%d-%m-%Y", "%Y/%m/%d", "%d-%m-%y", "%m/%d/%Y")
_PERIODS: Final = tuple(
    form for form in FORMS if form not in ("month_ending", "quarter_ending", "year_ending", "financial_years")
)


@dataclass(frozen=True)
class Guess:
    """What a column seems to hold: guessed, and for a person to confirm."""

    letter: str
    heading: str
    type: str
    """text, number, integer or date."""
    blank: float
    """Share of the rows in which it is blank, 0 to 1."""
    date_forms: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """Older marks that stand among its figures."""
    period_form: str | None = None
    """The form in which every cell is a period."""
    area_by: str | None = None
    """code or name: every cell is one of a known area."""


def guess(at: int, heading: str, cells: Sequence[Cell | None], areas: AreaIndex | None) -> Guess:
    """What the column at a position (from 0) seems to hold. `cells` are those below its heading."""
    different = dict.fromkeys((cell.__class__, cell) for cell in cells if as_text(cell))
    filled = [cell for _, cell in different]
    blank = sum(1 for cell in cells if not as_text(cell)) / len(cells) if cells else 1.0
    kind, forms, marks = _type(filled)
    period, place = None, None
    if filled:
        texts = [as_text(cell) for cell in filled]
        period = _period(texts, heading, kind) if blank == 0 else None
        place = _area(texts, areas) if blank == 0 and areas is not None and kind == "text" else None
    return Guess(letter_of(at), heading, kind, blank, forms, marks, period, place)


def _type(cells: Sequence[Cell | None]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    texts = [as_text(cell) for cell in cells]
    if not texts or any(text.isdigit() and text != "0" and text[0] == "0" for text in texts):
        return "text", (), ()  # a code that begins with a nought is no number
    marks = tuple(mark for mark in OLDER_MARKS if mark in texts)
    for kind in ("integer", "number"):
        if _all_read(cells, Column(header="x", type=kind), marks):
            return kind, (), marks
    for forms in ((), *((form,) for form in _OTHER_DATES)):
        if _all_read(cells, Column(header="x", type="date", date_forms=forms), ()):
            return "date", forms, ()
    return "text", (), ()


def _all_read(cells: Sequence[Cell | None], column: Column, marks: Sequence[str]) -> bool:
    """Every cell can be read, and some cell is more than a mark."""
    older = {mark: OLDER_MARKS[mark] for mark in marks}
    some = False
    for cell in cells:
        value = read_value(cell, column, older)
        if value.unreadable is not None:
            return False
        some = some or value.number is not None or value.day is not None
    return some


def _period(texts: Sequence[str], heading: str, kind: str) -> str | None:
    told = any(word in heading.casefold() for word in ("year", "month", "quarter", "period", "date"))
    if kind in ("integer", "number") and not told:
        return None
    for form in _PERIODS:
        if all(parse_period(text, (form,)) for text in texts):
            return form
    return None


def _area(texts: Sequence[str], areas: AreaIndex | None) -> str | None:
    if areas is None:
        return None
    if all(areas.by_code(text) for text in texts):
        return "code"
    return "name" if all(areas.by_name(text) for text in texts) else None
