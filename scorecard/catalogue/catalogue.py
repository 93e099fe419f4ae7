"""The whole catalogue: one YAML file read into frozen models."""

from typing import Literal

from pydantic import Field, model_validator

from scorecard.catalogue.committee import Committee
from scorecard.catalogue.council import Areas, Council, PeerGroup, Plan, Service, Theme
from scorecard.catalogue.cycle import Body, Cycle
from scorecard.catalogue.entry import Entry, Id
from scorecard.catalogue.exception_rule import AnyExceptionRule
from scorecard.catalogue.failure_indicator import FailureIndicator
from scorecard.catalogue.measure import Measure
from scorecard.catalogue.register import Register
from scorecard.catalogue.register_records import with_records
from scorecard.catalogue.source import Source
from scorecard.catalogue.target import Tolerance


class Defaults(Entry):
    """What a measure inherits unless it says otherwise."""

    tolerance: Tolerance = Tolerance(per_cent=5)
    variation: Literal["reference", "mdc"] = "reference"
    """Whose rules draw process limits: the NHS reference program's, or those of the Making Data Count workbook."""


class Catalogue(Entry):
    """Council Scorecard catalogue: every measure, what it means, where its figures come from and who answers."""

    council: Council
    plan: Plan | None = None
    themes: dict[Id, Theme] = Field(min_length=1)
    services: dict[Id, Service] = Field(min_length=1)
    committees: dict[Id, Committee] = Field(default_factory=dict)
    """Scrutiny committees and their remits, in the order in which they are offered."""
    areas: Areas = Areas()
    peer_groups: dict[Id, PeerGroup] = Field(default_factory=dict)
    sources: dict[Id, Source] = Field(min_length=1)
    defaults: Defaults = Defaults()
    registers: dict[Id, Register] = Field(default_factory=dict)
    """What the council has to do by a day: plan actions, audit recommendations, policies and the like."""
    failure_indicators: dict[Id, FailureIndicator] = Field(default_factory=dict)
    calendar: dict[Id, Body] = Field(default_factory=dict)
    """Meetings of the council's calendar other than those of scrutiny committees."""
    cycles: dict[Id, Cycle] = Field(default_factory=dict)
    exception_rules: dict[Id, AnyExceptionRule] = Field(default_factory=dict)
    measures: dict[Id, Measure] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _registers_are_counted(cls, given: object) -> object:
        return with_records(given)

    def owner_of(self, measure: Measure) -> str:
        """The post that answers for a measure."""
        return measure.owner or self.services[measure.service].owner

    def tolerance_of(self, measure: Measure) -> Tolerance:
        """The measure's own tolerance, else the catalogue's."""
        return measure.tolerance or self.defaults.tolerance
