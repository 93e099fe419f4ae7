"""withdraw: leave the figures of a file out that is wrong although it passed every check."""

import argparse
import getpass

from pipelines.commands.outcomes import DONE
from pipelines.withdrawing import reinstate, withdraw
from scorecard.settings import Settings


def withdraw_file(settings: Settings, given: argparse.Namespace) -> int:
    """Withdraw the version in use, or take that back, and say what the next run will do. Raises SettingError."""
    who = _account()
    if given.undo:
        back = reinstate(settings, given.path, given.reason, who)
        print(f"{back.path}, version {back.sha256[0][:12]}, may be used again. {_NEXT}")
        return DONE
    done = withdraw(settings, given.path, given.reason, who)
    versions = ", ".join(sha256[:12] for sha256 in done.sha256)
    print(f"Withdrawn: {done.path}, version {versions}. Its figures are left out from the next run on.")
    for event in done.before:
        print(
            f"Those of the version accepted on {event.at:%-d %B %Y} stand again; withdraw that one too if it is wrong."
        )
    for path in done.elsewhere:
        print(f"The same file is in use as {path}; withdraw that too if it is wrong.")
    print(f"A new version of the file is accepted as usual. {_NEXT}")
    return DONE


_NEXT = "Run: python -m pipelines run"


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return "unknown"
