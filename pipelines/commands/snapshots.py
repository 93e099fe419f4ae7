"""snapshots, rollback: which snapshots there are, and which of them is served."""

import argparse

from pipelines.commands.outcomes import DONE
from pipelines.lock import only_writer
from scorecard.errors import NoSnapshot, SettingError
from scorecard.settings import Settings
from scorecard.snapshot.folder import folder_of, listing, switch


def list_snapshots(settings: Settings, given: argparse.Namespace) -> int:
    """Print every snapshot, newest first. Raises NoSnapshot when there is none."""
    found = listing(settings.data)
    if not found:
        raise NoSnapshot(f"There are no snapshots in {folder_of(settings.data)}.", fix="Run: python -m pipelines run")
    for snapshot in found:
        mark = "  <- served now" if snapshot.is_current else ""
        print(f"{snapshot.name}  {snapshot.path.stat().st_size / 1e6:6.1f} MB{mark}")
    return DONE


def roll_back(settings: Settings, given: argparse.Namespace) -> int:
    """Serve the snapshot named, or the one before. Raises SettingError when there is no such one."""
    with only_writer(settings.data):
        found = listing(settings.data)
        served = next((at for at, snapshot in enumerate(found) if snapshot.is_current), -1)
        earlier = found[served + 1 :]
        wanted = [snapshot for snapshot in found if snapshot.name == given.name] if given.name else earlier[:1]
        if not wanted:
            what = f"There is no snapshot '{given.name}'." if given.name else "There is no earlier snapshot."
            why = f"There are: {', '.join(snapshot.name for snapshot in found)}." if found else ""
            raise SettingError(what, why=why, fix="List them with: python -m pipelines snapshots")
        switch(folder_of(settings.data), wanted[0].path.name)
    print(f"Snapshot {wanted[0].name} is served from now on. It stays until a run finds something new.")
    return DONE
