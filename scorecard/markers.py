"""Shorthand in official tables: the marks that stand beside or instead of a figure.

Source: Government Analysis Function guidance on symbols in tables, and the older marks ( .. : - * )
that published tables still use. A source's contract says what an older mark means in that source.
"""

import re
from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "b": "break in the series",
    "c": "suppressed to protect confidentiality",
    "e": "estimated",
    "er": "error in the source",
    "f": "forecast",
    "i": "imputed",
    "k": "rounds to zero",
    "low": "rounds to zero",
    "n": "no data because of a reorganisation",
    "p": "provisional",
    "r": "revised",
    "s": "suppressed because of doubts about quality",
    "u": "low reliability",
    "w": "none recorded",
    "x": "not available",
    "z": "not applicable",
}

_BRACKETED = re.compile(r"\[\s*([a-z]+)\s*\d*\s*\]", re.IGNORECASE)


def take_marker(text: str, older: Mapping[str, str] | None = None) -> tuple[str, str | None]:
    """Split a cell into what is left of its text and its marker, if it carries one.

    `older` maps a source's own marks to the standard ones, e.g. {"..": "x"}; they count only as a whole cell.
    Returns the text unchanged with None when there is no known marker, so that "[abc]" is still a fault.
    """
    stripped = text.strip()
    if older and stripped in older:
        return "", older[stripped]
    match = _BRACKETED.search(stripped)
    if match and match.group(1).lower() in WORDS:
        return (stripped[: match.start()] + stripped[match.end() :]).strip(), match.group(1).lower()
    return text, None


def in_words(marker: str | None) -> str:
    """The marker spelt out for a reader, e.g. "provisional"; empty when there is none."""
    return WORDS.get(marker, f"marked [{marker}]") if marker else ""
