"""Who the council is: themes, the services tree and the places figures are about."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from scorecard.catalogue.entry import Entry, Id, Text

Level = Literal["nation", "country", "region", "county", "council", "ward", "other"]


class Council(Entry):
    """The council this dashboard is for."""

    name: Text
    """As it should appear in the page title, e.g. "Trafford Council"."""
    home: Text
    """Area code or name of the council itself; `--council` overrides it."""
    as_at: date | None = None
    """Judge lateness as at this day instead of today. Only for demonstrations and archived data."""
    leadership: tuple[Text, ...] = ()
    """The posts of the corporate leadership team; each answers for a directorate."""
    notice: Text | None = None
    """A sentence for the top of every page, e.g. that the council is invented."""
    contact: Text | None = None
    """Whom readers can ask, and tell of a barrier: a post or team with an address, e.g. "Performance team,
    performance@example.gov.uk"."""


class Goal(Entry):
    """One goal of the council plan."""

    title: Text
    promise: Text
    """What residents were told, in a sentence."""


class Plan(Entry):
    """The council plan, to whose goals measures are linked."""

    title: Text
    since: date
    until: date | None = None
    goals: dict[Id, Goal] = Field(min_length=1)


class Theme(Entry):
    """One of the four themes, in the order the catalogue lists them."""

    title: Text
    question: Text
    """What leadership wants to know under this theme, as a question."""


class Service(Entry):
    """A directorate, division or service. `within` makes the tree."""

    title: Text
    owner: Text
    """The post that answers for it, never a person's name."""
    within: Id | None = None


class Area(Entry):
    """A place named in the catalogue itself, e.g. England, or a ward."""

    name: Text
    level: Level
    also: tuple[Text, ...] = ()
    """Other spellings found in files."""
    codes: tuple[Text, ...] = ()
    """Other codes it has or had."""
    within: Text | None = None
    """Code of the area it is part of."""
    population: int | None = Field(default=None, gt=0)


class AreaRegister(Entry):
    """A file that lists areas: where their codes, names and fates stand."""

    source: Id
    level: Level = "council"
    code: Id
    """Column with the current area code; rows without one are left out."""
    name: Id
    identity: Id | None = None
    """Column with the register's own key, which name lists and successors refer to."""
    former_codes: Id | None = None
    """Column with codes the area had before, separated by commas."""
    ended: Id | None = None
    """Column with the day on which the council ceased to exist: its series end there."""
    replaced_by: Id | None = None
    """Column with the identities of its successors, separated by commas."""


class AreaNames(Entry):
    """A file of spellings: each row one name and the identity it belongs to."""

    source: Id
    name: Id
    identity: Id


class Boundaries(Entry):
    """A GeoJSON file of outlines, for maps. Its source reads it as JSON with `records_at: features`."""

    source: Id
    outline: Id
    """Column with the geometry of a feature: a polygon or several, in degrees of longitude and latitude."""
    properties: Id
    """Column with the properties of a feature."""
    code: Text
    """The property that holds the area's code or name."""


class Areas(Entry):
    """Every place a figure may be about."""

    listed: dict[Text, Area] = Field(default_factory=dict)
    """By area code."""
    registers: tuple[AreaRegister, ...] = ()
    names: tuple[AreaNames, ...] = ()
    boundaries: tuple[Boundaries, ...] = ()


class PeerGroup(Entry):
    """Councils to compare with: listed here, or read from a file. The first group that knows home is used."""

    title: Text
    listed: tuple[Text, ...] = ()
    """Area codes, for a group written in the catalogue."""
    source: Id | None = None
    of: Id | None = None
    """Column with the council that a row's members belong to; without it every row is for `of_area`."""
    of_area: Text | None = None
    """The one council that the whole file is about."""
    group: Id | None = None
    """Column with the name of a family; all members of home's family are its peers."""
    members: tuple[Id, ...] = ()
    """Columns with the members, nearest first."""
    where: dict[Id, Text] = Field(default_factory=dict)
    """Keep only rows with these values, e.g. one type of family group."""

    @model_validator(mode="after")
    def _one_way(self) -> "PeerGroup":
        if bool(self.listed) == bool(self.source):
            raise ValueError("a peer group needs either 'listed' or 'source', not both and not neither")
        if self.source and not self.members:
            raise ValueError("a peer group read from a source needs 'members': the columns that hold them")
        return self
