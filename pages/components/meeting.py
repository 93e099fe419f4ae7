"""What has changed since a committee met: status, exceptions, restated figures and decisions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components.dates import day
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.measure_words import DECISION_WORDS
from scorecard.snapshot.remit_changes import decided_since, exceptions_since, listed_from, restated_since
from scorecard.snapshot.remit_reported import as_reported, recorded_since
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, figure, joined

_JUDGED: Final = ("on_target", "close", "off_target")
MOST: Final = 12
"""Lines of one list before the others are only counted."""
_WHY: Final[Mapping[str, str]] = {
    "corrected_file": "a corrected file",
    "definition_changed": "the definition changed",
    "withdrawn": "its file was withdrawn",
    "file_lost": "its file was lost",
    "worked_out_anew": "worked out anew",
}


def _changes(shown: Snapshot, remit_id: str, since: date) -> str:
    """All that has changed within a remit since the end of a day, as markdown."""
    then = as_reported(shown, remit_id, since)
    come, gone = (_exceptions(exceptions_since(shown, remit_id, since), has_come=way) for way in (True, False))
    restated = [_restated(one) for one in rows_of(restated_since(shown, remit_id, since))]
    lists = (
        ("Against target", [_turned(one) for one in rows_of(_turning(then))], "no measure stands differently"),
        ("Needs attention now", come, "nothing needs attention that did not before"),
        ("Needs none any more", gone, "nothing has ceased to need it"),
        ("Published figures changed", restated, "no figure that was published by then has changed"),
        (
            "Definitions and targets",
            _decisions(decided_since(shown, remit_id, since)),
            "no definition or target was decided on",
        ),
    )
    newer = int((then["held_to"] > then["period_end"]).sum())
    said = [f"{_newer(newer, len(then), since)} {_record(recorded_since(shown), since)}"]
    said += [f"**{title}.**{_listed(lines)}" for title, lines, _ in lists if lines]
    same = [otherwise for _, lines, otherwise in lists if not lines]
    said += [f"**{'Otherwise' if len(same) < len(lists) else 'In all else'}:** {joined(same)}."] if same else []
    return "\n\n".join([*said, _memory(listed_from(shown), since)]).strip()


def _newer(newer: int, all_of_them: int, since: date) -> str:
    if not newer:
        return f"No measure has a figure for a later period than it had on {day(since)}."
    has = "has" if newer == 1 else "have"
    return f"**{newer}** of {count(all_of_them, 'measure')} {has} a figure for a later period than on {day(since)}."


def _record(began: date | None, since: date) -> str:
    """What the figures of that day are."""
    if began is not None and began <= since:
        return "What stood then is what had been published by the end of that day."
    return (
        f"What had been published by then is not on record, which begins on {day(began)}: the figures of then are those"
        " that were due by that day, as they are known now."
    )


def _memory(began: date | None, since: date) -> str:
    if began is not None and began <= since:
        return ""
    kept = f"The list of exceptions is kept from the reporting period that ended on {day(began)}" if began else ""
    return f"{kept}: one counts as new when the first period it concerns had not been reported by then." if kept else ""


def _turning(then: pd.DataFrame) -> pd.DataFrame:
    """Measures whose status changed, those now off target first."""
    told = then["status"].isin(_JUDGED) | then["now_status"].isin(_JUDGED)
    changed = then[told & then["status"].notna() & then["now_status"].notna() & (then["status"] != then["now_status"])]
    return changed.assign(is_off=changed["now_status"] == "off_target").sort_values(
        "is_off", ascending=False, kind="stable"
    )


def _turned(one: Any) -> str:
    then, now = (_in_words(of) for of in (one.status, one.now_status))
    return f"{_link(one.measure_id, one.title)}: {then} in {as_text(one.period)}, {now} in {as_text(one.now_period)}"


def _in_words(of: str) -> str:
    words = STATUS_WORDS[Status(of)]
    return f"{words[:1].lower()}{words[1:]}"


def _exceptions(frame: pd.DataFrame, *, has_come: bool) -> list[str]:
    return [_exception(one) for one in rows_of(frame[frame["has_come"].astype(bool) == has_come])]


def _exception(one: Any) -> str:
    named = f"{one.title}: {one.place}" if one.place else str(one.title)
    said = (
        str(one.sentence or "").removeprefix(f"{one.title}, {one.place}: ").removeprefix(f"{one.title}: ").rstrip(".")
    )
    return f"{_link(one.measure_id, named)}{f': {as_text(said)}' if said else ''}"


def _restated(one: Any) -> str:
    was, now = (
        figure(value, one.unit, one.decimals, marker)
        for value, marker in ((one.old_value, one.old_marker), (one.new_value, one.new_marker))
    )
    why = _WHY.get(one.why, one.why)
    return f"{_link(one.measure_id, one.title)}, {as_text(f'{one.period}: was {was}, is {now} ({why})')}"


def _decided(one: Any) -> str:
    reason = str(one.reason).rstrip(".")
    if one.what == "target":
        said = f"target of {one.in_words} from {day(one.decided_on)}: {reason}"
    elif one.what == "rebase":
        said = f"a new usual level from {day(one.decided_on)}: {reason}"
    else:
        apart = "; figures before and after cannot be compared" if one.breaks_comparability else ""
        said = f"{DECISION_WORDS[one.what].lower()}, {day(one.decided_on)}: {reason}{apart}"
    return f"{_link(one.measure_id, one.title)}: {as_text(said)}"


def _link(measure_id: str, title: str) -> str:
    return f"[{as_text(title)}](measure?measure={measure_id})"


def _decisions(frame: pd.DataFrame) -> list[str]:
    """Each decision; those that only kept a measure as it is are counted."""
    kept = int((frame["what"] == "retained").sum())
    told = [_decided(one) for one in rows_of(frame[frame["what"] != "retained"])]
    return told + ([f"{count(kept, 'measure')} reviewed and kept"] if kept else [])


def _listed(lines: Sequence[str]) -> str:
    more = [f"- and {count(len(lines) - MOST, 'more', 'more')}"] if len(lines) > MOST else []
    return "\n\n" + "\n".join([f"- {line}." for line in lines[:MOST]] + more)


changes = remembered(_changes)


def show(remit_id: str, since: date, is_meeting: bool) -> None:
    """What has changed since a day within a remit, under its heading."""
    st.header(f"What has changed since {'the meeting on ' if is_meeting else ''}{day(since)}")
    st.markdown(changes(remit_id, since))
