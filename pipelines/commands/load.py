"""run: load the inbox and publish a snapshot."""

import argparse
from typing import Final

from pipelines.commands.outcomes import DONE, SOME_REFUSED
from pipelines.progress import Progress
from pipelines.run import run
from scorecard.catalogue import Severity
from scorecard.settings import Settings

MOST_TOLD: Final = 20
TOLD: Final = {Severity.refuse: "Refused", Severity.quarantine: "Set aside", Severity.note: "Note"}


def load_inbox(settings: Settings, given: argparse.Namespace) -> int:
    """Run once, print what somebody must act on and the summary. Raises CouncilError as `run` does."""
    outcome = run(settings, Progress(), given.as_at, force=given.force)
    for problem in outcome.problems[:MOST_TOLD]:
        print(f"{TOLD[problem.severity]}: {problem.sentence} {problem.fix}")
    if len(outcome.problems) > MOST_TOLD:
        print(f"... and {len(outcome.problems) - MOST_TOLD:,} more: see the Data quality page.")
    print(outcome.summary)
    return SOME_REFUSED if outcome.refused else DONE
