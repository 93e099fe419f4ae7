"""Where a measure's figures come from: the contract of each source, and what its files must meet."""

from collections.abc import Iterator
from typing import Final

from pipelines.check.expectations import expectations_of, key_of
from pipelines.check.words import rule_of
from pipelines.explain.layout import Section
from scorecard.catalogue import Column, Expected, Severity, Source
from scorecard.wording import count, joined

_SEVERITY: Final = {
    Severity.refuse: "else the file is refused",
    Severity.quarantine: "else the row is set aside",
    Severity.note: "else it is noted",
}


def contract(source_id: str, source: Source) -> Section:
    """Which files, where in them, and each column with its type."""
    section = Section(f"Its source: {source.title} ({source_id})")
    section.facts(
        {
            "Sent by": source.publisher,
            "Files": joined([f'"{pattern}"' for pattern in source.files]) + " below the inbox",
            "Format": _format(source),
            "A row is": "one case or event" if source.holds == "records" else "a figure for a period",
            "Place": _place(source),
            "Period": _period(source),
            "Named once by": joined(list(source.key)),
            "Next due": _due(source.expected) if source.expected else "never called late",
            "Licence": source.licence or "",
            "Link": source.link or "",
        }
    )
    section.table(
        ("column", "heading", "holds"),
        [(name, column.header or f"(column {column.at})", _holds(column)) for name, column in source.columns.items()],
    )
    return section


def requirements(source: Source) -> Section:
    """The expectations that its file must meet, as sentences with what a failure does."""
    section = Section("What its file must meet")
    expectations = expectations_of(source, set(source.columns))
    if source.holds == "records":
        expectations.append(key_of(source))
    told = [f"{rule_of(each)}; {_SEVERITY[each.severity]}." for each in expectations]
    section.list(
        f"{sentence[:1].upper()}{sentence[1:]}" for sentence in [*told, *_of_the_whole(source), *_of_checks(source)]
    )
    return section


def _of_checks(source: Source) -> Iterator[str]:
    """The limits of the file as a whole, as far as the contract sets any."""
    checks, headings = source.checks, {name: column.heading for name, column in source.columns.items()}
    limits: list[tuple[str, Severity]] = []
    if checks.usual_rows:
        said = f"its number of rows is within {checks.usual_rows.within_percent:g}% of the usual"
        limits.append((said, checks.usual_rows.severity))
    for blank in checks.blanks:
        said = f"{headings.get(blank.column, blank.column)} is blank in at most {blank.at_most_percent:g}% of its rows"
        limits.append((said, blank.severity))
    if checks.fresh:
        said = f"its newest figure is at most {count(checks.fresh.within_days, 'day')} older than the file"
        limits.append((said, checks.fresh.severity))
    for drift in checks.drift:
        heading = headings.get(drift.column, drift.column)
        said = f"{heading} is spread as in the file before, within an index of {drift.at_most:g}"
        limits.append((said, drift.severity))
    limits += [
        (f"its rows under {headings.get(total.column, total.column)} make up the total that it states", total.severity)
        for total in checks.totals
    ]
    for said, severity in limits:
        yield f"{said}; {'else it is noted' if severity is Severity.note else 'else the file is refused'}."


def _of_the_whole(source: Source) -> Iterator[str]:
    needed = [column.heading for column in source.columns.values() if not column.optional]
    if needed:
        yield f"it has the {'column' if len(needed) == 1 else 'columns'} {joined(needed)}; else the file is refused."
    if source.minimum_rows:
        yield f"it has at least {count(source.minimum_rows, 'row')}; else the file is refused."


def _format(source: Source) -> str:
    if source.format == "workbook":
        return f"workbook, sheet {joined([repr(name) for name in source.sheets])}"
    delimiter = {"\t": "tabs", ",": "commas", ";": "semicolons"}.get(source.delimiter, f"'{source.delimiter}'")
    return f"text with {delimiter} between cells"


def _place(source: Source) -> str:
    if source.area is None:
        return "not said" if source.holds == "returns" else "the home council"
    if source.area.column:
        return f"column {source.area.column}, by {source.area.by}"
    return "the home council" if source.area.home else f"always {source.area.fixed}"


def _period(source: Source) -> str:
    if source.period is None:
        return "not said"
    forms = " or ".join(form.replace("_", " ") for form in source.period.forms)
    if source.period.within:
        return f"in the {source.period.within.replace('_', ' ')} ({forms})"
    return f"column {' and '.join(source.period.columns)} ({forms})"


def _due(expected: Expected) -> str:
    return f"every {expected.every.value}, {expected.in_words} after it ends"


def _holds(column: Column) -> str:
    said = {"text": "text", "number": "a number", "integer": "a whole number", "date": "a date"}[column.type]
    said += f" ({column.unit})" if column.unit else ""
    return said + (", may be absent" if column.optional else "")
