"""run --as-known-on: the figures as they stood on a day, in a data folder of their own."""

import argparse
from pathlib import Path

from pipelines.as_known import as_known_on
from pipelines.commands.outcomes import DONE, SOME_REFUSED
from pipelines.progress import Progress
from scorecard.settings import Settings


def recall_figures(settings: Settings, given: argparse.Namespace) -> int:
    """Build the snapshot and say how to look at it. Raises CouncilError as `as_known_on` does."""
    output = Path(given.output).expanduser().absolute() if given.output else None
    recalled = as_known_on(settings, given.as_known_on, output, Progress())
    print(recalled.summary)
    print(f"To look at it: SCORECARD_DATA={recalled.folder} .venv/bin/streamlit run app.py")
    return SOME_REFUSED if recalled.refused else DONE
