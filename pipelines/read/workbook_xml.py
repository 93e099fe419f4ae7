"""The XML inside a workbook: gone through in stretches, parsed without anything that it declares for itself."""

import zipfile
from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from pipelines.problem_codes import Code
from pipelines.read.wire import Unusable

_CHUNK: Final = 1 << 20


def stretches(archive: zipfile.ZipFile, part: str, overlap: int) -> Iterator[bytes]:
    """The bytes of a part in stretches, each of which begins with the last `overlap` bytes of the one before."""
    with archive.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            yield (window := tail + chunk)
            tail = window[-overlap:]


def parse_part(parser: expat.XMLParserType, archive: zipfile.ZipFile, part: str) -> None:
    """Let a parser go through a part. Raises expat.ExpatError or Unusable."""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def plain_parser() -> expat.XMLParserType:
    """A parser that takes no declarations of its own in a document: they are how a few lines become gigabytes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise Unusable(Code.damaged_workbook, "The workbook declares XML entities, which no spreadsheet program does.")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
