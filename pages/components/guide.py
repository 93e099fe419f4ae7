"""How to read the pages: every symbol with its word and what it means, the letters beside figures, and the charts."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import pyarrow as pa

from pages.components import status, tables
from pages.components.registers import item_states as register_states
from pages.components.states import as_text
from scorecard.judge.status import Direction, Status
from scorecard.markers import WORDS

_STATUS: Final[Mapping[Status, str]] = {
    Status.on_target: "The latest figure meets its target.",
    Status.close: "It misses its target, but by no more than the tolerance.",
    Status.off_target: "It misses its target by more than the tolerance.",
    Status.too_few: "So few cases that chance alone could have put it on the other side of its target.",
    Status.no_target: "No target is set for it, or its target cannot be worked out.",
    Status.activity_only: "It says how much there is of something, and is not judged.",
    Status.awaiting: "The latest figure is not due yet.",
    Status.overdue: "The latest figure should have come and has not.",
    Status.unavailable: "There is no figure, for the reason that is given.",
}
_DIRECTION: Final[Mapping[Direction, str]] = {
    Direction.better: "It moved towards what is good for this measure.",
    Direction.worse: "It moved away from what is good for this measure.",
    Direction.same: "It is the same as before.",
    Direction.unclear: "It moved, but by no more than chance would.",
    Direction.up: "It rose, where neither up nor down is good in itself.",
    Direction.down: "It fell, where neither up nor down is good in itself.",
}
_STATE: Final[Mapping[str, str]] = {
    "new": "Listed for the first time.",
    "continuing": "It was listed last time as well; for how long is said.",
    "improving": "Still an exception, but going the right way.",
    "relapsed": "It had ended, and has come back.",
    "resolved": "It no longer meets the rule.",
    "accepted": "The council has agreed to live with it until a day.",
}
_ITEM: Final[Mapping[str, str]] = {
    "overdue": "Its original due date has passed and it is not done. Agreeing a later date does not change that.",
    "awaiting_sign_off": "Its owner says that it is done; whoever must agree has not yet.",
    "predicted_late": "Its date has not passed, but at its pace, or by its owner's record, it will be late.",
    "due_soon": "Its original date is near.",
    "not_due": "Its original date is further off.",
    "closed": "It is done, and signed off where that is needed.",
    "withdrawn": "It is not wanted any more, or not reported any more.",
}
_FOR_EXAMPLE: Final = ("5 months", "31 March 2027")
CHARTS: Final = (
    "- **The line with dots** is the figures. Where a figure is missing the line has a gap.\n"
    "- **A hollow dot** is a figure with a letter beside it, such as a provisional one.\n"
    "- **The dashed line** is the target, and **the dotted line** the limit of its tolerance.\n"
    "- **The shaded band** is the usual range. A diamond is worse than usual, a square better, a triangle higher or"
    " lower.\n"
    "- **An upright line** with words is a day from which figures are counted differently, or from which the usual"
    " level is worked out anew. Figures on its two sides are not compared.\n"
    "- **Every chart has its figures in a table** beside or below it, and a sentence that says what it shows."
)
SHARING: Final = (
    "- **Share what you see:** copy the address from your browser. It holds your filters, so that whoever opens it"
    " sees the same, as far as they may see it.\n"
    "- **Download:** the pages with lists and figures have a button for a file that opens in a spreadsheet. A chart"
    " can be kept as a picture from the menu at its top right.\n"
    "- **Print:** press Ctrl and P (on a Mac, Command and P), or choose Print in the menu at the top right of the"
    " page. All definitions at once are under Definitions as one page to print.\n"
    "- **Keyboard:** Tab goes on and Shift with Tab goes back; Enter opens a link or a fold. The first Tab on a page"
    " offers to skip to its main content."
)


@cache
def statuses() -> pa.Table:
    """The statuses of a figure, for `tables.draw`."""
    return _meanings("Status", {status.status(of): said for of, said in _STATUS.items()})


@cache
def directions() -> pa.Table:
    """The directions of travel, for `tables.draw`."""
    return _meanings("Direction", {status.direction(of): said for of, said in _DIRECTION.items()})


@cache
def exception_states() -> pa.Table:
    """Where an exception is in its life, for `tables.draw`."""
    return _meanings("Exception", {status.state(of, *_FOR_EXAMPLE): said for of, said in _STATE.items()})


@cache
def item_states() -> pa.Table:
    """How an item of a register stands, for `tables.draw`."""
    return _meanings("Item", {register_states.state(of): said for of, said in _ITEM.items()})


@cache
def markers() -> pa.Table:
    """The letters that stand beside or instead of a figure, for `tables.draw`."""
    shown = {as_text(f"[{letters}]"): f"{words[:1].upper()}{words[1:]}." for letters, words in WORDS.items()}
    return _meanings("Letters", shown)


def asking(contact: str | None) -> str:
    """Markdown of whom to ask: the owner of a measure, and the council's contact where the catalogue has one."""
    keepers = as_text(contact) if contact else "the council's performance team"
    return (
        "- **About a figure or what is being done:** the post that answers for the measure. It stands on the"
        " measure's page and under Definitions.\n"
        f"- **About these pages, a word or a mistake:** {keepers}."
    )


def _meanings(heading: str, meanings: Mapping[str, str]) -> pa.Table:
    return tables.ready([{heading: shown, "What it means": said} for shown, said in meanings.items()])
