"""Which place is meant: every code and spelling of every area, and who the home council's peers are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from scorecard.catalogue import AreaRegister, Catalogue, PeerGroup
from scorecard.errors import SettingError
from scorecard.nearest import did_you_mean

_SUFFIXES: Final = (" council", " borough council", " district council", " city council", " county council")


@dataclass(frozen=True)
class Place:
    """One area as the snapshot holds it."""

    code: str
    name: str
    level: str
    within: str | None = None
    ended_on: date | None = None
    replaced_by: tuple[str, ...] = ()


@dataclass
class AreaIndex:
    """Looks areas up by any code or name they have had; the answer is always the current code."""

    home: str = ""
    places: dict[str, Place] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, place: Place, *, codes: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> None:
        """Make an area known. A current authority keeps a name that a former one also had."""
        self.places.setdefault(place.code, place)
        for code in (place.code, *codes):
            self._codes.setdefault(code.strip(), place.code)
        for name in (place.name, *names):
            key = folded(name)
            held = self.places.get(self._names.get(key, ""))
            if key and (held is None or (held.ended_on and not place.ended_on)):
                self._names[key] = place.code

    def by_code(self, text: str) -> str | None:
        """Current code for a code, former ones included; None when nothing is known by it."""
        return self._codes.get(text.strip())

    def by_name(self, text: str) -> str | None:
        """Current code for a name; None when nothing is known by it."""
        key = folded(text)
        if key in self._names:
            return self._names[key]
        for suffix in _SUFFIXES:
            if key.endswith(suffix) and key.removesuffix(suffix) in self._names:
                return self._names[key.removesuffix(suffix)]
        return None

    def known(self, text: str) -> str | None:
        """Current code for a code or a name; None when nothing is known by it."""
        return self.by_code(text) or self.by_name(text)

    def parts(self) -> list[str]:
        """The areas within home, e.g. its wards."""
        return [code for code, place in self.places.items() if place.within == self.home]

    def in_force(self, code: str, on: date) -> str | None:
        """The council that answers for an area on a day: itself, or the one successor of a council that had ended.

        None when it had ended and was split up or left no successor: its series ends there.
        """
        place = self.places[code]
        if place.ended_on is None or on < place.ended_on:
            return code
        return place.replaced_by[0] if len(place.replaced_by) == 1 and place.replaced_by[0] in self.places else None

    def find(self, text: str) -> str:
        """Current code for a code or a name. Raises SettingError naming the nearest council."""
        code = self.known(text)
        if code is None:
            names = [place.name for place in self.places.values()]
            raise SettingError(
                f"There is no council '{text}' among the {len(names)} areas of the catalogue."
                f"{did_you_mean(text, names)}",
                fix="Give its name or its code with --council, or set SCORECARD_COUNCIL.",
            )
        return code


def folded(name: str) -> str:
    """A name without the differences that are forgiven: case, spaces, "&" for "and", commas and dots."""
    spelt = name.casefold().replace("&", " and ")
    return " ".join(re.sub(r"[.,*'\u2019]", " ", spelt).split())


def index_areas(catalogue: Catalogue, frames: Mapping[str, pd.DataFrame], council: str | None) -> AreaIndex:
    """Every area of the catalogue: those listed, then those in its registers (frames by source id)."""
    index = AreaIndex()
    for code, area in catalogue.areas.listed.items():
        index.add(Place(code, area.name, area.level, area.within), codes=area.codes, names=area.also)
    identities: dict[str, str] = {}
    for register in catalogue.areas.registers:
        identities |= _add_register(index, register, frames[register.source])
    for names in catalogue.areas.names:
        frame = frames[names.source]
        for name, identity in zip(frame[names.name], frame[names.identity], strict=True):
            owner = identities.get(str(identity))
            if owner and isinstance(name, str):
                index.add(index.places[owner], names=(name,))
    index.home = index.find(council or catalogue.council.home)
    return index


def _add_register(index: AreaIndex, register: AreaRegister, frame: pd.DataFrame) -> dict[str, str]:
    """Add a register's areas; returns identity → code."""
    rows = [row for row in frame.to_dict("records") if isinstance(row[register.code], str)]
    identities = {str(row[register.identity]): str(row[register.code]) for row in rows if register.identity}
    for row in rows:
        ended = row.get(f"{register.ended}__value") if register.ended else None
        successors = _split(row.get(register.replaced_by)) if register.replaced_by else ()
        place = Place(
            code=str(row[register.code]),
            name=str(row[register.name]),
            level=register.level,
            ended_on=ended if isinstance(ended, date) and not pd.isna(ended) else None,
            replaced_by=tuple(identities.get(name, name) for name in successors),
        )
        index.add(place, codes=_split(row.get(register.former_codes)) if register.former_codes else ())
    return identities


def _split(text: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if isinstance(text, str) else ()


@dataclass(frozen=True)
class Peers:
    """The home council's peers, nearest first."""

    group: str | None
    codes: tuple[str, ...]


def peers_of(catalogue: Catalogue, index: AreaIndex, frames: Mapping[str, pd.DataFrame]) -> Peers:
    """The first peer group that knows the home council."""
    for group in catalogue.peer_groups.values():
        found = group.listed if group.listed else _read_peers(group, index, frames[group.source or ""])
        codes = tuple(dict.fromkeys(code for text in found if (code := index.known(text))))
        codes = tuple(code for code in codes if code != index.home)
        if codes:
            return Peers(group.title, codes)
    return Peers(None, ())


def _read_peers(group: PeerGroup, index: AreaIndex, frame: pd.DataFrame) -> list[str]:
    def known(text: object) -> str | None:
        return index.known(text) if isinstance(text, str) else None

    if group.of_area and known(group.of_area) != index.home:
        return []
    for column, wanted in group.where.items():
        frame = frame[frame[column] == wanted]
    if group.of:
        frame = frame[[known(text) == index.home for text in frame[group.of]]]
    if group.group:
        families = {
            family
            for family, member in zip(frame[group.group], frame[group.members[0]], strict=True)
            if known(member) == index.home
        }
        frame = frame[frame[group.group].isin(families)]
    return [text for row in frame[list(group.members)].to_numpy().tolist() for text in row if isinstance(text, str)]
