"""try: what would become of files, without loading them; and what a file is that no source expects."""

import argparse
import json
import sys
from pathlib import Path

from pipelines.commands.outcomes import DONE, SOME_REFUSED
from pipelines.terminal import printable
from scorecard.catalogue import Catalogue, read_catalogue
from scorecard.errors import SettingError
from scorecard.nearest import did_you_mean
from scorecard.settings import Settings


def try_files(settings: Settings, given: argparse.Namespace) -> int:
    """Print what would become of each file. Raises SettingError for a file or source that is not there."""
    from pipelines.trial import draft, known, report, trying

    catalogue = read_catalogue(settings.catalogue)
    files = [Path(name) for name in given.files]
    _refuse_what_is_not_there(files, catalogue, given.source)
    what = known.what_is_known(catalogue, settings)
    if what.areas is None:
        print("Which places there are cannot be known yet, so places are not checked.", file=sys.stderr)
    listed, found = [], []
    for one, location in trying.try_files(files, catalogue, what, given.source):
        block = draft.draft(one.look, location, one.path, what.areas) if given.draft and one.look else None
        found.append(one)
        if given.json:
            listed.append(report.as_data(one, block))
        else:
            print(*map(printable, report.as_text(one)), *(["", block] if block else []), sep="\n")
    if given.json:
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        print(report.summary(found))
    return DONE if all(one.outcome == "load" for one in found) else SOME_REFUSED


def _refuse_what_is_not_there(files: list[Path], catalogue: Catalogue, source: str | None) -> None:
    for file in files:
        if not file.is_file():
            raise SettingError(f"There is no file {file}.", fix="Name files, not folders, as they lie on this machine.")
    if source is not None and source not in catalogue.sources:
        raise SettingError(
            f"There is no source '{source}' in the catalogue.{did_you_mean(source, catalogue.sources)}",
            fix="Give its id, as it stands under 'sources' in the catalogue.",
        )
