"""The risks of a register: where they stand, which are stuck or above appetite, which should be scored again."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import lists, snapshot
from pages.components.dates import day
from pages.components.registers import addresses, chosen, heat_map, item_states
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import proposals, scores
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

NAMED: Final = 8
"""Lines of a list before the others are folded away."""


def show(register_id: str) -> None:
    """Heat map, proposals to re-score, stuck risks and those above appetite; nothing for a register without scores."""
    if not chosen.shape(register_id).get("residual"):
        return
    st.header("Likelihood and impact")
    heat_map.show(register_id)
    held = _lines(register_id)
    for heading, none in _LISTS.items():
        lines = held[heading]
        listed = "\n".join(f"- {line}" for line in lines[:NAMED])
        st.markdown(f"**{heading} ({len(lines)})**\n\n{listed}" if lines else none)
        lists.folded(lines[NAMED:], f"{count(len(lines) - NAMED, 'other')} under: {heading.lower()}")


_LISTS: Final = {
    "Proposals to re-score": "**No risk need be scored again for what its measures and linked items say.**",
    "Stuck risks": "**No risk is stuck.**",
    "Above appetite": "**No risk stands above the appetite for it.**",
    "Changed since the report before": "**No residual score has changed since the report before.**",
}


def _made(shown: Snapshot, register_id: str) -> dict[str, tuple[str, ...]]:
    about = chosen.found(register_id)
    frame = scores.scored(shown, register_id)
    every = list(rows_of(frame))
    proposed = proposals.proposals(shown)
    moved = frame["before"].notna() & (frame["before"] != frame["residual"])
    return {
        "Proposals to re-score": tuple(
            f"{addresses.item_link(register_id, one.item_id, one.title)}{_post(one)}: {as_text(one.sentence)}"
            for one in rows_of(proposed[proposed["register_id"] == register_id])
        ),
        "Stuck risks": tuple(
            f"{_risk(register_id, one, about)}: red without a break since {day(one.red_since)}"
            for one in every
            if one.is_stuck
        ),
        "Above appetite": tuple(
            f"{_risk(register_id, one, about)}: the appetite is {one.appetite:.0f}" for one in every if one.is_above
        ),
        "Changed since the report before": tuple(
            f"{_risk(register_id, one, about)}: it was {one.before:.0f}" for one in rows_of(frame[moved])
        ),
    }


_lines = snapshot.remembered(_made)


def _risk(register_id: str, one: Any, about: dict[str, Any]) -> str:
    score = item_states.score(one.residual, about["amber_from"], about["red_from"])
    target = "" if pd.isna(one.target_score) else f", target {one.target_score:.0f}"
    return f"{score} {addresses.item_link(register_id, one.item_id, one.title)}{_post(one)}{target}"


def _post(one: Any) -> str:
    return f" ({as_text(one.owner)})" if one.owner else ""
