"""How a measure is worked out, in sentences made from its entry: nobody writes them, so they cannot be out of date."""

from collections.abc import Iterator
from typing import Final, assert_never

from scorecard.catalogue import Calculation, Catalogue, Figures, Measure, Records, Source
from scorecard.catalogue.records import (
    PERCENTAGES,
    Count,
    Distinct,
    Flow,
    Mean,
    Median,
    Open,
    Percentile,
    RatioOfSums,
    Share,
    Sum,
    Within,
)
from scorecard.wording import count, joined

_PERIODS: Final = {"month": "month", "quarter": "quarter", "year": "financial year"}


def workings(measure: Measure, catalogue: Catalogue) -> list[str]:
    """The sentences, the one for the council's own figures first; columns of returns are called as files call them."""
    told = list(_of_records(measure, measure.records, catalogue)) if measure.records else []
    for figures in measure.figures:
        source = catalogue.sources[figures.source]
        begins = "Where that tells nothing, from" if told else "From"
        told.append(f"{begins} '{source.title}'{_rows(figures, source)}: {_of_figures(figures, source)}.")
    return told + _withheld(measure)


def column_named(source: Source, column: str) -> str:
    """A column as its sender knows it: 'Households helped', or column C where it has no heading."""
    entry = source.columns[column]
    return f"'{entry.header}'" if entry.header else f"column {entry.at}"


def _rows(figures: Figures, source: Source) -> str:
    chosen = []
    for column, wanted in figures.where.items():
        values = [wanted] if isinstance(wanted, str) else list(wanted)
        among = values[0] if len(values) == 1 else f"one of {', '.join(values)}"
        chosen.append(f"{column_named(source, column)} is {among}")
    return f", the rows where {joined(chosen)}" if chosen else ""


def _of_figures(figures: Figures, source: Source) -> str:
    if figures.value:
        return f"{column_named(source, figures.value)} as it stands{_times(figures.times)}"
    above, below = (column_named(source, name or "") for name in (figures.numerator, figures.denominator))
    return f"{above} divided by {below}{_times(figures.per)}"


def _times(factor: float) -> str:
    return "" if factor == 1 else f", times {factor:,.10g}"


def _of_records(measure: Measure, records: Records, catalogue: Catalogue) -> Iterator[str]:
    source = catalogue.sources[records.source]
    which = f" with {records.where}" if records.where else ""
    said = f"Of the records of '{source.title}'{which}"
    calculate = records.calculate
    match calculate:
        case Open():
            said += f": how many are open on the last day of the {_period(measure)}, {_open(calculate)}"
        case Flow():
            said += f", {_flow(measure, records, calculate)}"
        case _:
            said += f", put into {_window(measure, records, calculate.dated)}: {_result(calculate)}"
    if records.out_of:
        below = records.out_of.measure
        said += (
            f", divided by {_divisor(measure, records, catalogue, below) if below else 'the population of the area'}"
        )
    is_percentage = isinstance(calculate, PERCENTAGES) or (
        isinstance(calculate, Flow) and calculate.count == "clearance"
    )
    yield f"{said}{'' if is_percentage else _times(records.per)}."
    left_out = _left_out(calculate)
    if left_out:
        yield left_out
    if records.by:
        named = [column_named(source, name) for name in records.by]
        yield f"Told for each {joined(named)} as well, where the record says it."


def _period(measure: Measure) -> str:
    return _PERIODS[measure.frequency.value]


def _window(measure: Measure, records: Records, dated: str) -> str:
    if measure.basis == "year_to_date":
        return f"the financial year up to the end of each {_period(measure)} by {dated}"
    if records.rolling:
        return f"the {records.rolling} months up to the end of each {_period(measure)} by {dated}"
    return f"the {_period(measure)} of {dated}"


def _result(
    calculate: Count | Distinct | Sum | Mean | Median | Percentile | RatioOfSums | Share | Within,
) -> str:
    match calculate:
        case Count():
            return "how many there are"
        case Distinct(of=of):
            return f"how many different values of {of} there are"
        case Sum(of=of):
            return f"{of} added up"
        case Mean(of=of):
            return f"the mean of {of}"
        case Median(of=of):
            return f"the middle (median) of {of}"
        case Percentile(of=of, at=at):
            return f"the smallest {of} that at least {at:g}% of the records do not exceed"
        case RatioOfSums(numerator=above, denominator=below):
            return f"{above} added up, divided by {below} added up"
        case Share(of=of):
            return f"the share with {of}"
        case Within(start=start, end=end, days=days, working=working):
            kind = "working day" if working else "day"
            return f"the share with at most {count(days, kind)} from {start} to {end}"
        case _:
            assert_never(calculate)


def _open(calculate: Open) -> str:
    return f"begun by then ({calculate.start}) and not ended by then ({calculate.end})"


def _flow(measure: Measure, records: Records, calculate: Flow) -> str:
    window = _window(measure, records, "its date")
    begun = f"those that began ({calculate.start})"
    ended = f"those that ended ({calculate.end})"
    return (
        f"put into {window}: "
        + {
            "opened": f"how many there are of {begun}",
            "closed": f"how many there are of {ended}",
            "net": f"{begun} less {ended}",
            "clearance": f"{ended} as a percentage of {begun}",
        }[calculate.count]
    )


def _divisor(measure: Measure, records: Records, catalogue: Catalogue, below: str) -> str:
    other = catalogue.measures[below]
    if not records.rolling and measure.basis != "year_to_date":
        return f"'{other.title}'"
    how = "the mean" if other.basis == "snapshot" else "the sum"
    return f"{how} of '{other.title}' over the same months"


def _left_out(calculate: Calculation) -> str | None:
    """What is not counted, or is counted against: rules that an entry does not spell out."""
    match calculate:
        case Sum(of=of) | Mean(of=of) | Median(of=of) | Percentile(of=of) | Distinct(of=of):
            return f"Records without {of}, or without {calculate.dated}, are left out."
        case RatioOfSums():
            return f"Records without both numbers, or without {calculate.dated}, are left out."
        case Share():
            return (
                f"Records without {calculate.dated} are left out; one of which the condition cannot be said, because a "
                "value is missing, counts as not meeting it."
            )
        case Within(dated=dated, start=start, end=end):
            late = "" if dated == end else f"; one without {end} counts as late"
            missing = " or ".join(dict.fromkeys((start, dated)))
            return f"Records without {missing}, or that end before they start, are left out{late}."
        case Open() | Flow():
            return f"Records without {calculate.start}, or that end before they start, are left out."
        case Count():
            return f"Records without {calculate.dated} are left out."
        case _:
            assert_never(calculate)


def _withheld(measure: Measure) -> list[str]:
    small = measure.small_numbers
    return [f"A figure made of fewer than {small}, other than none, is withheld and marked [c]."] if small else []
