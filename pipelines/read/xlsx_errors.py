"""Cells of an XLSX sheet that show an error or hold a formula never worked out, which calamine gives as blank."""

import re
import zipfile
from collections.abc import Mapping
from posixpath import join, normpath
from typing import Final

from pipelines.problem_codes import Code
from pipelines.read.biff import sheet_relations
from pipelines.read.cell_errors import UNFINISHED
from pipelines.read.wire import Unusable
from pipelines.read.workbook_xml import parse_part, plain_parser, stretches

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""In a part written so the patterns would find nothing."""
_OVERLAP: Final = 1 << 16
"""Longer than any cell with a formula; formulas have at most 8,192 characters."""
_NO_VALUE: Final = re.compile(
    rb"""<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f\s*>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v\s*>)?\s*</(?:\w+:)?c\s*>"""
)
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def errors_in_part(archive: zipfile.ZipFile, part: str) -> dict[int, dict[int, str]]:
    """Row (from 0) → column (from 0) → error or UNFINISHED, of the sheet in this part of an XLSX workbook."""
    if not any(_is_suspect(window) for window in stretches(archive, part, _OVERLAP)):
        return {}
    cells = _Cells()
    parse_part(cells.parser, archive, part)
    return cells.found


def _is_suspect(window: bytes) -> bool:
    """Whether an error or an unfinished formula may be in this stretch; looking for few bytes is soonest done."""
    if window.startswith(_UTF_16) or b'"e"' in window or b"'e'" in window:
        return True
    return (b"<f" in window or b":f" in window) and _NO_VALUE.search(window) is not None


class _Cells:
    """Goes through the XML of a sheet and keeps the cells that hold no value although they show something."""

    def __init__(self) -> None:
        self.parser = plain_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text
        self.found: dict[int, dict[int, str]] = {}
        self.row, self.column, self.kind = -1, -1, "n"
        self.has_formula, self.in_value, self.value = False, False, ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
            case "c":
                self._place(attributes.get("r"))
                self.kind, self.has_formula, self.value = attributes.get("t", "n"), False, ""
            case "f":
                self.has_formula = True
            case "v":
                self.in_value = True

    def _place(self, reference: str | None) -> None:
        match = _REFERENCE.fullmatch(reference) if reference else None
        self.column += 1
        if match:
            self.row = int(match[2]) - 1
            self.column = column_of(match[1])

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v":
                self.in_value = False
            case "c" if self.kind == "e":
                self._keep(self.value.strip() or "#N/A")
            case "c" if self.has_formula and not self.value.strip() and self.kind in ("n", "d", "b"):
                self._keep(UNFINISHED)

    def _text(self, text: str) -> None:
        if self.in_value:
            self.value += text

    def _keep(self, shown: str) -> None:
        self.found.setdefault(self.row, {})[self.column] = shown


def column_of(letters: str) -> int:
    """Position from 0 of a column named by letters."""
    position = 0
    for letter in letters.upper():
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def part_of(archive: zipfile.ZipFile, parts: Mapping[str, str], sheet: str) -> str:
    """The part of an XLSX or XLSB workbook that holds a sheet. Raises Unusable when it cannot be told."""
    workbook = next((name for name in ("xl/workbook.xml", "xl/workbook.bin") if name in parts), None)
    if workbook is None:
        workbook = next((low for low in parts if re.search(r"(^|/)workbook\d*\.(xml|bin)$", low)), "")
    folder, _, name = workbook.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
    if workbook and relations:
        targets = {one["Id"]: one["Target"] for one in _elements(archive.read(relations), "Relationship")}
        content = archive.read(parts[workbook])
        named = sheet_relations(content) if name.endswith(".bin") else _named_in_xml(content)
        target = targets.get(named.get(sheet, ""))
        if target is not None:
            place = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            if place.lower() in parts:
                return parts[place.lower()]
    raise Unusable(Code.damaged_workbook, f"In the workbook it is not said which part holds the sheet '{sheet}'.")


def _named_in_xml(content: bytes) -> dict[str, str]:
    return {
        one["name"]: next((value for key, value in one.items() if key.rpartition(":")[2] == "id"), "")
        for one in _elements(content, "sheet")
        if "name" in one
    }


def _elements(content: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = plain_parser()
    parser.StartElementHandler = start
    parser.Parse(content, True)
    return found
