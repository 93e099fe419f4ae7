"""Which columns of a source say what about an item of a register."""

from typing import Literal

from pydantic import Field

from scorecard.catalogue.entry import Entry, Id

LinkKind = Literal["measure", "goal", "register", "service"]


class Link(Entry):
    """A column that names other things, several separated by ";"."""

    column: Id
    kind: LinkKind
    """measure and service by id or title, goal by id or title, register by the key of an item in `to`."""
    to: Id | None = None
    """The register whose items are named, for `kind: register`."""


class RegisterColumns(Entry):
    """Columns of the source, by their ids. Only the title must be there."""

    item: Id | None = None
    """Names the item; by default the source's key without `reported`, its parts joined by "/"."""
    title: Id
    owner: Id | None = None
    """The post that answers for it."""
    service: Id | None = None
    """Id or title of a service of the catalogue."""
    opened: Id | None = None
    due: Id | None = None
    """The ORIGINAL due date, from which lateness always counts."""
    revised: tuple[Id, ...] = ()
    """Every later due date, in the order in which they were agreed."""
    status: Id | None = None
    rating: Id | None = None
    """Red, amber, green or complete, as the owner rates it."""
    done: Id | None = None
    """Percentage done."""
    reason: Id | None = None
    """Why it stands as it does."""
    way_forward: Id | None = None
    """What was agreed to be done about it."""
    evidence: Id | None = None
    closed: Id | None = None
    """The day on which its owner says it was finished."""
    signed_off: Id | None = None
    """The day on which it was signed off. Where the register has this, nothing is closed without it."""
    priority: Id | None = None
    part_of: Id | None = None
    """The key of the item of the same register that this one is part of."""
    reported: Id | None = None
    """The day a row reports as at, for registers that send a row for each item again each time. An item then is what
    its latest row says, and its earlier rows are its history."""
    links: tuple[Link, ...] = Field(default=())
