"""Errors in the binary formats of Excel: XLSB, and the records of XLS."""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

from pipelines.read.cell_errors import OF_EXCEL
from pipelines.read.compound_file import stream_of

_BOUND_SHEET: Final = 0x0085
_START, _END = 0x0809, 0x000A
_ERROR_OR_TRUTH, _FORMULA = 0x0205, (0x0006, 0x0206, 0x0406)
_XLSB_ROW, _XLSB_ERROR, _XLSB_FORMULA_ERROR, _XLSB_SHEET = 0, 3, 11, 156

Found = dict[int, dict[int, str]]


def errors_in_xls(file: str, at: int) -> Found:
    """Row (from 0) → column (from 0) → error, of the sheet at this position of an XLS workbook."""
    content = stream_of(file, ("workbook", "book"))
    starts = [unpack_from("<I", body)[0] for kind, body in _xls_records(content, 0) if kind == _BOUND_SHEET]
    found: Found = {}
    if at >= len(starts):
        return found
    depth = 0
    for kind, body in _xls_records(content, starts[at]):
        depth += (kind == _START) - (kind == _END)
        if depth == 0:
            break
        if depth > 1:
            continue  # a chart within the sheet
        if kind == _ERROR_OR_TRUTH and len(body) >= 8 and body[7]:
            code = body[6]
        elif kind in _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            code = body[8]
        else:
            continue
        row, column = unpack_from("<HH", body)
        found.setdefault(row, {})[column] = OF_EXCEL.get(code, "#UNKNOWN!")
    return found


def _xls_records(content: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(content):
        kind, length = unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + length]
        at += 4 + length


def errors_in_xlsb(content: bytes) -> Found:
    """Row (from 0) → column (from 0) → error, of a sheet's part of an XLSB workbook."""
    found: Found = {}
    row = 0
    for kind, start, length in _xlsb_records(content):
        if kind == _XLSB_ROW and length >= 4:
            row = unpack_from("<I", content, start)[0]
        elif kind in (_XLSB_ERROR, _XLSB_FORMULA_ERROR) and length >= 9:
            column = unpack_from("<I", content, start)[0]
            found.setdefault(row, {})[column] = OF_EXCEL.get(content[start + 8], "#UNKNOWN!")
    return found


def sheet_relations(content: bytes) -> dict[str, str]:
    """Sheet name → identity of its relation, from the main part of an XLSB workbook."""
    found = {}
    for kind, start, length in _xlsb_records(content):
        if kind == _XLSB_SHEET:
            texts: list[str] = []
            at = start + 8
            while at + 4 <= start + length and len(texts) < 2:
                size = unpack_from("<I", content, at)[0] * 2
                texts.append(content[at + 4 : at + 4 + size].decode("utf-16-le", "replace"))
                at += 4 + size
            if len(texts) == 2:
                found[texts[1]] = texts[0]
    return found


def _xlsb_records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind of each record, where its body starts and how long it is."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < end:
            byte = content[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, at, min(length, end - at)
        at += length
