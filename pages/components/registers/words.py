"""Which words of the glossary a register's page uses."""

from typing import Any, Final

from pages.components import snapshot
from scorecard.snapshot.registers import declared
from scorecard.snapshot.store import Snapshot

_DATED: Final = ("original_due", "redated", "overdue", "ageing", "predicted_late")
_SCORED: Final = ("risk_score", "appetite", "stuck_risk", "rescore")
_OF_AGENDA: Final = {
    "audit": ("assurance_opinion",), "complaints": ("complaint_code", "ombudsman", "interval"),
    "actions": ("golden_thread",), "assessment": ("failure_indicator",),
}  # fmt: skip


def _used(shown: Snapshot, register_id: str) -> tuple[str, ...]:
    one: dict[str, Any] = declared.register(shown, register_id)
    shape = declared.shape(shown, register_id)
    parts = (
        ("register", "stock_and_flow"),
        _DATED if shape["due"] else (),
        ("sign_off",) if one["needs_sign_off"] else (),
        ("burn_down",) if one["baseline_on"] is not None else (),
        _SCORED if shape["residual"] else (),
        _OF_AGENDA.get(one["agenda"], ()),
    )
    return tuple(word for part in parts for word in part)


of = snapshot.remembered(_used)
"""Ids of the words, in the order in which they are met."""
