"""Scores of risks: likelihood times impact, how long a risk has been red, and whether it is stuck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scorecard.catalogue.register import Scores


@dataclass(frozen=True)
class Score:
    """The scores of a risk as a row has them; None where the row does not say."""

    inherent: int | None
    residual: int | None
    likelihood: int | None
    impact: int | None
    target: int | None
    appetite: int | None


def score_of(scores: Scores, row: Mapping[str, Any]) -> Score:
    """The scores of one row, by the columns that hold likelihood and impact. One off the scale is not believed."""
    likelihood, impact = (_on_scale(row[name], scores.highest) for name in scores.residual)
    appetite = row[scores.appetite] if scores.appetite else None
    return Score(
        _product(scores, scores.inherent, row),
        likelihood * impact if likelihood and impact else None,
        likelihood,
        impact,
        _product(scores, scores.target, row),
        int(appetite) if appetite is not None else None,
    )


def _product(scores: Scores, pair: tuple[str, str] | None, row: Mapping[str, Any]) -> int | None:
    if pair is None:
        return None
    likelihood, impact = (_on_scale(row[name], scores.highest) for name in pair)
    return likelihood * impact if likelihood and impact else None


def _on_scale(cell: object, highest: int) -> int | None:
    return int(cell) if isinstance(cell, float) and cell == int(cell) and 1 <= cell <= highest else None


def red_since(reports: Sequence[tuple[date, int | None]], red_from: int) -> date | None:
    """Since which report the residual score has been red without a break; None when it is not red now.

    `reports` are (day, residual score), the oldest first; one without a score breaks the run.
    """
    since = None
    for day, score in reversed(reports):
        if score is None or score < red_from:
            break
        since = day
    return since


def is_stuck(since: date | None, as_at: date, scores: Scores) -> bool:
    """Whether a risk has been red for longer than the register allows."""
    return since is not None and (as_at - since).days > scores.stuck_after
