"""How originals are named in the archive below the data folder."""

from pathlib import Path
from typing import Final

FOLDER: Final = "archive"
_LONGEST_ENDING: Final = 10


def original_name(sha256: str, path: str) -> str:
    """The hash of a version, with the ending of its file's name: 4f5a….csv."""
    ending = Path(path).suffix.lower()
    is_plain = ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= _LONGEST_ENDING
    return f"{sha256}{ending if is_plain else ''}"
