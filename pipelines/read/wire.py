"""What goes over the pipes between a run and the process that reads for it: frames of JSON, dates marked as such.

Not pickle: whatever a hostile file made of the reading process, all it can send is cells.
"""

import json
import struct
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from pipelines.problem_codes import Code

LENGTH: Final = struct.Struct(">I")
LONGEST_FRAME: Final = 1 << 28
"""Bytes; cells are sent in portions far below it."""


class Unusable(Exception):
    """Why a file cannot be used, found where problems cannot be made: its code and a sentence for whoever sent it."""

    def __init__(self, code: Code, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def frame(message: Any) -> bytes:
    """The message as it goes over the pipe."""
    body = json.dumps(message, default=_marked, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return LENGTH.pack(len(body)) + body


def unframe(body: bytes) -> Any:
    """The message in a frame, without its length. Raises ValueError when it is none."""
    return json.loads(body, object_hook=_unmarked)


def _marked(cell: Any) -> dict[str, Any]:
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time):
        return {"h": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"s": [cell.days, cell.seconds, cell.microseconds]}
    raise TypeError(f"a cell cannot be a {type(cell).__name__}")


def _unmarked(said: dict[str, Any]) -> Any:
    if len(said) == 1:
        if "d" in said:
            return date.fromisoformat(said["d"])
        if "t" in said:
            return datetime.fromisoformat(said["t"])
        if "h" in said:
            return time.fromisoformat(said["h"])
        if "s" in said:
            return timedelta(*said["s"])
    return said
