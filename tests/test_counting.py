"""Every kind of measure over records, against a calculation of its own in plain Python, on records made by hand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean, median
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.areas import index_areas
from pipelines.inbox import InboxFile, lying_in, sha256_of, sources_of
from pipelines.records.counting import Cover, Staged, count_records
from pipelines.records.engine import DuckDB
from pipelines.records.reading import take_in_records
from pipelines.records.staging import Staging
from scorecard.catalogue import Catalogue
from scorecard.periods import Period, between, month_index
from scorecard.working_days import working_days

FIRST, LAST = month_index(date(2024, 1, 1)), month_index(date(2025, 12, 1))
HOME, WARDS = "X1", ["X2", "X3"]
STAGED: list[Staging] = []


@dataclass(frozen=True)
class Case:
    """One record of the hand-made source."""

    ref: str
    area: str
    kind: str | None
    opened: date | None
    closed: date | None
    cost: Decimal | None
    person: str


DAY = date(2024, 1, 1)
CASES = [
    Case("1", "X2", "a", date(2024, 1, 31), date(2024, 2, 1), Decimal("10.10"), "p"),
    Case("2", "X2", "b", date(2024, 2, 29), date(2024, 3, 28), Decimal("0.20"), "q"),
    Case("3", "X3", "a", date(2024, 3, 28), date(2024, 4, 2), Decimal("5"), "p"),  # Easter between
    Case("4", "X1", "a", date(2024, 3, 31), None, None, "r"),
    Case("5", "X3", None, date(2024, 4, 1), date(2024, 4, 30), Decimal("7.25"), "s"),
    Case("6", "X2", "b", date(2024, 4, 30), date(2024, 4, 29), Decimal("1"), "q"),  # ends before it starts
    Case("7", "X2", "a", date(2023, 1, 15), date(2024, 6, 3), Decimal("3"), "t"),  # opened before the files begin
    Case("8", "X3", "b", None, date(2024, 7, 1), Decimal("2"), "u"),
    Case("9", "X1", "a", date(2025, 3, 31), date(2025, 4, 1), Decimal("-4.5"), "p"),
    Case("10", "X2", "a", date(2025, 4, 1), date(2025, 4, 30), Decimal("0"), "p"),
    Case("11", "X2", "b", date(2025, 12, 31), date(2026, 1, 2), Decimal("8"), "q"),
    Case("12", "X3", "b", date(2025, 11, 28), date(2025, 12, 29), Decimal("100"), "q"),
]


def catalogue(measures: dict[str, dict[str, Any]]) -> Catalogue:
    """A catalogue of one source of records and these measures."""
    column = {"text": {}, "date": {"type": "date"}, "number": {"type": "number"}}
    kinds = dict.fromkeys(("ref", "ward", "kind", "person"), "text") | {
        "opened": "date",
        "closed": "date",
        "cost": "number",
    }
    base = {
        "title": "T", "definition": "D", "theme": "t", "service": "s", "unit": "%", "polarity": "higher",
        "frequency": "month",
    }  # fmt: skip
    return Catalogue.model_validate(
        {
            "council": {"name": "L", "home": HOME},
            "themes": {"t": {"title": "T", "question": "Q"}},
            "services": {"s": {"title": "S", "owner": "Head"}},
            "areas": {
                "listed": {
                    HOME: {"name": "Home", "level": "council", "population": 1000},
                    "X2": {"name": "North", "level": "ward", "within": HOME, "population": 400},
                    "X3": {"name": "South", "level": "ward", "within": HOME, "population": 600},
                }
            },
            "sources": {
                "cases": {
                    "title": "Cases", "publisher": "S", "holds": "records", "files": ["x*"], "format": "delimited",
                    "columns": {name: {"header": name.title(), **column[kind]} for name, kind in kinds.items()},
                    "area": {"column": "ward", "by": "name"}, "key": ["ref"],
                    "period": {"within": "file_name", "find": "x (.*)[.]csv", "forms": ["month_range"]},
                }
            },
            "measures": {name: {**base, "title": name, **given} for name, given in measures.items()},
        }
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def staged_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """CASES as a file, sent to the inbox, read, checked and staged as any file of records is."""
    inbox = tmp_path_factory.mktemp("inbox")
    lines = ["Ref,Ward,Kind,Opened,Closed,Cost,Person"]
    for case in CASES:
        days = [f"{day:%d/%m/%Y}" if day else "" for day in (case.opened, case.closed)]
        place = {"X2": "North", "X3": "South"}.get(case.area, "")
        cells = (case.ref, place, case.kind, *days, case.cost, case.person)
        lines.append(",".join("" if cell is None else str(cell) for cell in cells))
    (inbox / "x Jan 2024 to Dec 2025.csv").write_text("\n".join(lines), encoding="utf-8")
    contract = catalogue({"m": records({"kind": "count", "dated": "opened"})})
    with Staging(tmp_path_factory.mktemp("data")) as staging:
        areas = index_areas(contract, {}, None)
        files = [
            InboxFile(f.path, f.location, sha256_of(f.location), f.size, f.modified_at, sources_of(f.path, contract))
            for f in lying_in(inbox)[0]
        ]
        (load,) = take_in_records("cases", contract.sources["cases"], files, areas, staging)
        assert (load.rows_accepted, load.refused) == (len(CASES), None)
        STAGED.append(staging)
        yield
    STAGED.clear()


def figures(
    measures: dict[str, dict[str, Any]], covers: tuple[tuple[int, int], ...] = ((FIRST, LAST),)
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Observations and breakdowns of these measures over the file of CASES."""
    return counted(STAGED[0].connection, measures, covers)


