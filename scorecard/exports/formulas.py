"""Text that a spreadsheet would take for a formula, made harmless in files that carry no types."""

import re
from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SIGNED_NUMBER: Final = re.compile(r"[+-](?:[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?")
QUOTE: Final = "'"


def defused(text: str) -> str:
    """The text with a quote before it where a spreadsheet would run it, or where it would look as if one stood there.

    Text that is a signed number, or a lone sign that stands for "no figure", does nothing and stays.
    """
    bare = text.lstrip(QUOTE)
    return f"{QUOTE}{text}" if _is_live(bare) else text


def _is_live(text: str) -> bool:
    if not text.lstrip(" \u00a0").startswith(_STARTS):
        return False
    plain = text.strip()
    return len(plain) != 1 and not _SIGNED_NUMBER.fullmatch(plain)
