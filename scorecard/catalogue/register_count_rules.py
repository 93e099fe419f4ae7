"""Rules for what rests on registers: measures counted from them, and indicators of potential failure."""

from collections.abc import Iterator

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.failure_indicator import FailureIndicator
from scorecard.catalogue.fault import Path
from scorecard.catalogue.record_rules import breakdown_faults, expression_fault, kinds_of
from scorecard.catalogue.records import Records
from scorecard.catalogue.register import Register
from scorecard.catalogue.register_count import RegisterCount
from scorecard.catalogue.register_records import records_for, why_uncountable
from scorecard.expression import Kind
from scorecard.nearest import did_you_mean

Found = Iterator[tuple[Path, str]]


def register_count_faults(catalogue: Catalogue) -> Found:
    """Every measure `of_register` that cannot be counted, with the reason."""
    for name, measure in catalogue.measures.items():
        if measure.of_register is None:
            continue
        at: Path = ("measures", name, "of_register")
        register = catalogue.registers.get(measure.of_register.register_)
        if register is None:
            yield (*at, "register"), _no_register(measure.of_register.register_, catalogue)
        elif why := why_uncountable(measure.of_register, register):
            yield (*at, "count"), why
        elif measure.records != Records.model_validate(records_for(measure.of_register, register)):
            yield at, "the measure has 'records' of its own too: give either 'of_register' or 'records'."
        else:
            yield from (((*at, *path), text) for path, text in _counted(measure.of_register, register, catalogue))


def failure_indicator_faults(catalogue: Catalogue) -> Found:
    """Every indicator of potential failure whose register cannot show it, with the reason."""
    for name, indicator in catalogue.failure_indicators.items():
        at: Path = ("failure_indicators", name)
        register = catalogue.registers.get(indicator.register_)
        if register is None:
            yield (*at, "register"), _no_register(indicator.register_, catalogue)
            continue
        source = catalogue.sources.get(register.source)
        if indicator.where and source:
            fault = expression_fault(indicator.where, Kind.condition, kinds_of(source))
            if fault:
                yield (*at, "where"), fault
        why = _never_shown(indicator, register)
        if why:
            yield (*at, "are"), why


def _never_shown(indicator: FailureIndicator, register: Register) -> str | None:
    if indicator.are == "overdue" and not register.has_due:
        return f"'{indicator.register_}' has no due date, so nothing of it is ever overdue."
    if indicator.are == "ended" and not register.can_end:
        return f"nothing says when an item of '{indicator.register_}' has ended."
    return None


def _counted(count: RegisterCount, register: Register, catalogue: Catalogue) -> Found:
    source = catalogue.sources.get(register.source)
    if source is None or source.holds != "records":
        return
    fault = count.where and expression_fault(count.where, Kind.condition, kinds_of(source))
    if fault:
        yield ("where",), fault
    yield from breakdown_faults(count.by, source)


def _no_register(name: str, catalogue: Catalogue) -> str:
    return f"there is no register '{name}'.{did_you_mean(name, catalogue.registers)}"
