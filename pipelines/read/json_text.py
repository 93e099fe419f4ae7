"""The text of a JSON file, gone through item by item and strictly."""

import json
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from pipelines.problems import Code, Problem, Refused
from scorecard.catalogue import Severity
from scorecard.wording import joined

_BLANKS: Final = " \t\n\r"


class JsonText:
    """The items of the one list in a JSON text, or of JSON Lines. Every `items()` begins anew."""

    def __init__(self, text: str, records_at: str | None, lines: bool) -> None:
        self.has_escapes = "\\u" in text
        self._text, self._lines = text, lines
        self._path = records_at.split(".") if records_at else []
        # Numbers stay text, so that 0.10 keeps its nought and no digit of a long one is lost.
        decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_float=str, parse_int=self._integer, parse_constant=self._no_number
        )
        self._decoder, self._at = decoder, 0

    def items(self) -> Iterator[Any]:
        """Each object or list. Raises Refused (malformed_json) with the line where the text is no JSON."""
        if self._lines:
            yield from self._of_lines()
            return
        self._at = 0
        yield from self._within(self._path)
        self._skip()
        if self._at < len(self._text):
            hint = " It looks like JSON Lines (an object a line)." if self._text.lstrip()[:1] == "{" else ""
            self._refuse(f"After the end of the list there is more text.{hint}")

    def place_of(self, number: int) -> str:
        """How to name the item with this number."""
        return f"Item {number} of the list" if not self._lines else f"Object {number}"

    def refused(self, sentence: str) -> Refused:
        """A refusal that names the line being read."""
        row = self._text.count("\n", 0, self._at) + 1
        return Refused(Problem(Code.malformed_json, Severity.refuse, f"{sentence} (Line {row} of the JSON.)", row=row))

    def _of_lines(self) -> Iterator[Any]:
        end = -1
        while end < len(self._text):
            start, end = end + 1, self._text.find("\n", end + 1)
            end = len(self._text) if end < 0 else end
            self._at = start
            self._skip()
            if self._at >= end:
                continue
            item, line_end = self._value(), end
            self._skip()
            if self._at < min(line_end, len(self._text)):
                self._refuse("There must be one object a line, and this line has more.")
            if isinstance(item, list) and item and isinstance(item[0], dict):
                self._refuse("It is one JSON list, not JSON Lines; the contract's format would be json.")
            self._at = start
            yield item

    def _within(self, path: list[str]) -> Iterator[Any]:
        self._skip()
        if not path:
            if self._text[self._at : self._at + 1] != "[":
                self._value()
                where = f" at {'.'.join(self._path)}" if self._path else ""
                hint = " Name the way to the list under 'records_at'." if not self._path else ""
                self._refuse(f"There is no list of records{where}.{hint}")
            yield from self._list()
            return
        if self._text[self._at : self._at + 1] != "{":
            self._refuse(f"There is no '{path[0]}' where the list of records should be.")
        found = False
        names: set[str] = set()
        for name in self._names():
            if name in names:
                self._refuse(f"The key '{name[:60]}' stands twice in one object.")
            names.add(name)
            if name == path[0]:
                found = True
                yield from self._within(path[1:])
            else:
                self._value()
        if not found:
            told = f"; it has {joined([repr(name) for name in sorted(names)[:8]])}" if names else ""
            self._refuse(f"There is no '{path[0]}' on the way to the list of records{told}.")

    def _names(self) -> Iterator[str]:
        """The keys of the object that begins here; each value must be taken before the next key is asked for."""
        self._at += 1
        self._skip()
        if self._taken("}"):
            return
        while True:
            self._skip()
            if self._text[self._at : self._at + 1] != '"':
                self._refuse("A key in quotation marks is missing.")
            name = self._value()
            self._skip()
            if not self._taken(":"):
                self._refuse("A colon is missing after a key.")
            yield name
            self._skip()
            if self._taken("}"):
                return
            if not self._taken(","):
                self._refuse("A comma or a closing bracket is missing.")

    def _list(self) -> Iterator[Any]:
        self._at += 1
        self._skip()
        if self._taken("]"):
            return
        while True:
            yield self._value()
            self._skip()
            if self._taken("]"):
                return
            if not self._taken(","):
                self._refuse("A comma or a closing bracket is missing.")

    def _value(self) -> Any:
        self._skip()
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as fault:
            self._at = fault.pos
            self._refuse(f"It is no valid JSON: {fault.msg}.")
        except RecursionError:
            self._refuse("It is nested too deeply to be a table.")
        except ValueError as fault:
            self._refuse(f"It is no valid JSON: {fault}.")
        return value

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in _BLANKS:
            self._at += 1

    def _taken(self, mark: str) -> bool:
        if self._text[self._at : self._at + 1] != mark:
            return False
        self._at += 1
        return True

    def _refuse(self, sentence: str) -> NoReturn:
        raise self.refused(sentence)

    @staticmethod
    def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            doubled = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"the key '{doubled[:60]}' stands twice in one object")
        return found

    @staticmethod
    def _integer(digits: str) -> int | str:
        return int(digits) if len(digits) <= 15 else digits

    @staticmethod
    def _no_number(name: str) -> NoReturn:
        raise ValueError(f"{name} is no number")
