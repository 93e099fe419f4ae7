"""Loading everything a run needs once, so that each process forked for a fault has it already."""

import importlib
import sys
from contextlib import suppress
from pathlib import Path

from bench.faults.council import Council, run_once
from bench.faults.forked import in_child
from bench.faults.state import served


def warm_up(folder: Path) -> None:
    """Import what two runs in a process of their own turn out to import. No database is opened in this process."""
    council = Council(folder / "warm").write()

    def modules() -> list[str]:
        run_once(council)
        council.send_more()
        run_once(council)
        served(council)
        return sorted(sys.modules)

    for name in in_child(modules):
        if name not in sys.modules:
            with suppress(Exception):  # some can be imported only from within another
                importlib.import_module(name)
    council.remove()
