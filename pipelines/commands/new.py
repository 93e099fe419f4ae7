"""new: a measure asked for step by step on the terminal and written into the catalogue."""

import argparse

from pipelines.commands.outcomes import DONE, NOT_STARTED
from scorecard.catalogue import read_catalogue
from scorecard.settings import Settings


def add_measure(settings: Settings, given: argparse.Namespace) -> int:
    """Ask, check and write; at the end of input or Ctrl-C nothing is written.

    Raises CatalogueError when the catalogue has faults, before or with the new measure.
    """
    from pipelines.authoring.block import block_of
    from pipelines.authoring.insertion import add_to_file
    from pipelines.authoring.interview import ask_for_measure

    catalogue = read_catalogue(settings.catalogue)
    try:
        measure_id, entry = ask_for_measure(catalogue)
        print()
        if given.only_print:
            print(*block_of(measure_id, entry), sep="\n")
            return DONE
        line = add_to_file(settings.catalogue, measure_id, entry)
    except (EOFError, KeyboardInterrupt):
        print("\nStopped before the last answer: nothing was written.")
        return NOT_STARTED
    print(*block_of(measure_id, entry), sep="\n")
    print(f"\nWritten into {settings.catalogue.name}, line {line}. See how it is understood, then load:")
    print(f"  python -m pipelines explain {measure_id}\n  python -m pipelines run")
    return DONE
