"""A file that no source expects: opened by what its first bytes say it is, and looked at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pipelines.areas import AreaIndex
from pipelines.check.words import place
from pipelines.problems import Code, Problem, Refused
from pipelines.read.kinds import OLD_WORKBOOK, OLE, PARQUET, TEXT, UNKNOWN, ZIP, kind_of
from pipelines.read.opening import open_rows
from pipelines.trial.look import Look, look_at
from pipelines.trial.tried import Tried
from scorecard.catalogue import Severity, Source
from scorecard.wording import count, joined

_DELIMITERS: Final = (",", ";", "\t", "|")
_LINES: Final = (".jsonl", ".ndjson")
_SAMPLE: Final = 200
_MOST_NAMED: Final = 12
_CALLED: Final = {
    "delimited": "delimited text", "workbook": "a workbook", "parquet": "a Parquet file", "json": "JSON",
    "json_lines": "JSON Lines",
}  # fmt: skip


def try_unexpected(location: Path, path: str, areas: AreaIndex | None) -> list[Tried]:
    """What the file is, for each table in it; always refused, because nothing says what its figures mean."""
    try:
        looks = list(_looks(location, path, areas))
    except Refused as refused:
        fault = refused.problem
        sentence = f"no source in the catalogue expects this file, and by itself it cannot be read: {fault.sentence}"
        return [_refused(path, Problem(fault.code, Severity.refuse, sentence, row=fault.row), None)]
    except OSError as fault:
        sentence = f"It cannot be read: {fault.strerror or fault}."
        return [_refused(path, Problem(Code.unreadable_file, Severity.refuse, sentence), None)]
    return [_refused(path, Problem(Code.no_contract, Severity.refuse, _in_words(look)), look) for look in looks]


def _refused(path: str, problem: Problem, look: Look | None) -> Tried:
    sheet = look.sheet if look else None
    told = replace(problem, sentence=f"{place(path, sheet)}: {problem.sentence}", path=path, sheet=sheet)
    if look is None:
        return Tried(path, "refuse", problems=[told])
    headings = tuple(column.heading or f"column {column.letter}" for column in look.columns)
    return Tried(
        path, "refuse", None, look.format, look.sheet, look.encoding, look.delimiter, look.header_row, headings,
        rows_found=look.rows, problems=[told], look=look,
    )  # fmt: skip


def _looks(location: Path, path: str, areas: AreaIndex | None) -> Iterator[Look]:
    source = contract_to_look_with(location, path)
    for opened in open_rows(location, source):
        yield look_at(opened, source.format, source.quote if source.format == "delimited" else None, areas)


def contract_to_look_with(location: Path, path: str) -> Source:
    """A contract that opens the file and demands nothing of it. Raises Refused for a format that is not read."""
    kind = kind_of(location) if location.stat().st_size else TEXT
    suffix = PurePosixPath(path).suffix.lower()
    if kind in (ZIP, OLE, OLD_WORKBOOK):
        return _source(format="workbook", sheets=["*"])
    if kind == PARQUET:
        return _source(format="parquet")
    if kind not in (TEXT, UNKNOWN):
        sentence = f"It is {kind}, which is not a format that is read; its name ends in {suffix or 'nothing'}."
        raise Refused(Problem(Code.format_mismatch, Severity.refuse, sentence))
    if suffix == ".json":
        return _source(format="json")
    if suffix in _LINES:
        return _source(format="json_lines")
    return _delimited(location)


def _source(**said: Any) -> Source:
    return Source.model_validate(
        {"title": "Trial", "publisher": "Trial", "files": ["*"], "columns": {"first": {"at": "A"}}} | said
    )


def _delimited(location: Path) -> Source:
    """The delimiter at which most rows have the same number of cells, and of those the one that gives most."""
    with location.open("rb") as stream:
        start = stream.read(4096)
    wide = [start[1::2].count(0) > len(start) // 8, start[::2].count(0) > len(start) // 8]
    two_bytes = ["utf-16-le" if wide[0] else "utf-16-be"]
    encodings = two_bytes if any(wide) and not all(wide) else ["utf-8", "cp1252"]
    probes = [_source(format="delimited", delimiter=delimiter, encodings=encodings) for delimiter in _DELIMITERS]
    return max(probes, key=lambda probe: _alike(location, probe))


def _alike(location: Path, probe: Source) -> tuple[float, int]:
    (opened,) = open_rows(location, probe)
    try:
        widths = [len(cells) for number, cells in islice(opened.rows, _SAMPLE) if number not in opened.faults]
    except Refused:
        return 0.0, 0
    several = Counter(width for width in widths if width > 1)
    width, rows = max(several.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return rows / max(len(widths), 1), width


def _in_words(look: Look) -> str:
    """What it is, and what is noticed in it: "no source ... expects this file. It is delimited text ..."."""
    read_as = [f"text encoding {look.encoding}" if look.encoding else "", _delimiter(look.delimiter)]
    how = ", ".join(part for part in read_as if part)
    called = f"{_CALLED[look.format]} ({how})" if how else _CALLED[look.format]
    said = [f"no source in the catalogue expects this file. Its format is {called}"]
    if look.header_row is not None:
        named = [repr(column.heading) for column in look.columns if column.heading]
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        listed = ", ".join(named[:_MOST_NAMED]) + more if more else joined(named)
        said.append(f"The header seems to be row {look.header_row}, with the columns {listed}")
    rows = count(look.rows, "row") + ("" if look.is_whole else " and more")
    said.append(
        f"There {'is' if look.rows == 1 else 'are'} {rows} below it" if look.header_row else f"There are {rows}"
    )
    return " ".join([f"{'. '.join(said)}.", *look.remarks])


def _delimiter(delimiter: str | None) -> str:
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", None: ""}
    name = names.get(delimiter, repr(delimiter))
    return f"delimiter {name}" if name else ""
