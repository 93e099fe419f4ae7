"""demo: the files of an invented council, put into an inbox that holds no others."""

import argparse
from pathlib import Path

from pipelines.commands.outcomes import DONE
from scorecard.errors import SettingError
from scorecard.settings import Settings
from scorecard.wording import count


def write_demo(settings: Settings, given: argparse.Namespace) -> int:
    """Write the demonstration council's files. Raises SettingError when the inbox holds files of its own."""
    from pipelines.demonstration import make_demonstration

    files = make_demonstration(seed=given.seed, years=given.years, scale=given.scale)
    names = {Path(name) for name in files.names}
    held = {path.relative_to(settings.inbox) for path in settings.inbox.rglob("*") if path.is_file()}
    if held and not held & names:
        raise SettingError(
            f"{settings.inbox} holds files of its own, so the demonstration's were not put among them.",
            fix="Name another folder with --inbox, and another --data to keep its figures apart.",
        )
    written = files.write(settings.inbox)
    print(f"The demonstration council's {count(len(written), 'file')} are in {_shown(settings.inbox)}.")
    return DONE


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
