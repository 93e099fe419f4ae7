"""The download of rows set aside: what its columns are called, and how it is known when it is sent back."""

import re
from pathlib import PurePosixPath
from typing import Final

ROW: Final = "Set aside: row in your file"
CODE: Final = "Set aside: code"
REASON: Final = "Set aside: reason"
WHAT_TO_DO: Final = "Set aside: what to do"
HEADINGS: Final = (ROW, CODE, REASON, WHAT_TO_DO)
"""Stand after the submitter's own columns, which may have a "Code" themselves. A file that is sent back with them is
read as if they were not there."""

_NAME: Final = re.compile(r" \(rows set aside\)(?: ?\(\d+\))?(?=\.[^./]+$)")
_WORKBOOKS: Final = (".xlsx", ".xls", ".xlsb", ".ods")


def download_name(path: str, ending: str) -> str:
    """How the download of a file's rows is called: "Land charges (rows set aside).csv"; `ending` with its dot."""
    return f"{PurePosixPath(path).stem} (rows set aside){ending}"


def originals_of(path: str) -> tuple[str, ...]:
    """The names that the file may have whose rows are sent back as `path`; none for any other file.

    A browser adds " (1)" to a second download, and rows of any workbook are downloaded as .xlsx.
    """
    if not _NAME.search(path):
        return ()
    plain = PurePosixPath(_NAME.sub("", path))
    endings = _WORKBOOKS if plain.suffix.lower() == ".xlsx" else (plain.suffix,)
    return tuple(plain.with_suffix(ending).as_posix() for ending in endings)


def original_of(path: str) -> str:
    """The name by which a file is understood: without "(rows set aside)"."""
    return next(iter(originals_of(path)), path)
