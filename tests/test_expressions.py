"""The grammar of expressions and the arithmetic of periods, held by properties rather than by examples alone."""

from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from small_repairs import CATALOGUE as REPAIRS

from pipelines.records.rollup import windows_of
from scorecard.catalogue import Measure, examine
from scorecard.expression import ExpressionFault, Kind, Node, check, columns_of, nodes, parse
from scorecard.expression.parsing import MOST_CHARACTERS
from scorecard.expression.types import FUNCTIONS
from scorecard.period_forms import parse_period
from scorecard.periods import (
    Frequency,
    Period,
    between,
    financial_quarter_of,
    financial_year_of,
    latest_complete,
    missing_between,
    month_index,
    year_label,
)
from scorecard.working_days import FIRST_DAY, LAST_DAY, bank_holidays, working_days

COLUMNS = {"cost": Kind.number, "units": Kind.number, "ward": Kind.text, "opened": Kind.date, "closed": Kind.date}
KEYWORDS = ("or", "and", "not", "in", "is", "missing")
HERE = 1

# ---------------------------------------------------------------------------------------------- trees and their text

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in KEYWORDS)
texts = st.text(st.characters(exclude_characters="\"'\n\r", exclude_categories=["Cs"]), max_size=8)
numbers = st.decimals(0, 10**9, places=3).map(lambda number: Decimal(f"{number:f}")) | st.integers(0, 10**9).map(
    Decimal
)
literals = st.builds(nodes.Literal, numbers | texts | st.dates(date(1000, 1, 1)), st.just(HERE))


