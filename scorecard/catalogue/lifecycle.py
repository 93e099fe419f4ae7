"""The life of a measure: when it was proposed, came into use, was kept, changed or dropped, why, and who agreed."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from pydantic import model_validator

from scorecard.catalogue.entry import Entry, Text


class Stage(StrEnum):
    """Where a measure stands on a day."""

    proposed = "proposed"
    live = "live"
    removed = "removed"


class Decision(Entry):
    """One decision about a measure."""

    decision: Literal["proposed", "live", "retained", "amended", "removed"]
    on: date
    """The day from which it holds. For an amendment: the first day of the first period counted the new way."""
    reason: Text
    approved_by: Text | None = None
    """The body or post that agreed; a proposal may still lack it."""
    breaks_comparability: bool = False
    """For an amendment: figures before cannot be put beside figures after."""

    @model_validator(mode="after")
    def _agreed(self) -> "Decision":
        if self.decision != "proposed" and not self.approved_by:
            raise ValueError(f"a measure is {self.decision} only when somebody has agreed: give 'approved_by'")
        if self.breaks_comparability and self.decision != "amended":
            raise ValueError("only an amendment can break comparability")
        return self


class Rebase(Entry):
    """A day from which the usual level of the measure is worked out anew, because the service changed."""

    on: date
    reason: Text


def stage_on(lifecycle: Sequence[Decision], day: date) -> Stage:
    """Where a measure stands on a day. Without decisions it is live; before its first it is proposed."""
    if not lifecycle:
        return Stage.live
    stage = Stage.proposed if lifecycle[0].decision in {"proposed", "live"} else Stage.live
    for decision in lifecycle:
        if decision.on > day:
            break
        stage = {"proposed": Stage.proposed, "removed": Stage.removed}.get(decision.decision, Stage.live)
    return stage


def out_of_order(lifecycle: Sequence[Decision]) -> str | None:
    """What is wrong with the order of decisions, in words; None when nothing is."""
    if any(earlier.on > later.on for earlier, later in pairwise(lifecycle)):
        return "the decisions are not in the order of their days."
    for at, each in enumerate(lifecycle):
        if each.decision == "proposed" and at > 0:
            return "a proposal can only be the first decision."
        if each.decision == "live" and any(other.decision != "proposed" for other in lifecycle[:at]):
            return "a measure goes live once, right after its proposal."
        if each.decision in {"amended", "retained"} and lifecycle[0].decision == "proposed" and at == 1:
            return f"a proposed measure goes live before it is {each.decision}."
        if each.decision == "removed" and at < len(lifecycle) - 1:
            return "nothing can follow a removal; add a new measure instead."
    return None
