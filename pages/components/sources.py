"""The sources to choose from, and how the data of some of them stands in one sentence."""

from pages.components import calendar, problems, snapshot
from pages.components.rows import of as rows_of
from scorecard.snapshot import services as reader
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined


def _titles(shown: Snapshot, service_id: str) -> dict[str, str]:
    every = "All its sources" if service_id else "All sources"
    return {"": every, **{one.source_id: str(one.title) for one in rows_of(reader.sources(shown, service_id))}}


titles = snapshot.remembered(_titles)
"""Options for `filters.choose`: all, then each source of a service and all below it ("" for every service)."""


def of(service_id: str, source_id: str) -> Sources:
    """The sources that are asked about: one, those of a service, or None for all."""
    if source_id:
        return (source_id,)
    return tuple(each for each in titles(service_id) if each) if service_id else None


def answer(sources: Sources) -> str:
    """What is to be done about the data, in bold; that there is nothing, where there is nothing."""
    late = len(calendar.outstanding(sources).late)
    parts = [count(late, "submission is late", "submissions are late")] if late else []
    if problems.are_shown():
        found = problems.found(sources)
        refused, rows = len(found.refused), found.rows
        aside = f"{count(rows, 'row is', 'rows are')} set aside in {count(found.files, 'file')}" if rows else ""
        parts = [
            *([count(refused, "file is refused", "files are refused")] if refused else []),
            *([aside] if aside else []),
            *parts,
        ]
    if parts:
        return f"**{joined(parts)[:1].upper()}{joined(parts)[1:]}.**"
    right = " Nothing has to be put right." if problems.are_shown() else ""
    return f"**{calendar.none_late(sources)}{right}**"
