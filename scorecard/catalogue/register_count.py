"""A measure counted from a register: what it says becomes the ordinary count over the register's records."""

from typing import Literal

from pydantic import Field

from scorecard.catalogue.entry import Entry, Id
from scorecard.catalogue.records import Expression


class RegisterCount(Entry):
    """How many items of a register, or what share of them. Lateness is counted from the ORIGINAL due date."""

    register_: Id = Field(alias="register")
    count: Literal["open", "overdue", "opened", "ended", "ended_in_time"]
    """open and overdue: at the end of the period. ended_in_time: of those that fell due, the share ended by then."""
    where: Expression | None = None
    """Only items that meet this condition, besides the register's own."""
    by: tuple[Id, ...] = ()
    """Columns of the source to break the figure down by."""
    rolling: int | None = Field(default=None, ge=2, le=60)
    """Months to go back, the period's own among them; goes with 'basis: rolling'."""
