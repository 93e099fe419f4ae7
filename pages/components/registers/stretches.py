"""Words kept together in stretches, so that a column of sentences stays wide enough to be read on a phone."""

from typing import Final

READABLE: Final = 22
"""Letters of a stretch: a column is no narrower than the longest of them."""
WHY: Final = "Why it stands where it does".replace(" ", "\N{NO-BREAK SPACE}")
"""Heading of a column of sentences: wider than their stretches, so that none is a hair wider than its cell."""


def kept(words: str, letters: int = READABLE) -> str:
    """The same words, with spaces that do not break within stretches of at most `letters`."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + len(word) < letters:
            lines[-1] += f"\N{NO-BREAK SPACE}{word}"
        else:
            lines.append(word)
    return " ".join(lines)
