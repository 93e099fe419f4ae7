"""Committees that scrutinise: what is within the remit of each, and when it meets."""

from datetime import date

from pydantic import Field, field_validator, model_validator

from scorecard.catalogue.entry import Entry, Id, Text


class Committee(Entry):
    """An overview and scrutiny committee: the measures within its remit, named in up to three ways, and its meetings.

    A measure is within the remit when it is named, or its service or theme is.
    """

    title: Text
    services: tuple[Id, ...] = ()
    """Directorates, divisions or services; each stands for all below it too."""
    themes: tuple[Id, ...] = ()
    measures: tuple[Id, ...] = ()
    meetings: tuple[date, ...] = Field(default=())
    """Days on which it meets: those held, and those to come."""

    @model_validator(mode="after")
    def _something_to_scrutinise(self) -> "Committee":
        if not (self.services or self.themes or self.measures):
            raise ValueError("a committee needs a remit: name 'services', 'themes' or 'measures'")
        return self

    @field_validator("meetings")
    @classmethod
    def _once_each(cls, meetings: tuple[date, ...]) -> tuple[date, ...]:
        twice = sorted({day.isoformat() for day in meetings if meetings.count(day) > 1})
        if twice:
            raise ValueError(f"a day is listed twice: {', '.join(twice)}")
        return tuple(sorted(meetings))
