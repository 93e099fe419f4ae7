"""An entry of the catalogue as text: a block of YAML as the rest of the file is written."""

import io
from collections.abc import Mapping
from itertools import accumulate
from textwrap import wrap
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString

WIDTH: Final = 110
ON_ONE_LINE: Final = frozenset({"figures", "calculate", "out_of", "values", "where"})
"""Small maps that stand in braces."""


def block_of(measure_id: str, entry: Mapping[str, Any], indent: int = 2) -> list[str]:
    """The lines of a measure, every one indented by so many spaces, without line ends."""
    yaml = YAML()
    yaml.width = WIDTH - indent
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(CommentedMap({measure_id: _map(entry)}), stream)
    return [f"{' ' * indent}{line}".rstrip() for line in stream.getvalue().splitlines()]


def _map(entry: Mapping[str, Any]) -> CommentedMap:
    found = CommentedMap()
    for name, value in entry.items():
        if isinstance(value, Mapping):
            found[name] = _map(value)
            if name in ON_ONE_LINE:
                found[name].fa.set_flow_style()
        elif isinstance(value, list):
            found[name] = CommentedSeq([_target(each) if isinstance(each, Mapping) else each for each in value])
            if not any(isinstance(each, Mapping) for each in value):
                found[name].fa.set_flow_style()
        else:
            found[name] = _folded(value) if name in {"definition", "counted"} else value
    return found


def _target(entry: Mapping[str, Any]) -> CommentedMap:
    """In braces where it fits on a line; a profile of twelve months does not."""
    found = _map(entry)
    if len(entry.get("values", ())) <= 4:
        found.fa.set_flow_style()
    else:
        found["values"].fa.set_block_style()
    return found


def _folded(text: str) -> object:
    """A text too long for one line as ">-", with the breaks where the lines are full."""
    lines = wrap(text, WIDTH - 10, break_long_words=False, break_on_hyphens=False)
    if len(text) <= WIDTH - 20 or not text.isprintable() or " ".join(lines) != text:
        return text
    folded = FoldedScalarString(text)
    ends = list(accumulate(len(line) + 1 for line in lines[:-1]))
    folded.fold_pos = [end - 1 for end in ends]
    return folded
