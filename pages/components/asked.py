"""Questions to ask about a measure, from what was found of it."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.components import dates, rows, snapshot
from pages.components.states import as_text
from scorecard.questions import Grounds, questions
from scorecard.snapshot.concerns import concerns
from scorecard.snapshot.confidence import standing
from scorecard.snapshot.linked import linked
from scorecard.snapshot.outlook import outlook
from scorecard.snapshot.store import Snapshot


def _asked(shown: Snapshot, measure_id: str, area_code: str) -> tuple[str, ...]:
    measure, known = snapshot.definition(measure_id), standing(shown, measure_id, area_code)
    if measure["stage"] != "live":
        return ()
    found = snapshot.findings(measure_id, area_code)
    listed = concerns(shown, measure_id)
    its_own = listed[(listed["area_code"] == area_code) | (area_code == snapshot.council()["area_code"])]
    beside = linked(shown, measure_id)
    counter = beside[beside["link"] == "counter"]
    return questions(
        Grounds(
            title=measure["title"],
            unit=measure["unit"],
            decimals=measure["decimals"],
            frequency=measure["frequency"],
            period=known["last_period"] or "",
            marker=known["marker"],
            findings={
                (one.judgement, one.part or ("" if one.area_code == area_code else one.area)): (
                    one.status,
                    None if pd.isna(one.adverse) else bool(one.adverse),
                    one.sentence,
                )
                for one in rows.of(found)
            },
            exceptions=[
                (one.place, one.rule, one.question)
                for one in rows.of(its_own)
                if one.state not in ("accepted", "resolved")
            ],
            outlook=outlook(shown, measure_id, area_code),
            broken=_broken(snapshot.decisions(), measure_id),
            counter=None if counter.empty else (counter["title"].iloc[0], counter["status"].iloc[0]),
            restated=int(known["restated"] or 0),
        )
    )


asked = snapshot.remembered(_asked)


def show(measure_id: str, area_code: str) -> None:
    """Each question, under their heading; nothing where there is no figure to ask about."""
    held = asked(measure_id, area_code)
    if held:
        st.header("Questions to ask")
        st.markdown("\n".join(f"{number}. {as_text(each)}" for number, each in enumerate(held, start=1)))


def _broken(decisions: pd.DataFrame, measure_id: str) -> tuple[str, str] | None:
    """Since when a measure is counted differently, and why, where that is less than two years ago."""
    as_at = pd.Timestamp(snapshot.council()["as_at"])
    held: list[Any] = [
        one
        for one in rows.of(decisions)
        if one.measure_id == measure_id and one.breaks_comparability and not one.is_to_come
        and one.decided_on > as_at - pd.DateOffset(years=2)
    ]  # fmt: skip
    return (dates.day(held[0].decided_on), str(held[0].reason).rstrip(".")) if held else None
