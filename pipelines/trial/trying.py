"""Files tried one after another: which source expects each, what would become of it."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipelines.inbox import sources_of
from pipelines.problems import Code, Problem, Refused
from pipelines.read.packs import is_pack, unpack
from pipelines.trial.by_contract import try_by
from pipelines.trial.known import Known
from pipelines.trial.tried import Tried
from pipelines.trial.unexpected import try_unexpected
from scorecard.catalogue import Catalogue, Severity

Tries = Iterator[tuple[Tried, Path]]
"""What was found of a table, and where the file lies for the time being."""


def try_files(files: list[Path], catalogue: Catalogue, known: Known, source_id: str | None) -> Tries:
    """Each file, packed ones taken apart; of a workbook each sheet that a source reads."""
    for location in files:
        path = location.as_posix()
        if not is_pack(path):
            yield from _try(location, path, catalogue, known, source_id)
            continue
        with tempfile.TemporaryDirectory(prefix="trial-") as folder:
            try:
                members = unpack(location, path, Path(folder))
            except Refused as refused:
                yield _not_opened(path, refused.problem), location
                continue
            except OSError as fault:
                problem = Problem(
                    Code.unreadable_file, Severity.refuse, f"It cannot be read: {fault.strerror or fault}."
                )
                yield _not_opened(path, problem), location
                continue
            for name, place in members:
                yield from _try(place, name, catalogue, known, source_id)


def _not_opened(path: str, problem: Problem) -> Tried:
    return Tried(path, "refuse", problems=[replace(problem, sentence=f"{path}: {problem.sentence}", path=path)])


def _try(location: Path, path: str, catalogue: Catalogue, known: Known, source_id: str | None) -> Tries:
    wanted = (source_id,) if source_id else expecting(path, catalogue)
    if not wanted:
        yield from ((one, location) for one in try_unexpected(location, path, known.areas))
    for each in wanted:
        found = try_by(each, catalogue.sources[each], location, path, known.areas, known.past)
        yield from ((one, location) for one in found)


def expecting(path: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The sources that expect a file of this name, wherever below the inbox it may be meant to lie."""
    parts = [part for part in path.split("/") if part]
    found: dict[str, None] = {}
    for many in range(len(parts)):
        found |= dict.fromkeys(sources_of("/".join(parts[many:]), catalogue))
    return tuple(name for name in catalogue.sources if name in found)
