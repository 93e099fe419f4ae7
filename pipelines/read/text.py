"""A text file looked over once: is it text at all, in which encoding, and what is in it that needs care."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.kinds import TEXT, UNKNOWN, kind_of
from scorecard.catalogue import Severity, Source
from scorecard.wording import joined

WORDS: Final = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16 (little-endian)",
    "utf-16-be": "UTF-16 (big-endian)", "cp1252": "Windows (cp1252)", "cp850": "DOS (cp850)",
}  # fmt: skip
"""Encodings as people know them."""
CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no text has; tabs and line breaks are text."""
LONGEST_LINE: Final = 20_000_000
"""Characters; a row of 2,000 columns has a few hundred thousand at most."""
_CONTROL_BYTES: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_NOTHING: Final = b"\x00\r\n\t ,;|\x1a\xef\xbb\xbf\xff\xfe"
_CHUNK: Final = 1_000_000
_MOST_NULLS: Final = 0.1
"""Share of bytes; a text with more of them is one of two-byte characters."""


@dataclass(frozen=True)
class Text:
    """What one pass over a text file found."""

    encoding: str
    has_quotes: bool = False
    """The contract's quotation mark or escape character stands somewhere."""
    has_controls: bool = False
    has_bare_returns: bool = False
    """Some line ends with a carriage return alone."""

    @property
    def is_plain(self) -> bool:
        """Every line can be split at the delimiter, and nothing else needs looking at."""
        return not (self.has_quotes or self.has_controls or self.has_bare_returns)


def look_over(file: Path, source: Source) -> Text:
    """Find the first encoding of the contract that fits the whole file, and what is in it.

    A byte-order mark decides. Raises Refused when the file is empty, is no text, or no encoding fits.
    """
    with file.open("rb") as stream:
        start = stream.read(4096)
    if not any(chunk.strip(_NOTHING) for chunk in _chunks(file)):
        raise _refused(Code.empty_file, "The file is empty: it has no rows in it.")
    kind = kind_of(file)
    if kind not in (TEXT, UNKNOWN):
        sentence = f"It should be delimited text such as CSV, and its content is of another format: {kind}."
        raise _refused(Code.format_mismatch, sentence)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    candidates = (marked,) if marked else tuple(name for name in source.encodings if name != "utf-16")
    faults = []
    for encoding in candidates if marked != "utf-32" else ():
        found = _try(file, encoding, "".join(filter(None, (source.quote, source.escape))))
        if isinstance(found, Text):
            return found
        faults.append(f"{WORDS[encoding]} ({found})")
    raise _refused(Code.unreadable_encoding, _no_encoding(source.encodings, faults, start))


def _no_encoding(encodings: Sequence[str], faults: list[str], start: bytes) -> str:
    looks = ""
    if start[1::2].count(0) > len(start) // 4 or start[::2].count(0) > len(start) // 4:
        end = "le" if start[1::2].count(0) > start[::2].count(0) else "be"
        looks = f" Every second byte is null, so it may be UTF-16: then name utf-16-{end} under 'encodings'."
    tried = joined(faults) or joined([WORDS[name] for name in encodings])
    return f"Its text is in no encoding of its contract, or it is not a text file at all. Tried: {tried}.{looks}"


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _try(file: Path, encoding: str, marks: str) -> Text | str:
    """What is in the file, or why the encoding does not fit. Raises Refused for a line without end."""
    decode = codecs.getincrementaldecoder(encoding)("strict").decode
    wide = encoding.startswith("utf-16")
    quoted = controls = False
    size = nulls = returns = pairs = line = 0
    last = ""
    try:
        for chunk in _chunks(file):
            text = decode(chunk)
            controls = controls or _has_controls(text, chunk, wide)
            quoted = quoted or any(mark in text for mark in marks)
            size, nulls = size + len(text), nulls + (text.count("\x00") if controls else 0)
            returns, pairs = (
                returns + text.count("\r"),
                pairs + text.count("\r\n") + (last == "\r" and text[:1] == "\n"),
            )
            last = text[-1:] or last
            line = _left_open(text, line)
        decode(b"", True)
    except UnicodeDecodeError as fault:
        return f"byte {fault.object[fault.start]:02x} in {_row_of(file, encoding)} is none"
    if nulls > size * _MOST_NULLS:
        return "it has too many null bytes"
    return Text(encoding, quoted, controls, returns != pairs)


def _has_controls(text: str, chunk: bytes, wide: bool) -> bool:
    if wide:
        return CONTROLS.search(text) is not None
    return len(chunk.translate(None, _CONTROL_BYTES)) != len(chunk)


def _left_open(text: str, before: int) -> int:
    """Characters since the last line break, `before` of them in earlier chunks."""
    ends = [at for at in (text.rfind("\n"), text.rfind("\r")) if at >= 0]
    length = before + len(text) if not ends else len(text) - max(ends) - 1
    if length > LONGEST_LINE:
        sentence = f"A line of it is longer than {LONGEST_LINE:,} characters; that is the limit for one row."
        raise _refused(Code.file_too_large, sentence)
    return length


def _row_of(file: Path, encoding: str) -> str:
    """Where the first byte stands that cannot be decoded: "row 12"."""
    decode, row = codecs.getincrementaldecoder(encoding)("strict").decode, 1
    with file.open("rb") as stream:
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            try:
                row += _breaks(decode(chunk))
            except UnicodeDecodeError as fault:
                return f"row {row + _breaks(fault.object[: fault.start].decode(encoding, 'ignore')):,}"
    return "its last row"


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _refused(code: Code, sentence: str) -> Refused:
    return Refused(Problem(code, Severity.refuse, sentence))
