"""run: load the inbox and publish a snapshot."""

import argparse
import os
import sys
from typing import Final

from pipelines.commands.outcomes import DONE, FAILED, SOME_REFUSED
from pipelines.logs import EventLog
from pipelines.progress import Progress
from pipelines.run import Outcome, run
from pipelines.stopping import Stopped, stops_when_asked
from pipelines.terminal import printable
from scorecard.catalogue import Severity
from scorecard.settings import Settings
from scorecard.snapshot.folder import current
from scorecard.snapshot.log import latest_runs

MOST_TOLD: Final = 20
TOLD: Final = {Severity.refuse: "Refused", Severity.quarantine: "Set aside", Severity.note: "Note"}
COUNTED: Final = ("files_read", "files_refused", "rows_set_aside", "measures", "exceptions")


def load_inbox(settings: Settings, given: argparse.Namespace) -> int:
    """Run once, print what somebody must act on and the summary. Raises CouncilError as `run` does."""
    to_machines = given.log == "json"
    events = EventLog(settings.data, sys.stderr if to_machines else None)
    progress = Progress(events=events, talks=not to_machines)
    try:
        with stops_when_asked():
            outcome = run(settings, progress, given.as_at, force=given.force, wait=given.wait)
    except Exception as error:
        events.failed(error)
        raise
    except Stopped as stop:
        events.write("stopped", signal=str(stop))
        print(f"Stopped by {stop}. A good snapshot is served, and the next run does what this one has not done.")
        return FAILED
    progress.step(None)
    _log(settings, events, outcome)
    for problem in outcome.problems[:MOST_TOLD]:
        print(printable(f"{TOLD[problem.severity]}: {problem.sentence} {problem.fix}"))
    if len(outcome.problems) > MOST_TOLD:
        print(f"... and {len(outcome.problems) - MOST_TOLD:,} more: see the Data quality page.")
    print(outcome.summary)
    return SOME_REFUSED if outcome.refused else DONE


def _log(settings: Settings, events: EventLog, outcome: Outcome) -> None:
    events.problems(outcome.problems)
    if not outcome.published:
        events.write("unchanged", process=os.getpid())
        return
    facts = next((entry for entry in latest_runs(settings.data) if entry["outcome"] == "published"), {})
    events.write("published", snapshot=current(settings.data).stem, **{name: facts.get(name) for name in COUNTED})
