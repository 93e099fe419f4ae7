"""Questions on the terminal: each answer is read at once, and asked for again, with the reason, until it fits."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from pipelines.read.values import parse_number
from scorecard.expression import ExpressionFault, Kind, check, parse
from scorecard.nearest import did_you_mean
from scorecard.period_forms import parse_date

T = TypeVar("T")


class Unfit(ValueError):
    """An answer that cannot be taken; its text says why and what would do."""


def ask(question: str, read: Callable[[str], T], default: str = "") -> T:
    """The answer as `read` makes it, which raises Unfit for one that will not do; Enter gives the default.

    Raises EOFError at the end of input and KeyboardInterrupt at Ctrl-C.
    """
    shown = f" [{default}]" if default else ""
    if question.startswith("\n"):
        print()
    while True:
        try:
            return read(input(f"{question.lstrip()}{shown}: ").strip() or default)
        except UnicodeDecodeError:
            print("  That cannot be read as text; type it again.")
        except Unfit as fault:
            print(f"  {fault}")


def choose(question: str, options: Mapping[str, str], default: str = "") -> str:
    """One of the options (id → words), by its number or its id."""
    names = list(options)
    print(f"\n{question}")
    for at, (name, words) in enumerate(options.items(), start=1):
        print(f"  {at:>2}  {name}{f': {words}' if words and words != name else ''}")

    def read(text: str) -> str:
        if text in options:
            return text
        if text.isdecimal() and 1 <= int(text) <= len(names):
            return names[int(text) - 1]
        hint = did_you_mean(text, names) if text else ""
        raise Unfit(f"Give a number from 1 to {len(names)}, or a name from the list.{hint}")

    return ask("Which one", read, default)


def yes_or_no(question: str) -> bool:
    """Whether; Enter is no."""

    def read(text: str) -> bool:
        if text.casefold() in {"y", "yes", "n", "no"}:
            return text.casefold().startswith("y")
        raise Unfit("Answer yes or no.")

    return ask(question, read, "no")


def some_text(text: str) -> str:
    """Any text but none."""
    if not text:
        raise Unfit("This cannot be left out.")
    return " ".join(text.split())


def any_text(text: str) -> str:
    """A text, or none."""
    return " ".join(text.split())


def new_id(known: Sequence[str]) -> Callable[[str], str]:
    """Reads an id that the catalogue does not have yet."""

    def read(text: str) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", text):
            raise Unfit("Use small letters, digits and '_', beginning with a letter, e.g. missed_collections.")
        if text in known:
            raise Unfit(f"There is a measure '{text}' already; take another id.")
        return text

    return read


def a_number(
    *, above: float | None = None, below: float | None = None, least: float | None = None
) -> Callable[[str], float]:
    """Reads a number as people write it: 1,250, 95%, £40."""

    def read(text: str) -> float:
        number = parse_number(text)
        if number is None:
            raise Unfit(f"'{text}' is not a number; write it as 1250 or 12.5.")
        if least is not None and number < least:
            raise Unfit(f"It must be at least {least:g}.")
        if above is not None and number <= above:
            raise Unfit(f"It must be more than {above:g}.")
        if below is not None and number >= below:
            raise Unfit(f"It must be less than {below:g}.")
        return int(number) if number.is_integer() else number

    return read


def a_whole_number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between two others."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
            raise Unfit(f"Give a whole number from {least} to {most}.")
        return int(text)

    return read


def a_day_or_none(text: str) -> date | None:
    """Reads a day, or nothing."""
    day = parse_date(text) if text else None
    if text and day is None:
        raise Unfit(f"'{text}' is not a day; write it as 2026-04-01 or 01/04/2026, or nothing.")
    return day


def an_expression(columns: Mapping[str, Kind], wanted: Kind | None, *, needed: bool = True) -> Callable[[str], str]:
    """Reads an expression over the columns that gives what is wanted (None: anything but a condition)."""

    def read(text: str) -> str:
        if not text and not needed:
            return ""
        try:
            found = check(parse(text), columns)
        except ExpressionFault as fault:
            said = str(fault).rstrip(".")
            end = "" if said.endswith("?") else "."
            raise Unfit(f"{said[:1].upper()}{said[1:]}{end} docs/authoring.md shows how they are written.") from fault
        if found is not wanted if wanted else found is Kind.condition:
            raise Unfit(f"This is {found.value}, and {wanted.value if wanted else 'a value of a column'} is wanted.")
        return text

    return read
