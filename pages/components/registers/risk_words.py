"""How the risks of a register stand, in a sentence: by their scores, not by their dates."""

import pandas as pd

from pages.components.registers.item_states import score_band
from pages.components.states import as_text
from scorecard.snapshot.registers import declared, proposals, scores
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, in_full, joined


def answer(shown: Snapshot, register_id: str) -> str:
    """ "Of 14 risks at 30 September 2026, 1 is red and 13 are amber. 4 are above appetite, …", as markdown."""
    about = declared.register(shown, register_id)
    frame = scores.scored(shown, register_id)
    if frame.empty:
        return f"**No open {as_text(about['item'])} has a residual score.**"
    bands = [score_band(each, about["amber_from"], about["red_from"]) for each in frame["residual"]]
    parts = [f"{_are(bands.count(band))} {band}" for band in ("red", "amber", "green") if band in bands]
    of = f"Of {count(len(frame), about['item'], about['items'])} at {in_full(about['judged_on'])}"
    return f"**{as_text(of)}, {joined(parts)}.** {_more(shown, register_id, frame, about['overdue'])}"


def _more(shown: Snapshot, register_id: str, frame: pd.DataFrame, overdue: int) -> str:
    above, stuck = int(frame["is_above"].sum()), int(frame["is_stuck"].sum())
    proposed = int((proposals.proposals(shown)["register_id"] == register_id).sum())
    said = [
        f"{_are(above)} above appetite",
        f"{_are(stuck)} stuck",
        f"there {'is' if proposed == 1 else 'are'} {count(proposed, 'proposal')} to re-score",
        *([f"{_are(overdue)} overdue"] if overdue else []),
    ]
    told = joined(said)
    return f"{told[:1].upper()}{told[1:]}."


def _are(many: int) -> str:
    return f"{many:,} {'is' if many == 1 else 'are'}" if many else "none is"
