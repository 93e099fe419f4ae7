"""Loads checked as whole files: a return or a file of records that breaks a limit is refused, or noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pipelines.check.facts import Facts
from pipelines.check.past import Batch, Past
from pipelines.check.whole import Whole, check_wholes
from pipelines.load import Load, ReturnLoad
from pipelines.records.loads import RecordLoad
from scorecard.catalogue import Source


def check_returns(sources: Mapping[str, Source], loads: Sequence[ReturnLoad], past: Past) -> list[ReturnLoad]:
    """The returns of one batch after their rows were checked, in order: those that break a grave limit are refused.

    Raises RunFailed when a check cannot be run.
    """
    wholes = {
        at: _of_return(load, sources[load.source_id])
        for at, load in enumerate(loads)
        if load.checked and not load.refused
    }
    found = dict(zip(wholes, check_wholes(list(wholes.values()), past, datetime.now(UTC)), strict=True))
    checked = list(loads)
    for at, each in found.items():
        load = checked[at]
        if load.checked:
            load.checked.results += each.results
            load.checked.problems += each.problems
            load.checked.refused = load.checked.refused or each.refused
        checked[at] = replace(load, refused=each.refused, whole=wholes[at])
    return checked


def check_records(source_id: str, source: Source, loads: Sequence[RecordLoad], past: Past) -> None:
    """Look at files of records as wholes, before they are concluded: those that break a grave limit are refused."""
    sound = [load for load in loads if not load.refused]
    wholes = [_of_records(load, source_id, source) for load in sound]
    for load, whole, found in zip(sound, wholes, check_wholes(wholes, past, datetime.now(UTC)), strict=True):
        load.whole = whole
        load.whole_results += found.results
        for problem in found.problems:
            if problem is found.refused:
                load.refuse(problem)
            else:
                load.problems.append(problem)


def accepted_batches(loads: Iterable[Load], now: datetime) -> list[Batch]:
    """What is remembered of the loads whose rows were accepted."""
    wholes = [load.whole for load in loads if load.whole and not load.refused]
    return [whole.batch(now) for whole in wholes if not whole.is_sent_back]


def _of_return(load: ReturnLoad, source: Source) -> Whole:
    facts = Facts()
    if load.checked:
        facts.add(source, load.checked.table)
    end = load.period.end if load.period else None
    return Whole(
        load.source_id, source, load.file.path, load.sheet, load.file.sha256, load.file.modified_at.date(), end, facts
    )


def _of_records(load: RecordLoad, source_id: str, source: Source) -> Whole:
    end = load.period.end if load.period else None
    return Whole(
        source_id, source, load.file.path, load.sheet, load.file.sha256, load.file.modified_at.date(), end, load.facts
    )
