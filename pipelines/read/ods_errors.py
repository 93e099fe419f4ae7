"""Cells of an ODS sheet that show an error or hold a formula never worked out."""

import zipfile
from typing import Final

from pipelines.problem_codes import Code
from pipelines.read.cell_errors import UNFINISHED, is_error
from pipelines.read.wire import Unusable
from pipelines.read.workbook_xml import parse_part, plain_parser, stretches

_OVERLAP: Final = 1 << 14
_SHOWN: Final = (
    b'type="error"', b"type='error'", b">#N/A", b">#NAME?", b">#NUM!", b">#NULL!", b">#REF!", b">#DIV/0!", b">#VALUE!",
    b">Err:5",
)  # fmt: skip
_MOST: Final = 1_000_000

Found = dict[int, dict[int, str]]


def errors_in_ods(archive: zipfile.ZipFile, part: str) -> dict[str, Found]:
    """Sheet → row (from 0) → column (from 0) → error or UNFINISHED, of the sheets of an ODS workbook that have any."""
    if not any(_is_suspect(window) for window in stretches(archive, part, _OVERLAP)):
        return {}
    cells = _Cells()
    parse_part(cells.parser, archive, part)
    return cells.found


def _is_suspect(window: bytes) -> bool:
    return any(each in window for each in _SHOWN) or _has_unfinished(window)


def _has_unfinished(window: bytes) -> bool:
    """Whether a cell with a formula may be without type and text. What is cut off at the end is in the next stretch."""
    at = -1
    while (at := window.find(b":formula=", at + 1)) >= 0:
        start, end = window.rfind(b"<", 0, at), window.find(b">", at)
        if 0 <= end < len(window) - 20 and b"value-type" not in window[start:end]:
            following = window[end + 1 : end + 20].lstrip()
            if window[end - 1 : end] == b"/" or not following.startswith(b"<text:p"):
                return True
    return False


class _Cells:
    """Goes through the XML of a workbook and keeps what cells show in place of a value."""

    def __init__(self) -> None:
        self.parser = plain_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text
        self.in_sheet, self.aside = False, 0
        self.found: dict[str, Found] = {}
        self.in_this: Found = {}
        self.row, self.rows, self.column = 0, 1, 0
        self.in_row: dict[int, str] = {}
        self.cell: dict[str, str] | None = None
        self.shown, self.has_text = "", False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if kind == "table":
            self.in_sheet, self.row = True, 0
            self.in_this = self.found.setdefault(plain.get("name", ""), {})
        elif not self.in_sheet:
            return
        elif kind == "annotation":
            self.aside += 1
        elif kind == "table-row":
            self.rows, self.column, self.in_row = int(plain.get("number-rows-repeated", 1)), 0, {}
        elif kind.endswith("table-cell"):
            own_types = [value for key, value in attributes.items() if key.endswith(":value-type")]
            self.cell = plain | {"types": " ".join(own_types)}
            self.shown, self.has_text = "", False
        elif kind == "p":
            self.has_text = True

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind == "table":
            self.in_sheet = False
        elif not self.in_sheet:
            return
        elif kind == "annotation":
            self.aside -= 1
        elif kind.endswith("table-cell"):
            self._keep()
        elif kind == "table-row":
            if self.in_row:
                for row in range(self.row, self.row + min(self.rows, _MOST + 1)):
                    self.in_this[row] = self.in_row
                if len(self.in_this) > _MOST:
                    raise Unusable(Code.file_too_large, f"More than {_MOST:,} rows of the sheet show errors.")
            self.row += self.rows

    def _keep(self) -> None:
        cell, self.cell = self.cell or {}, None
        repeated = int(cell.get("number-columns-repeated", 1))
        text = self.shown.strip()
        error = ""
        if is_error(text) or "error" in cell.get("types", "").split():
            error = text or "#N/A"
        elif "formula" in cell and not cell["types"] and not self.has_text:
            error = UNFINISHED
        if error:
            self.in_row |= dict.fromkeys(range(self.column, self.column + min(repeated, 2_000)), error)
        self.column += repeated

    def _text(self, text: str) -> None:
        if self.cell is not None and not self.aside:
            self.shown += text
