"""A measure put into the catalogue file as text, so that every comment and the layout stay as they were."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ruamel.yaml.comments import CommentedMap

from pipelines.authoring.block import block_of
from scorecard.catalogue import Fault, examine
from scorecard.catalogue.yaml_file import YamlFile, read_yaml
from scorecard.errors import CatalogueError, SettingError

_LINES: Final = re.compile(r"(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])")
"""Where a line ends, as YAML counts lines."""
_PLAN_B: Final = "Show the block with --print, and put it where it belongs by hand."


def add_to_file(path: Path, measure_id: str, entry: Mapping[str, Any]) -> int:
    """Write the measure after the last one of its theme, else after the last of all; returns its line (1-based).

    The whole file as it would be is examined first. Raises CatalogueError, with every fault, or SettingError, and
    then the file is as it was; it is replaced in one step.
    """
    place = path.resolve()
    try:
        before, file = place.read_bytes(), read_yaml(path)
        if isinstance(file, Fault):
            raise CatalogueError(f"{path.name} cannot be read.", faults=(str(file),))
        text, line = _with_measure(file, before.decode("utf-8"), measure_id, entry)
        _examine(file, text, measure_id)
        if place.read_bytes() != before:
            raise SettingError(f"{path.name} was changed by somebody else meanwhile.", fix="Run the command again.")
        _replace(place, text)
    except OSError as fault:
        raise SettingError(
            f"{path} could not be written.", why=f"{fault.strerror or fault}.", fix="Nothing was changed. " + _PLAN_B
        ) from fault
    return line


def _with_measure(file: YamlFile, text: str, measure_id: str, entry: Mapping[str, Any]) -> tuple[str, int]:
    """The text of the file with the measure in it, and the line it begins on."""
    measures = file.tree["measures"]
    if not isinstance(measures, CommentedMap) or measures.fa.flow_style():
        raise SettingError(f"The measures of {file.name} stand in braces, so none can be put among them.", fix=_PLAN_B)
    lines = _LINES.split(text)
    starts = [measures.lc.key(name)[0] for name in measures]
    indent = measures.lc.key(next(iter(measures)))[1]
    same_theme = [at for at, name in enumerate(measures) if measures[name].get("theme") == entry["theme"]]
    last = same_theme[-1] if same_theme else len(starts) - 1
    after = _end_of(lines, starts[last], starts[last + 1] if last + 1 < len(starts) else len(lines), indent)
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    block = "".join(f"{line}{newline}" for line in ["", *block_of(measure_id, entry, indent)])
    head = "".join(lines[:after])
    head += "" if head.endswith(("\n", "\r")) else newline
    return head + block + "".join(lines[after:]), after + 2


def _end_of(lines: list[str], start: int, bound: int, indent: int) -> int:
    """The line after the last one of the measure that begins at `start`; what stands before the next is not its own."""

    def margin(line: str) -> int:
        return len(line) - len(line.lstrip(" "))

    for at in range(start + 1, bound):
        if lines[at].strip() and not lines[at].lstrip().startswith("#") and margin(lines[at]) <= indent:
            bound = at
            break
    while bound > start + 1:
        line = lines[bound - 1]
        is_note_of_next = line.lstrip().startswith("#") and margin(line) <= indent
        if line.strip() and not is_note_of_next:
            break
        bound -= 1
    return bound


def _examine(was: YamlFile, text: str, measure_id: str) -> None:
    """Examine the file as it would be, and that it is what it was but for the one measure."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / was.name
        copy.write_bytes(text.encode("utf-8"))
        _, faults = examine(copy)
        would_be = read_yaml(copy)
    if faults:
        raise CatalogueError(
            f"With this measure {was.name} would have faults, so nothing was written.",
            faults=tuple(str(fault) for fault in faults),
            fix="The lines are those that it would have had. " + _PLAN_B,
        )
    held = would_be.values if isinstance(would_be, YamlFile) else {"measures": {}}
    rest = {name: each for name, each in held["measures"].items() if name != measure_id}
    if {**held, "measures": rest} != was.values:
        raise SettingError(f"{was.name} is laid out in a way that a block cannot be put into.", fix=_PLAN_B)


def _replace(place: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(place, aside)
        os.replace(aside, place)
    finally:
        aside.unlink(missing_ok=True)
