"""How each kind of problem is told: a title, and what to do. docs/problems.md says more of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipelines.problem_codes import Code


@dataclass(frozen=True)
class Wording:
    """How a kind of problem is told: a short title, and what to do."""

    title: str
    fix: str


WORDINGS: Final[Mapping[Code, Wording]] = {
    Code.no_contract: Wording(
        "No source in the catalogue expects this file",
        "Check the file's name against the sources in the catalogue, or add a source for it.",
    ),
    Code.file_gone: Wording(
        "A file loaded before is no longer in the inbox",
        "Nothing need be done: its figures stay. Put the file back if it was removed by mistake.",
    ),
    Code.earlier_version_kept: Wording(
        "The earlier version of a file is still in use",
        "Mend the new version and send it again; until then the earlier figures stay.",
    ),
    Code.file_lost: Wording(
        "A file loaded before is gone, and so is its archived copy",
        "Put the file back into the inbox; until then its figures are missing.",
    ),
    Code.unreadable_file: Wording(
        "The file cannot be opened",
        "Check that the account which runs the load may read it and that nobody holds it open, then run again.",
    ),
    Code.empty_file: Wording("The file is empty", "Export the file again and check that it opens with rows in it."),
    Code.unreadable_encoding: Wording(
        "The file's text cannot be read", "Save it as 'CSV UTF-8' and send it again, or correct 'encodings'."
    ),
    Code.broken_quoting: Wording(
        "A quotation mark is opened and never closed",
        "Find the cell with a stray quotation mark near the row named and send the file again.",
    ),
    Code.damaged_workbook: Wording(
        "The workbook cannot be opened", "Open it in a spreadsheet program, save it again and send it."
    ),
    Code.file_too_large: Wording(
        "The file is larger than can be read safely",
        "Send it in smaller parts, or without the sheets nobody needs.",
    ),
    Code.sheet_missing: Wording(
        "The sheet is not in the workbook",
        "Send the workbook with the sheet under its agreed name, or add the new name to 'sheets'.",
    ),
    Code.header_missing: Wording(
        "The row of headings was not found",
        "Check that the headings stand where the contract says, spelt as agreed.",
    ),
    Code.column_missing: Wording(
        "A column is missing", "Send the file with the column, or add its new heading under 'also'."
    ),
    Code.column_ambiguous: Wording(
        "A heading fits more than one column",
        "Give the columns different headings, or name the group heading in the contract.",
    ),
    Code.too_few_rows: Wording("The file has fewer rows than it should", "Check that the export ran to its end."),
    Code.too_many_faults: Wording(
        "More than 10,000 rows have a fault",
        "Look at the reasons of the rows set aside, mend what they have in common, and send the file again.",
    ),
    Code.nothing_usable: Wording(
        "Not one row of the file could be used",
        "Look at the reasons of the rows set aside; they are likely to be one.",
    ),
    Code.ragged_row: Wording(
        "A row has more or fewer cells than there are headings",
        "Look for a stray comma or a missing cell in the row and send the file again.",
    ),
    Code.cell_missing: Wording(
        "A required cell is blank",
        "Fill it in, or put [x] if the figure is not available or [z] if it cannot apply.",
    ),
    Code.not_a_number: Wording("A cell is not a number", "Correct the cell; put words in a notes column."),
    Code.not_a_date: Wording("A cell is not a date", "Write the date as 31/03/2026 or 2026-03-31."),
    Code.out_of_range: Wording(
        "A value is outside the range it can have",
        "Check the value and its unit; correct it or the contract's range.",
    ),
    Code.not_allowed: Wording(
        "A value is not one of those agreed", "Use one of the agreed values, or add this one to 'allowed'."
    ),
    Code.outline_unusable: Wording(
        "The outline of an area cannot be drawn",
        "Export the boundaries again as GeoJSON in degrees (WGS 84), generalised, with the code of each area.",
    ),
    Code.wrong_pattern: Wording("A value is not of the agreed form", "Correct the value to the agreed form."),
    Code.duplicate_key: Wording(
        "Rows for the same thing disagree", "Leave only the right row for each and send the file again."
    ),
    Code.identical_rows: Wording("The same row stands more than once", "Nothing need be done: it was counted once."),
    Code.area_unknown: Wording(
        "A place is not known", "Correct the code or name, or add the place or the spelling to 'areas'."
    ),
    Code.area_succeeded: Wording(
        "Figures stand under a council that no longer exists",
        "Nothing need be done: its one successor is known and has them.",
    ),
    Code.period_unreadable: Wording(
        "The period cannot be read",
        "Write the period in one of the agreed forms, e.g. Oct 2026 or 2026/27 Q2.",
    ),
    Code.figures_disagree: Wording(
        "Two files give different figures for the same thing",
        "Nothing need be done if the later file is a correction; else withdraw the wrong one.",
    ),
    Code.record_replaced: Wording(
        "A later file holds the same record",
        "Nothing need be done: the record is counted once, as the later file has it.",
    ),
    Code.figures_ambiguous: Wording(
        "A measure finds several rows for one place and period",
        "Add to the measure's 'where' in the catalogue so that one row is left.",
    ),
    Code.target_doubtful: Wording(
        "A target is out of all proportion to its measure's figures",
        "Look whether the target, its unit or the tolerance was mistyped in the catalogue. If it is meant, leave it.",
    ),
    Code.format_mismatch: Wording(
        "The file is not of the kind its name says",
        "Send the original: do not rename a file to another ending, save it in the program as the agreed kind.",
    ),
    Code.pack_refused: Wording(
        "A packed file cannot be unpacked",
        "Send the files themselves, or pack them again without passwords and without packs inside packs.",
    ),
    Code.password_protected: Wording(
        "The workbook is locked with a password",
        "Take the password off and send it again; the folder it is sent to is protected already.",
    ),
    Code.malformed_json: Wording(
        "The JSON cannot be read",
        "Export the file again; do not edit it by hand.",
    ),
    Code.damaged_parquet: Wording(
        "The Parquet file cannot be read",
        "Export the file again and send it whole.",
    ),
    Code.reader_gave_up: Wording(
        "Reading the file took too long or too much memory",
        "Send it in smaller parts, or save it afresh from a spreadsheet program.",
    ),
    Code.still_arriving: Wording(
        "The file is still being written",
        "Nothing need be done: it is read by the next run, once it is whole.",
    ),
    Code.query_failed: Wording(
        "The database could not be asked",
        "Check that the database answers, the address and the statement, then run again.",
    ),
    Code.too_many_columns: Wording(
        "The file has more columns than can be read safely",
        "Send only the columns agreed; look for a stray paste far to the right.",
    ),
    Code.column_unknown: Wording(
        "The file has a heading that the contract does not know",
        "Nothing need be done if the column is not needed; else add its heading under 'also' or as its own column.",
    ),
    Code.control_character: Wording(
        "A cell has a character that no text has",
        "Export the file again; if it stays, find the damaged record in the system it comes from.",
    ),
    Code.spreadsheet_error: Wording(
        "A cell shows an error such as #N/A or #REF!",
        "Mend the formula in the workbook and send it again.",
    ),
    Code.date_order: Wording(
        "A date lies before one that it must follow",
        "Correct whichever of the two dates is wrong.",
    ),
    Code.rows_unusual: Wording(
        "The file has far more or fewer rows than usual",
        "Check that the export ran to its end and over the agreed period.",
    ),
    Code.too_many_blanks: Wording(
        "Too many cells of a column are blank",
        "Find out why the export leaves the column out, and send it again.",
    ),
    Code.figures_old: Wording(
        "The newest figure is older than it should be",
        "Check that the latest figures were exported.",
    ),
    Code.spread_changed: Wording(
        "A column is spread differently from the file before",
        "Look whether a code, a unit or a category changed; if the change is real, leave it.",
    ),
    Code.total_disagrees: Wording(
        "The rows do not make up the total that the file states",
        "Find the row that is missing, doubled or mistyped, or correct the total.",
    ),
    Code.withdrawn: Wording(
        "A file was withdrawn",
        "Nothing need be done: its figures are left out on purpose.",
    ),
    Code.closed_before_opened: Wording(
        "An item of a register is closed before it was opened",
        "Correct whichever of the two dates is wrong; until then the item counts as open.",
    ),
    Code.due_before_opened: Wording(
        "An item of a register was due before it was opened",
        "Correct whichever of the two dates is wrong; until then it is late from the day it was opened.",
    ),
    Code.unknown_owner: Wording(
        "The owner of an item is no post of the catalogue",
        "Correct the post, or add it to 'owners' of the register.",
    ),
    Code.unknown_service: Wording(
        "The service of an item is missing or not known",
        "Name a service of the catalogue, by its id or its title.",
    ),
    Code.unknown_status: Wording(
        "The catalogue does not say what a status or rating means",
        "Correct the word, or add it to 'statuses' or 'ratings' of the register.",
    ),
    Code.status_contradicted: Wording(
        "A status reported disagrees with the dates",
        "Correct the status or the date that is wrong; until then the dates are believed.",
    ),
    Code.key_reused: Wording(
        "The key of an item was given to something else",
        "Give the new item a key of its own; if only its date or title was corrected, leave it.",
    ),
    Code.due_rewritten: Wording(
        "The original due date of an item was changed",
        "Put the first date back, and the one agreed later into a column for revised dates.",
    ),
    Code.claimed_twice: Wording(
        "Two registers have the same item open", "Close it in one of them, or link the one to the other."
    ),
    Code.link_unknown: Wording(
        "An item links to something that is not there", "Correct the name, or send the file in which it stands."
    ),
    Code.part_unknown: Wording(
        "An item is part of something that is not there", "Correct the key of the item that it is part of."
    ),
}
