"""What a file is by its first bytes, whatever its name says."""

from pathlib import Path
from typing import Final

from pipelines.problems import Code, Problem, Refused
from scorecard.catalogue import Severity

ZIP: Final = "a ZIP archive"
OLE: Final = "an Excel 97-2003 workbook or a file locked with a password"
PARQUET: Final = "a Parquet file"
GZIP: Final = "a file packed with gzip"
TEXT: Final = "text"
OLD_WORKBOOK: Final = "a workbook of Excel 4 or older"
WEB_PAGE: Final = "a web page (HTML)"
XML: Final = "an XML document"
UNKNOWN: Final = "of no kind that is known"

_MARKS: Final = (
    (b"PK\x03\x04", ZIP), (b"PK\x05\x06", ZIP), (b"PK\x07\x08", ZIP), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"PAR1", PARQUET), (b"PARE", PARQUET), (b"\x1f\x8b", GZIP), (b"%PDF-", "a PDF document"),
    (b"\x28\xb5\x2f\xfd", "a file packed with Zstandard"), (b"BZh", "a file packed with bzip2"),
    (b"\xfd7zXZ\x00", "a file packed with xz"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"), (b"{\\rtf", "a Rich Text document"), (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
)  # fmt: skip
_OLDEST_EXCEL: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_LOOKED_AT: Final = 1024


def kind_of(location: Path) -> str:
    """What the file is, in words, one of the constants of this module or another. Raises OSError."""
    with location.open("rb") as stream:
        start = stream.read(_LOOKED_AT)
    for mark, kind in _MARKS:
        if start.startswith(mark):
            return kind
    if start.startswith(_OLDEST_EXCEL):
        return OLD_WORKBOOK
    return _kind_of_text(start)


def _kind_of_text(start: bytes) -> str:
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if bare.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")):
        return WEB_PAGE
    if bare.startswith(b"<?xml"):
        return WEB_PAGE if b"<html" in bare else XML
    controls = sum(byte < 9 or 13 < byte < 27 for byte in start)
    marked = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return TEXT if marked or controls * 50 <= len(start) else UNKNOWN


def refuse_unless(location: Path, wanted: tuple[str, ...], called: str, suffix: str | None = None) -> None:
    """Raise Refused (empty_file, format_mismatch) unless the first bytes are of a wanted kind, which is `called` so.

    `suffix` is the ending of its name, where the file does not lie under its own name.
    """
    if location.stat().st_size == 0:
        raise Refused(Problem(Code.empty_file, Severity.refuse, f"The file is empty; the format wanted is {called}."))
    found = kind_of(location)
    if found in wanted:
        return
    ending = location.suffix if suffix is None else suffix
    name = f"Its name ends in {ending}, but its" if ending else "Its"
    said = "text, such as CSV" if found == TEXT else found
    sentence = f"{name} content is {said}; the format wanted is {called}."
    raise Refused(Problem(Code.format_mismatch, Severity.refuse, sentence))
