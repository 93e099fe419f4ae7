"""One case of a file of SPC cases: a series with its options, checked as it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Final

from scorecard.errors import CouncilError
from scorecard.judge.spc.labels import SIGNS

LARGEST: Final = 1e300
"""Beyond it sums would overflow; nothing a council counts comes near."""


class CaseError(CouncilError):
    """A file of cases cannot be answered: which case, which field, and what is wrong with it, in one sentence."""


@dataclass(frozen=True)
class Case:
    """A series and how to chart it, in the order of the file; None is a missing value."""

    id: str | int
    dates: tuple[date, ...]
    values: tuple[float | None, ...]
    direction: str
    target: float | None
    rebases: frozenset[date]
    fix_after: float | None
    screen: bool


def read_cases(content: Any) -> Iterator[Case]:
    """The cases of a parsed JSON file, one by one. Raises CaseError at the first fault."""
    cases = content.get("cases") if isinstance(content, Mapping) else None
    if not isinstance(cases, list):
        raise CaseError('The file must hold an object with a list of "cases".')
    for place, case in enumerate(cases, start=1):
        if not isinstance(case, Mapping):
            raise CaseError(f"Case number {place} is not an object with id and input.")
        name = case.get("id")
        if not isinstance(name, str | int) or isinstance(name, bool):
            raise CaseError(f"Case number {place}: id is missing or is neither text nor a whole number.")
        yield _case(name, case.get("input"))


def _case(name: str | int, given: Any) -> Case:
    if not isinstance(given, Mapping):
        raise _fault(name, "input", "is missing or is no object")
    dates = tuple(_day(name, f"dates[{at}]", each) for at, each in enumerate(_list(name, given, "dates")))
    values = tuple(
        None if each is None else _number(name, f"values[{at}]", each)
        for at, each in enumerate(_list(name, given, "values"))
    )
    if len(dates) != len(values):
        raise _fault(name, "values", f"has {len(values)} entries, but dates has {len(dates)}")
    direction = given.get("improvement_direction")
    if not isinstance(direction, str) or direction not in SIGNS:
        raise _fault(name, "improvement_direction", f"must be one of {', '.join(SIGNS)}, not {_shown(direction)}")
    target, fix_after = given.get("target"), given.get("fix_after_n_points")
    rebases = [] if given.get("rebase_dates") is None else _list(name, given, "rebase_dates")
    screen = given.get("screen_outliers", True)
    if not isinstance(screen, bool):
        raise _fault(name, "screen_outliers", f"must be true or false, not {_shown(screen)}")
    return Case(
        id=name,
        dates=dates,
        values=values,
        direction=direction,
        target=None if target is None else _number(name, "target", target),
        rebases=frozenset(_day(name, f"rebase_dates[{at}]", each) for at, each in enumerate(rebases)),
        fix_after=None if fix_after is None else _number(name, "fix_after_n_points", fix_after),
        screen=screen,
    )


def _fault(name: str | int, field: str, what: str) -> CaseError:
    return CaseError(f"Case {name}: {field} {what}.")


def _list(name: str | int, given: Mapping[str, Any], field: str) -> list[Any]:
    found = given.get(field)
    if not isinstance(found, list):
        raise _fault(name, field, "is missing or is no list")
    return found


def _number(name: str | int, field: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise _fault(name, field, f"must be a number or null, not {_shown(given)}")
    if not (isfinite(given) if isinstance(given, float) else True) or abs(given) > LARGEST:
        raise _fault(name, field, f"must be a finite number, not {_shown(given)}")
    return float(given)


def _day(name: str | int, field: str, given: Any) -> date:
    try:
        day = date.fromisoformat(given)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != given:
        raise _fault(name, field, f"must be a date such as 2026-11-20, not {_shown(given)}")
    return day


def _shown(given: Any) -> str:
    words = "null" if given is None else f'"{given}"' if isinstance(given, str) else str(given)
    words = " ".join(words.split())
    return words if len(words) <= 40 else words[:39] + "…"
