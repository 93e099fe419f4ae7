"""new: a measure asked for step by step on the terminal and written into the catalogue."""

import argparse

from pipelines.commands.outcomes import NOT_STARTED
from scorecard.settings import Settings


def add_measure(settings: Settings, given: argparse.Namespace) -> int:
    """Ask, check and write."""
    return NOT_STARTED