def figures_of(cases: Iterable[Case], measures: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Observations of these measures over any cases, put straight into the table that a file ends up in."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table records_cases (load_number integer, source_row integer, area_code varchar, ref varchar, "
            "ward varchar, kind varchar, opened date, closed date, cost decimal(18, 4), person varchar)"
        )
        rows = [(0, at, c.area, c.ref, "", c.kind, c.opened, c.closed, c.cost, c.person) for at, c in enumerate(cases)]
        if rows:
            connection.executemany("insert into records_cases values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return counted(connection, measures, ((FIRST, LAST),))[0]


def counted(
    connection: duckdb.DuckDBPyConnection, measures: dict[str, dict[str, Any]], covers: tuple[tuple[int, int], ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the real engine counts for these measures."""
    staged = {"cases": Staged("records_cases", [Cover(between(*each), 7, "sha") for each in covers])}
    return count_records(catalogue(measures), DuckDB(connection), staged, HOME, WARDS, pd.DataFrame())


def by_period(frame: pd.DataFrame, area: str = HOME, measure: str = "m") -> dict[Period, float | None]:
    """Period → value of one measure in one area."""
    rows = frame[(frame["area_code"] == area) & (frame["measure_id"] == measure)]
    return {
        Period(start, end): None if pd.isna(value) else value
        for start, end, value in zip(rows["period_start"], rows["period_end"], rows["value"], strict=True)
    }


def records(calculate: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A measure over the cases."""
    upper = {name: more.pop(name) for name in ("basis", "frequency", "small_numbers") if name in more}
    return {"records": {"source": "cases", "calculate": calculate, **more}, **upper}


def months() -> list[Period]:
    return [between(month, month) for month in range(FIRST, LAST + 1)]


def within(cases: Iterable[Case], period: Period, day: Callable[[Case], date | None], area: str = HOME) -> list[Case]:
    """The cases of an area (all of them for the council) whose day lies in a period."""
    return [
        case
        for case in cases
        if (found := day(case)) and period.start <= found <= period.end and area in (HOME, case.area)
    ]


def opened(case: Case) -> date | None:
    return case.opened


def closed(case: Case) -> date | None:
    return case.closed


def share(met: int, of: int) -> float | None:
    return round(met / of * 100, 9) if of else None


@pytest.mark.parametrize("area", [HOME, *WARDS])
def test_count_sum_mean_and_distinct(area: str) -> None:
    """Every month is told for the council and each ward: nought where there was nothing, missing for a mean."""
    found, _ = figures(
        {
            "count": records({"kind": "count", "dated": "opened"}, by=["ward"]),
            "sum": records({"kind": "sum", "dated": "opened", "of": "cost * 2"}, by=["ward"]),
            "mean": records({"kind": "mean", "dated": "closed", "of": "cost"}, by=["ward"]),
            "people": records({"kind": "distinct", "dated": "opened", "of": "person"}, by=["ward"]),
        }
    )
    for period in months():
        begun, ended = within(CASES, period, opened, area), within(CASES, period, closed, area)
        costs = [float(case.cost) for case in ended if case.cost is not None]
        assert by_period(found, area, "count")[period] == len(begun)
        assert by_period(found, area, "sum")[period] == pytest.approx(float(sum(c.cost or 0 for c in begun)) * 2)
        assert by_period(found, area, "mean")[period] == (pytest.approx(mean(costs)) if costs else None)
        assert by_period(found, area, "people")[period] == len({case.person for case in begun})


def test_median_and_percentile_over_a_rolling_year() -> None:
    """They are worked out over the records of the window, not from months."""
    found, _ = figures(
        {
            "median": records(
                {"kind": "median", "dated": "closed", "of": "days(opened, closed)"}, rolling=12, basis="rolling"
            ),
            "ninth": records({"kind": "percentile", "dated": "closed", "of": "cost", "at": 90}, frequency="year"),
        },
        covers=((month_index(date(2024, 4, 1)), LAST),),
    )
    for period, value in by_period(found, HOME, "median").items():
        window = Period(period.shifted(-11).start, period.end)
        days = [(c.closed - c.opened).days for c in within(CASES, window, closed) if c.opened and c.closed]
        assert value == (median(days) if days else None)
    assert min(by_period(found, HOME, "median")).start == date(2025, 3, 1)
    ((year, value),) = by_period(found, HOME, "ninth").items()
    costs = sorted(float(c.cost) for c in within(CASES, year, closed) if c.cost is not None)
    assert year.label == "2024/25"
    assert value == next(cost for at, cost in enumerate(costs, 1) if at / len(costs) >= 0.9)


@pytest.mark.parametrize(("working", "days"), [(False, 1), (False, 27), (True, 1), (True, 19)])
def test_share_within_days(working: bool, days: int) -> None:
    """Easter's holidays are not working days; a case without an end is late; one that ends before it starts is out."""
    calculate = {
        "kind": "within",
        "dated": "opened",
        "start": "opened",
        "end": "closed",
        "days": days,
        "working": working,
    }
    found, _ = figures({"m": records(calculate)})
    for period in months():
        cases = [c for c in within(CASES, period, opened) if c.opened and (not c.closed or c.closed >= c.opened)]
        taken = [
            (working_days(c.opened, c.closed) if working else (c.closed - c.opened).days)
            for c in cases
            if c.opened and c.closed
        ]
        assert by_period(found)[period] == share(sum(each <= days for each in taken), len(cases))


def test_share_and_ratio_of_sums() -> None:
    """A missing value meets no condition and gives no number."""
    found, _ = figures(
        {
            "share": records({"kind": "share", "dated": "opened", "of": 'kind = "a"'}, where="cost is not missing"),
            "ratio": records(
                {"kind": "ratio", "dated": "closed", "numerator": "cost", "denominator": "days(opened, closed)"},
                per=10,
            ),
        }
    )
    for period in months():
        cases = [case for case in within(CASES, period, opened) if case.cost is not None]
        assert by_period(found, HOME, "share")[period] == share(sum(c.kind == "a" for c in cases), len(cases))
        both = [c for c in within(CASES, period, closed) if c.cost is not None and c.opened]
        below = sum((c.closed - c.opened).days for c in both if c.closed and c.opened)
        expected = round(float(sum(c.cost or 0 for c in both)) / below * 10, 9) if below else None
        assert by_period(found, HOME, "ratio")[period] == (pytest.approx(expected) if expected is not None else None)


@pytest.mark.parametrize("area", [HOME, *WARDS])
def test_open_at_the_end_of_the_period(area: str) -> None:
    """A stock counts what was begun before the files begin; quarters are told at their last day."""
    found, _ = figures(
        {
            "m": records({"kind": "open", "start": "opened", "end": "closed"}, by=["ward"], basis="snapshot"),
            "quarterly": records(
                {"kind": "open", "start": "opened + 14", "end": "closed"}, by=["ward"], basis="snapshot",
                frequency="quarter", where="closed is missing or closed > opened + 13",
            ),
        }
    )  # fmt: skip

    def stock(on: date, wait: int) -> int:
        return sum(
            1
            for c in CASES
            if c.opened and area in (HOME, c.area) and c.opened + timedelta(wait) <= on
            and (not c.closed or c.closed > on) and not (c.closed and c.closed < c.opened)
        )  # fmt: skip

    assert by_period(found, area) == {period: stock(period.end, 0) for period in months()}
    quarters = by_period(found, area, "quarterly")
    assert [period.label for period in quarters][:2] == ["Q4 2023/24", "Q1 2024/25"]
    assert quarters == {period: stock(period.end, 14) for period in quarters}


def test_flows_and_clearance() -> None:
    """What came in, what went out, and out as a percentage of in."""
    flow = {"kind": "flow", "start": "opened", "end": "closed"}
    counts = ("opened", "closed", "net", "clearance")
    found, _ = figures({count: records({**flow, "count": count}, frequency="quarter") for count in counts})
    sound = [c for c in CASES if c.opened and not (c.closed and c.closed < c.opened)]
    for period in by_period(found, HOME, "opened"):
        begun, ended = len(within(sound, period, opened)), len(within(sound, period, closed))
        expected = {"opened": begun, "closed": ended, "net": begun - ended, "clearance": share(ended, begun)}
        assert {count: by_period(found, HOME, count)[period] for count in counts} == expected


def test_rolling_and_year_to_date_need_the_whole_window() -> None:
    """A year to date begins in April; neither is told before all of its months are covered."""
    count = {"kind": "count", "dated": "opened"}
    found, _ = figures(
        {
            "rolling": records(count, rolling=12, basis="rolling"),
            "so_far": records(count, basis="year_to_date", frequency="quarter"),
        }
    )
    rolling, so_far = by_period(found, HOME, "rolling"), by_period(found, HOME, "so_far")
    assert min(rolling).start == date(2024, 12, 1)
    assert min(so_far).label == "Q1 2024/25", "Q4 2023/24 needs April 2023, which no file covers"
    for period, value in rolling.items():
        assert value == len(within(CASES, Period(period.shifted(-11).start, period.end), opened))
    for period, value in so_far.items():
        april = date(period.start.year if period.start.month >= 4 else period.start.year - 1, 4, 1)
        assert value == len(within(CASES, Period(april, period.end), opened))
    quarter = found[(found["measure_id"] == "so_far") & (found["period"] == "Q2 2024/25")].iloc[0]
    assert quarter["counted_from"] == date(2024, 4, 1)


def test_rates_for_people_and_for_another_measure() -> None:
    """Divided by the population of each area, or by another measure of the same area and months."""
    found, _ = figures(
        {
            "rate": records(
                {"kind": "count", "dated": "opened"}, by=["ward"], out_of={"population": True}, per=1000,
                frequency="quarter",
            ),
            "open": records({"kind": "open", "start": "opened", "end": "closed"}, by=["ward"], basis="snapshot"),
            "turnover": records(
                {"kind": "count", "dated": "closed"}, by=["ward"], out_of={"measure": "open"}, rolling=12,
                basis="rolling",
            ),
        }
    )  # fmt: skip
    people = {HOME: 1000, "X2": 400, "X3": 600}
    for area, number in people.items():
        for period, value in by_period(found, area, "rate").items():
            assert value == pytest.approx(len(within(CASES, period, opened, area)) / number * 1000)
        stock = by_period(found, area, "open")
        for period, value in by_period(found, area, "turnover").items():
            window = [period.shifted(-back) for back in range(12)]
            if not all(each in stock for each in window):
                assert value is None, "the mean of a stock needs every month of it"
                continue
            average = mean(stock[each] or 0 for each in window)
            ended = sum(len(within(CASES, each, closed, area)) for each in window)
            assert value == (pytest.approx(ended / average) if average else None)


def test_a_breakdown_adds_up_to_the_council() -> None:
    """One row a category and period; the categories of a count add up, those without a value left out."""
    found, broken = figures({"m": records({"kind": "count", "dated": "opened"}, by=["kind"])})
    assert set(broken["category"]) == {"a", "b"}
    assert set(broken["dimension_title"]) == {"Kind"}
    by_category = broken.groupby("period_start")["value"].sum()
    stated = [case for case in CASES if case.kind]
    for period in months():
        assert by_category[period.start] == len(within(stated, period, opened))
    assert set(found["area_code"]) == {HOME}, "wards are told only where the measure names them"


def test_what_no_file_covers_is_missing_and_what_is_covered_is_nought() -> None:
    """January 2024 has a case and no file: it is not told. May 2024 has a file and no case: it is nought."""
    covers = ((FIRST + 1, FIRST + 3), (FIRST + 4, FIRST + 4))
    found, _ = figures({"m": records({"kind": "count", "dated": "opened"})}, covers=covers)
    assert [period.start.month for period in by_period(found)] == [2, 3, 4, 5]
    assert by_period(found)[between(FIRST + 4, FIRST + 4)] == 0


def test_small_numbers_are_withheld_and_nought_is_not() -> None:
    """One or two cases are marked [c] and their figure is left out; none at all is told."""
    found, _ = figures({"m": records({"kind": "count", "dated": "opened"}, by=["ward"], small_numbers=3)})
    for row in found.itertuples():
        cases = len(within(CASES, Period(row.period_start, row.period_end), opened, row.area_code))
        assert (row.marker == "c") == (0 < cases < 3)
        assert pd.isna(row.value) == (0 < cases < 3)


DAYS = st.dates(date(2023, 10, 1), date(2026, 3, 31))
ANY_CASE = st.builds(
    Case,
    ref=st.uuids().map(str),
    area=st.sampled_from([HOME, *WARDS]),
    kind=st.sampled_from(["a", "b", None]),
    opened=st.none() | DAYS,
    closed=st.none() | DAYS,
    cost=st.none() | st.decimals(-1000, 1000, places=2),
    person=st.sampled_from("pqrs"),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANY_CASE, max_size=40))
def test_any_records_give_what_python_gives(cases: list[Case]) -> None:
    """Wards and categories add up to the council, and sums, stocks and shares are those of plain Python."""
    found = figures_of(
        cases,
        {
            "sum": records({"kind": "sum", "dated": "closed", "of": "cost"}, where='kind != "b"'),
            "open": records({"kind": "open", "start": "opened", "end": "closed"}, basis="snapshot", by=["ward"]),
            "late": records(
                {"kind": "share", "dated": "closed", "of": "days(opened, closed) > 30"}, frequency="quarter"
            ),
        },
    )
    for period, value in by_period(found, HOME, "sum").items():
        costs = [c.cost for c in within(cases, period, closed) if c.kind == "a" and c.cost is not None]
        assert value == pytest.approx(float(sum(costs)), abs=1e-9)
    sound = [c for c in cases if c.opened and not (c.closed and c.closed < c.opened)]
    for period, value in by_period(found, HOME, "open").items():
        assert value == sum(c.opened <= period.end and not (c.closed and c.closed <= period.end) for c in sound)
    for period, value in by_period(found, HOME, "late").items():
        ended = within(cases, period, closed)
        late = [c for c in ended if c.opened and c.closed and (c.closed - c.opened).days > 30]
        assert value == share(len(late), len(ended))
