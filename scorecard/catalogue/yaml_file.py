"""A YAML file with the line of every entry, read without running anything it says."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from scorecard.catalogue.fault import Fault, Path

MOST_BYTES: Final = 5_000_000
"""A catalogue of 1,000 measures is under one megabyte."""
MOST_ENTRIES: Final = 500_000
"""Counted after aliases are followed: stops files that unfold into billions of entries."""
SHOWN: Final = 60
_PARSER_GIVES_UP: Final = (AttributeError, TypeError, KeyError, AssertionError)
"""What the parser lets out, besides its own errors, over an anchor that merges itself."""


@dataclass(frozen=True)
class YamlFile:
    """The plain values of a file, and the commented tree that knows their lines."""

    name: str
    values: dict[str, Any]
    tree: CommentedMap

    def line_of(self, path: Path) -> int:
        """1-based line of the deepest part of `path` that stands in the file."""
        node: Any = self.tree
        line = 0
        for part in path:
            if isinstance(node, CommentedMap) and part in node:
                line = node.lc.key(part)[0] + 1
            elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
                line = node.lc.item(part)[0] + 1
            else:
                continue
            node = node[part]
        return line or 1


def read_yaml(path: FilePath) -> YamlFile | Fault:
    """The file's values with their lines, or the fault that keeps it from being read at all."""
    name = path.name
    try:
        raw = path.read_bytes()
    except OSError as fault:
        return Fault(name, 0, "", f"cannot be read: {fault.strerror or fault}. Looked at {path}.")
    if len(raw) > MOST_BYTES:
        return Fault(name, 0, "", f"is {len(raw):,} bytes; a catalogue may have {MOST_BYTES:,}.")
    try:
        tree = YAML(typ="rt").load(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        return Fault(name, 0, "", f"is not UTF-8 text (byte {fault.start}). Save it as UTF-8.")
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        message = " ".join((fault.problem or "cannot be read as YAML").splitlines()[0].split())
        return Fault(name, mark.line + 1 if mark else 0, "", f"is not well-formed YAML: {message[:200]}.")
    except (YAMLError, ValueError, RecursionError) as fault:
        return Fault(name, 0, "", f"is not well-formed YAML: {str(fault).splitlines()[0][:200]}.")
    except _PARSER_GIVES_UP:
        return Fault(name, 0, "", "is not well-formed YAML: its anchors, aliases or merges (& * <<) lead nowhere.")
    if not isinstance(tree, CommentedMap):
        return Fault(name, 1, "", "should begin with entries such as 'council:', 'sources:' and 'measures:'.")
    try:
        return YamlFile(name, _plain(tree, [MOST_ENTRIES]), tree)
    except (OverflowError, RecursionError):
        return Fault(name, 0, "", f"unfolds into more than {MOST_ENTRIES:,} entries; remove the nested aliases.")
    except TypeError as fault:
        return Fault(name, 0, "", str(fault))


def _plain(node: Any, budget: list[int]) -> Any:
    budget[0] -= 1
    if budget[0] < 0:
        raise OverflowError
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value, budget) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value, budget) for value in node]
    if node is None or isinstance(node, bool):
        return node
    for kind in (str, int, float):
        if isinstance(node, kind):
            return kind(node)
    if isinstance(node, date):
        return node
    raise TypeError(f"holds a value of kind {type(node).__name__} ({str(node)[:SHOWN]}), which a catalogue cannot use.")