def larger(smaller: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Nodes made of smaller ones."""
    at = st.just(HERE)
    return st.one_of(
        st.builds(nodes.Arithmetic, st.sampled_from("+-*/"), smaller, smaller, at),
        st.builds(nodes.Negative, smaller, at),
        st.builds(nodes.Call, names, st.lists(smaller, min_size=1, max_size=3).map(tuple), at),
        st.builds(nodes.Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), smaller, smaller, at),
        st.builds(nodes.InList, smaller, st.lists(literals, min_size=1, max_size=3).map(tuple), at),
        st.builds(nodes.Missing, smaller, at),
        st.builds(nodes.Not, smaller, at),
        st.builds(nodes.And, smaller, smaller, at),
        st.builds(nodes.Or, smaller, smaller, at),
    )


trees = st.recursive(st.builds(nodes.ColumnName, names, st.just(HERE)) | literals, larger, max_leaves=12)


def printed(node: Node) -> str:
    """The node as text; every part in brackets of its own, so that no precedence is relied on."""
    match node:
        case nodes.ColumnName(name, _):
            return name
        case nodes.Literal(value, _):
            return (
                f'"{value}"' if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)
            )
        case nodes.Arithmetic(operator, left, right, _) | nodes.Comparison(operator, left, right, _):
            return f"({printed(left)}) {operator} ({printed(right)})"
        case nodes.Negative(of, _):
            return f"-({printed(of)})"
        case nodes.Call(name, arguments, _):
            return f"{name}({', '.join(printed(one) for one in arguments)})"
        case nodes.InList(of, values, _):
            return f"({printed(of)}) in ({', '.join(printed(one) for one in values)})"
        case nodes.Missing(of, _):
            return f"({printed(of)}) is missing"
        case nodes.Not(nodes.Missing(of, _), _):
            return f"({printed(of)}) is not missing"
        case nodes.Not(of, _):
            return f"not ({printed(of)})"
        case nodes.And(left, right, _):
            return f"({printed(left)}) and ({printed(right)})"
        case nodes.Or(left, right, _):
            return f"({printed(left)}) or ({printed(right)})"


def without_places(part: Any) -> Any:
    """A tree as plain values, without the positions."""
    if is_dataclass(part):
        held = {each.name: without_places(getattr(part, each.name)) for each in fields(part) if each.name != "at"}
        return type(part).__name__, held
    return tuple(without_places(one) for one in part) if isinstance(part, tuple) else part


def fault_of(text: str) -> ExpressionFault | None:
    """The fault of an expression, which points into the text or one past its end; None for a sound one."""
    try:
        check(parse(text), COLUMNS)
    except ExpressionFault as fault:
        assert 1 <= fault.at <= len(text) + 1
        assert fault.why
        return fault
    return None


# -------------------------------------------------------------------------------------------------------- the grammar


@settings(max_examples=100, deadline=None)
@given(trees)
def test_what_is_printed_from_a_tree_is_read_as_the_same_tree(tree: Node) -> None:
    """Whatever is nested in whatever."""
    text = printed(tree)
    assume(len(text) <= MOST_CHARACTERS)
    assert without_places(parse(text)) == without_places(tree)


@settings(max_examples=50, deadline=None)
@given(trees)
def test_places_are_those_of_the_text(tree: Node) -> None:
    """Each column that a tree names stands at its place."""
    text = printed(tree)
    assume(len(text) <= MOST_CHARACTERS)
    stack, found = [parse(text)], set()
    while stack:
        part = stack.pop()
        if isinstance(part, nodes.ColumnName):
            assert text[part.at - 1 :].startswith(part.name)
            found.add(part.name)
        for value in vars(part).values():
            stack += [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Node)]
    assert columns_of(parse(text)) == found


PIECES = ["cost", "ward", "opened", "(", ")", ",", '"', "'", "and", "or", "not", "in", "is", "missing", "=", "<=", "!=",
          "+", "-", "*", "/", "1", "2.5", "2026-02-30", "2026-02-28", "days", "year(", " ", "\n", "\t", "\r", ";", "--",
          "\0", "\u2028", "é", "🏠", "%", "A"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("")
@example(" \n\t")
@example("2026-02-30")
@example("cost = 'never closed")
@example("cost\r= 1")
@example("\n\n cost ?")
@example("cost =\n\n?")
def test_junk_is_a_fault_with_its_place_and_nothing_else(text: str) -> None:
    """No other error, and the place lies inside the text or one past its end."""
    fault_of(text)


@pytest.mark.parametrize("before", ["", "cost = 1 and ", "cost\n + "])
def test_a_strange_character_is_pointed_at(before: str) -> None:
    """The place is that of the character, over line breaks too."""
    for strange in "?;%&|[]{}#@!`~^:\\":
        fault = fault_of(before + strange)
        assert fault is not None
        assert fault.at == len(before) + 1


@pytest.mark.parametrize("word", KEYWORDS)
def test_keywords_cannot_be_columns(word: str) -> None:
    """Alone, compared or called; but a column may begin like one."""
    called = () if word == "not" else (f"{word}(cost)",)  # not(...) is a condition turned round
    for text in (word, f"{word} = 1", f"cost + {word}", *called):
        with pytest.raises(ExpressionFault):
            parse(text)
    for name in (f"{word}_total", f"{word}s", f"{word}2"):
        assert parse(name) == nodes.ColumnName(name, 1)


PRECEDENCE = {
    "cost + units * 2": "cost + (units * 2)",
    "cost - units - 1": "(cost - units) - 1",
    "cost / units / 2": "(cost / units) / 2",
    "-cost + units": "(-cost) + units",
    "- - cost": "-(-cost)",
    "cost > 1 or cost < 0 and ward = 'a'": "cost > 1 or (cost < 0 and ward = 'a')",
    "not cost > 1 and ward = 'a'": "(not cost > 1) and ward = 'a'",
    "not not cost > 1": "not (not cost > 1)",
    "cost + 1 in (1, 2)": "(cost + 1) in (1, 2)",
    "cost + 1 is missing": "(cost + 1) is missing",
    "ward is not missing": "not (ward is missing)",
    "cost + 1 > units * 2": "(cost + 1) > (units * 2)",
}  # fmt: skip


@pytest.mark.parametrize(("short", "long"), PRECEDENCE.items())
def test_what_binds_tighter(short: str, long: str) -> None:
    """As in arithmetic; `and` before `or`; `not` only the next condition."""
    assert without_places(parse(short)) == without_places(parse(long))


TYPES = {
    "cost = ward": (8, "this is a text, and a number is wanted"),
    "ward < 'b'": (6, "'<' cannot stand between texts"),
    "(cost > 1) = (units > 1)": (12, "'=' cannot stand between conditions"),
    "cost and ward = 'a'": (1, "this is a number, and a condition is wanted"),
    "ward = 'a' or 1": (15, "this is a number, and a condition is wanted"),
    "not cost": (5, "this is a number, and a condition is wanted"),
    "-ward": (2, "this is a text, and a number is wanted"),
    "cost + ward": (8, "this is a text, and a number is wanted"),
    "1 + opened": (5, "this is a date, and a number is wanted"),
    "opened + closed": (8, "a number of days can be added to a date"),
    "opened * 2": (8, "a number of days can be added to a date"),
    "cost in (1, 'a')": (13, "this is a text, and a number is wanted"),
    "opened in (2026-04-01, 3)": (24, "this is a number, and a date is wanted"),
    "days(opened, cost)": (14, "this is a number, and a date is wanted"),
    "days(opened)": (1, "days takes 2 values, and has 1"),
    "year(opened, closed)": (1, "year takes 1 values, and has 2"),
    "cost + dys(opened, closed)": (8, "there is no function 'dys'. Did you mean 'days'?"),
    "cost + cots": (8, "there is no column 'cots'. Did you mean 'cost'?"),
    "(cost > 1) + 1": (7, "this is a condition, and a number is wanted"),
    "opened >= '2026-04-01'": (11, "this is a text, and a date is wanted"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "at", "why"), [(text, *told) for text, told in TYPES.items()], ids=TYPES)
def test_only_like_is_put_beside_like(text: str, at: int, why: str) -> None:
    """The place is that of the part which does not fit."""
    fault = fault_of(text)
    assert fault is not None
    assert (fault.at, why in fault.why) == (at, True), fault


REACHING = [
    "read_csv('/etc/passwd')", "read_csv('x') = 'a'", "getenv('HOME') = 'a'", "getenv(ward) = 'a'", "glob('*')",
    "cost; drop table observation", "cost = 1 -- and more", "cost = 1 /* and */", "(select 1)", "cost in (select cost)",
    "cost = (select max(cost) from other)", 'ward = "a" or "a" = "a"; select 1', "ward = 'a''; select 1 --'",
    "ward = 'a' union select 1", "exists (select 1)", "other.cost = 1", "records_repairs.cost", '"cost" = 1',
    "$1 = 1", "? = 1", "cost = :one", "@cost", "cost::text", "cost = 0x1F", "cost = 1e308", "cast(cost as text) = 'a'",
    "case when cost > 1 then 1 end", "current_setting('x') = 'a'", "system('ls')", "__import__('os')", "cost[1]",
    "cost like '%'", "ward || 'a' = 'b'", "lambda", "cost = E'\\x41'", "ward = `ls`", "ward = $$a$$", "COST = 1",
    "count(*)", "*", "cost between 1 and 2", "cost not in (1)", "pragma_version()", "install httpfs",
]  # fmt: skip


@pytest.mark.parametrize("text", REACHING)
def test_nothing_reaches_beyond_the_record(text: str) -> None:
    """No file, setting, table, statement, comment or function but the four."""
    assert fault_of(text) is not None


def test_a_quote_inside_a_text_is_only_text() -> None:
    """What stands between quotes is a value, whatever it looks like."""
    tree = parse("""ward = "'; drop table x --" """)
    assert isinstance(tree, nodes.Comparison)
    assert tree.right == nodes.Literal("'; drop table x --", 8)
    assert set(FUNCTIONS) == {"days", "working_days", "months_after", "year"}


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "(" * 10_000 + "cost" + ")" * 10_000, "-" * 10_000 + "1", "not " * 5_000 + "cost = 1"]
)
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    """By its length, before it is read."""
    fault = fault_of(text)
    assert fault is not None
    assert fault.at == MOST_CHARACTERS


@pytest.mark.parametrize(
    "text",
    [
        "(" * 240 + "cost" + ")" * 240,
        "-" * 480 + "cost",
        "not " * 120 + "cost = 1",
        "cost" + "+1" * 240,
    ],
    ids=["brackets", "minus", "not", "sum"],
)
def test_what_is_nested_as_deep_as_its_length_allows_is_read_or_refused(text: str) -> None:
    """No error of the interpreter in either case."""
    assert len(text) <= MOST_CHARACTERS
    fault_of(text)


def test_the_catalogue_s_checker_points_at_the_expression(tmp_path: Any) -> None:
    """A fault of an expression has its file, line, path and position."""
    path = tmp_path / "metrics.yaml"
    path.write_text(REPAIRS.replace('where: priority = "Routine"', 'where: priorty = "Routine"'))
    (fault,) = examine(path)[1]
    assert str(fault).startswith("metrics.yaml, line ")
    assert "measures.repairs_on_time.records.where: at character 1: there is no column 'priorty'" in str(fault)


# --------------------------------------------------------------------------------------------------------- periods

MONTHS = st.integers(month_index(date(1995, 1, 1)), month_index(date(2045, 12, 1)))
DAYS = st.dates(date(1995, 1, 1), date(2045, 12, 31))


@given(MONTHS, st.integers(1, 60), st.integers(-300, 300))
def test_a_period_shifted_there_and_back_is_the_same(first: int, length: int, by: int) -> None:
    """And shifting in two steps is shifting in one; its length in months stays."""
    period = between(first, first + length - 1)
    assert period.shifted(by).shifted(-by) == period
    assert period.shifted(by).shifted(by) == period.shifted(2 * by)
    assert period.shifted(by).months == period.months == length
    assert period.shifted(length).start == period.end + timedelta(days=1)


@given(MONTHS)
def test_a_month_ends_the_day_before_the_next_begins(month: int) -> None:
    """Leap years included: February has 29 days in just those."""
    period = between(month, month)
    assert period.end + timedelta(days=1) == between(month + 1, month + 1).start
    if period.start.month == 2:
        year = period.start.year
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        assert period.end.day == (29 if leap else 28)


@given(DAYS)
def test_a_day_lies_in_its_financial_year_and_quarter(day: date) -> None:
    """From 1 April to 31 March; four quarters of three months make the year, and labels are read back."""
    year, quarter = financial_year_of(day), financial_quarter_of(day)
    whole = Period(date(year, 4, 1), date(year + 1, 3, 31))
    assert whole.start <= day <= whole.end
    assert whole.months == 12
    assert parse_period(year_label(year), ["financial_year"]) == whole
    part = between(month_index(whole.start) + 3 * (quarter - 1), month_index(whole.start) + 3 * quarter - 1)
    assert part.start <= day <= part.end
    assert parse_period(part.label, ["financial_quarter"]) == part
    assert parse_period(f"{year}/{(year + 1) % 100:02d} Q{quarter}", ["financial_quarter"]) == part


@given(DAYS, st.sampled_from(Frequency))
def test_the_latest_complete_period_is_over_and_the_next_is_not(day: date, frequency: Frequency) -> None:
    """Quarters and years are financial ones."""
    period = latest_complete(day, frequency)
    assert period.months == frequency.months
    assert period.end < day <= period.shifted(frequency.months).end
    assert (month_index(period.start) - 3) % frequency.months == 0


@given(MONTHS, st.integers(2, 40))
def test_a_range_of_months_is_read_as_it_is_written(first: int, length: int) -> None:
    """Apr 2023 to Oct 2023; written the other way round it is no period."""
    start, end = between(first, first), between(first + length - 1, first + length - 1)
    for word in ("to", "-", "–"):
        assert parse_period(f"{start.label} {word} {end.label}", ["month_range"]) == Period(start.start, end.end)
    assert parse_period(f"{end.label} to {start.label}", ["month_range"]) is None


@given(MONTHS, st.sets(st.integers(0, 30), min_size=1), st.sampled_from(Frequency))
def test_held_and_missing_periods_make_the_whole_stretch(first: int, held: set[int], frequency: Frequency) -> None:
    """Nothing twice, nothing left out."""
    step = frequency.months
    periods = [between(first + at * step, first + (at + 1) * step - 1) for at in held]
    missing = missing_between(periods, frequency)
    assert not set(missing) & set(periods)
    assert len(missing) + len(held) == max(held) - min(held) + 1


def measured(frequency: Frequency, basis: str, rolling: int | None = None) -> Measure:
    """A measure over records of this frequency and basis."""
    stock = {"kind": "open", "start": "opened", "end": "closed"}
    calculate = stock if basis == "snapshot" else {"kind": "count", "dated": "opened"}
    return Measure.model_validate(
        {
            "title": "T", "definition": "D", "theme": "t", "service": "s", "unit": "cases", "polarity": "lower",
            "frequency": frequency.value, "basis": basis,
            "records": {"source": "r", "calculate": calculate, "rolling": rolling},
        }
    )  # fmt: skip


@given(st.sets(st.integers(0, 40)), MONTHS, st.sampled_from(Frequency))
def test_windows_lie_in_covered_months_and_none_is_forgotten(
    offsets: set[int], first: int, frequency: Frequency
) -> None:
    """For every basis, against a plain reading of what each basis means."""
    covered = [first + at for at in offsets]
    for basis, rolling in (("period", None), ("year_to_date", None), ("rolling", 12), ("snapshot", None)):
        wanted = []
        for last in range(first, first + 41):
            end = between(last, last).end
            if (end.month - 3) % frequency.months:
                continue
            begins = {
                "period": last - frequency.months + 1,
                "year_to_date": month_index(date(financial_year_of(end), 4, 1)),
                "rolling": last - 11,
                "snapshot": last,
            }[basis]
            if all(month in covered for month in range(begins, last + 1)):
                wanted.append((last, begins))
        windows = windows_of(measured(frequency, basis, rolling), covered)
        assert [each.last for each in windows] == [last for last, _ in wanted]
        assert [each.period for each in windows] == [between(last - frequency.months + 1, last) for last, _ in wanted]
        if basis != "snapshot":
            assert [each.first for each in windows] == [begins for _, begins in wanted]


def test_the_year_so_far_begins_anew_in_april() -> None:
    """January to March belong to the year that began the April before."""
    start = month_index(date(2023, 4, 1))
    windows = windows_of(measured(Frequency.month, "year_to_date"), range(start, start + 30))
    spans = {each.period.label: each.last - each.first + 1 for each in windows}
    assert (spans["Apr 2023"], spans["Dec 2023"], spans["Mar 2024"], spans["Apr 2024"]) == (1, 9, 12, 1)
    broken = [month for month in range(start, start + 30) if month != start + 1]
    labels = {each.period.label for each in windows_of(measured(Frequency.month, "year_to_date"), broken)}
    assert "Apr 2023" in labels and "Mar 2024" not in labels and "Apr 2024" in labels


# ---------------------------------------------------------------------------------------------------- working days

CALENDAR_DAYS = st.dates(FIRST_DAY, LAST_DAY)
HOLIDAYS = {day.item() for day in bank_holidays()}


@settings(deadline=None)
@given(CALENDAR_DAYS, st.integers(0, 400))
def test_working_days_are_those_of_a_plain_loop(start: date, length: int) -> None:
    """Day after day: neither Saturday, Sunday nor bank holiday; the first day does not count, the last does."""
    end = min(start + timedelta(days=length), LAST_DAY)
    counted, day = 0, start
    while day < end:
        day += timedelta(days=1)
        counted += day.weekday() < 5 and day not in HOLIDAYS
    assert working_days(start, end) == counted
    assert working_days(end, start) == -counted


@given(CALENDAR_DAYS, CALENDAR_DAYS, CALENDAR_DAYS)
def test_working_days_add_up(a: date, b: date, c: date) -> None:
    """From a to b and from b to c is from a to c, in whatever order they lie."""
    assert working_days(a, b) + working_days(b, c) == working_days(a, c)


def test_known_holidays_are_no_working_days() -> None:
    """Easter and Christmas, a moved one, and those that were given once."""
    for holiday in ("2024-03-29", "2024-04-01", "2021-12-27", "2022-06-03", "2022-09-19", "2023-05-08", "2026-12-28"):
        day = date.fromisoformat(holiday)
        assert working_days(day - timedelta(days=1), day) == 0, holiday
    for outside in (FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1)):
        with pytest.raises(KeyError):
            working_days(FIRST_DAY, outside)
