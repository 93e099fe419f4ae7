"""How one service stands, in the order in which its manager asks."""

from typing import Final

from pages.components import calendar, movements, problems, service_exceptions, snapshot, sources
from pages.components.year_ends import AGAINST_A_TARGET
from scorecard.snapshot import services as reader
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

_WORDS: Final = ("on track", "at risk", "likely to miss")


def _year_end(shown: Snapshot, service_id: str) -> str:
    """Of the forecasts against a target, how many will meet it."""
    frame = reader.measures(shown, service_id)
    live = frame[frame["stage"] == "live"]
    held = [int((live["outlook"] == outlook).sum()) for outlook in AGAINST_A_TARGET]
    on_track = held[0]
    if not sum(held):
        return f"No year-end target can be forecast yet for {_its(len(live))}."
    if on_track == sum(held):
        return f"**On track for year end: {_all_of(on_track)} on track for the year's target.**"
    parts = [f"{many} {'is' if many == 1 else 'are'} {words}" for many, words in zip(held, _WORDS, strict=True) if many]
    return f"**Of {count(sum(held), 'forecast')} for year end, {joined(parts)}.**"


def _its(live: int) -> str:
    return "its measure" if live == 1 else f"its {live} measures"


def _all_of(many: int) -> str:
    if many == 1:
        return "the one measure that can be forecast is"
    return f"{'both' if many == 2 else f'all {many}'} measures that can be forecast are"


def _off_target(shown: Snapshot, service_id: str) -> str:
    """How many live measures are off their target just now."""
    frame = reader.measures(shown, service_id)
    off = int(((frame["stage"] == "live") & (frame["status"] == "off_target")).sum())
    return f"**{count(off, 'measure is', 'measures are')} off target now.**" if off else "No measure is off target now."


_standing = snapshot.remembered(_off_target)
_outlook = snapshot.remembered(_year_end)


def answer(service_id: str) -> str:
    """Year end, what is late, what really moved and what must be put right, in markdown."""
    mine = sources.of(service_id, "")
    late, pressing = len(calendar.outstanding(mine).late), len(service_exceptions.of(service_id))
    said = [
        _outlook(service_id),
        _standing(service_id),
        f"**{count(late, 'submission is', 'submissions are')} late.**" if late else calendar.none_late(mine),
        _moved(service_id),
        f"{count(pressing, 'exception needs', 'exceptions need')} attention." if pressing else "No exceptions.",
        _to_put_right(mine) if problems.are_shown() else "",
    ]
    return " ".join(each for each in said if each)


def _moved(service_id: str) -> str:
    """How many movements are real, and which way they went."""
    here = movements.of(service_id)
    total = len(here.lines)
    if not total:
        return "No movement is more than chance gives."
    ways = {"for the worse": here.worse, "for the better": here.better}
    parts = [f"{many} {way}" for way, many in ways.items() if many]
    if len(parts) == 1 and total in ways.values():
        parts = [way for way, many in ways.items() if many]
    news = f" ({joined(parts)})" if parts else ""
    return f"{count(total, 'measure has', 'measures have')} moved more than chance gives{news}."


def _to_put_right(mine: Sources) -> str:
    found = problems.found(mine)
    refused, rows = len(found.refused), found.rows
    parts = [f"{count(refused, 'file is', 'files are')} refused"] if refused else []
    parts += [f"{count(rows, 'row is', 'rows are')} set aside"] if rows else []
    return f"To put right: {joined(parts)}." if parts else ""
