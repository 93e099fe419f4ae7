"""Alderbrook Council's inbox: every service's files, and one that has nothing to do with performance."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from pipelines.demonstration.annual import annual
from pipelines.demonstration.bins import bins
from pipelines.demonstration.customer import customer
from pipelines.demonstration.files import write_changed
from pipelines.demonstration.governance import governance
from pipelines.demonstration.highways import highways
from pipelines.demonstration.housing import housing
from pipelines.demonstration.people import adults, children
from pipelines.demonstration.planning import planning
from pipelines.demonstration.records import RecordFile, write_records
from pipelines.demonstration.resources import resources
from pipelines.demonstration.revenues import revenues
from pipelines.demonstration.span import Span
from pipelines.demonstration.waste import waste

RETURNS: Final[tuple[Callable[[Span], dict[str, bytes]], ...]] = (
    resources,
    revenues,
    waste,
    bins,
    planning,
    housing,
    adults,
    children,
    highways,
    governance,
    customer,
    annual,
)
"""Each gives the bytes of its files by their names below the inbox."""

RECORDS: Final[tuple[Callable[[Span], Iterable[RecordFile]], ...]] = ()
"""Each gives files of records, which are as many times over as the scale says."""

STRAY: Final = "Minutes of meeting.txt"
MINUTES: Final = b"Performance board, 3 November 2026\r\nPresent: nobody who exists.\r\n"


def write_demonstration(inbox: Path, *, seed: int = 2026, years: int = 6, scale: int = 1) -> list[Path]:
    """Write the demonstration council's files below `inbox`; the same seed, years and scale give the same bytes.

    `years` counts financial years, the unfinished 2026/27 among them. `scale` multiplies the records of the large
    logs, for trying out size: shares and means stay, counts grow. Files that already hold the same bytes are left
    alone. Returns every path, sorted. Raises ValueError when years or scale is below one.
    """
    for name, value in (("years", years), ("scale", scale)):
        if value < 1:
            raise ValueError(f"{name} is {value}; the demonstration needs at least 1.")
    span = Span(seed, years, scale)
    files = {name: content for make in RETURNS for name, content in make(span).items()} | {STRAY: MINUTES}
    for name, content in files.items():
        write_changed(inbox / name, content)
    written = [write_records(inbox, file) for make in RECORDS for file in make(span)]
    return sorted([*(inbox / name for name in files), *written])
