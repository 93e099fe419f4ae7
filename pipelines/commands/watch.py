"""watch: keep running, and load whatever comes into the inbox."""

import argparse
import sys

from pipelines.commands.outcomes import DONE
from pipelines.logs import EventLog
from pipelines.watch import SHORTEST, Watch, run_command
from scorecard.settings import Settings


def watch_inbox(settings: Settings, given: argparse.Namespace) -> int:
    """Load at once, then whenever something has changed and at least once a day, until told to stop."""
    to_machines = given.log == "json"
    every = max(given.every, SHORTEST)

    def say(line: str) -> None:
        print(line, file=sys.stdout if to_machines else sys.stderr, flush=True)

    events = EventLog(settings.data, sys.stderr if to_machines else None)
    Watch(settings, every, run_command(settings, every, given.log), say, events).keep()
    return DONE
