"""One word of the glossary."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word, its meaning in a sentence or two, and the ids of words that belong with it."""

    word: str
    meaning: str
    see: tuple[str, ...] = ()
