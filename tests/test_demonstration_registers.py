"""The demonstration's registers: they add up to the returns that count them, hang together, and tell their stories."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from pipelines.demonstration.audit_dates import overdue
from pipelines.demonstration.best_value import best_value
from pipelines.demonstration.compliance import governance_yearly
from pipelines.demonstration.council_plan import council_plan
from pipelines.demonstration.plan_actions import plan_actions
from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.projects import projects
from pipelines.demonstration.quarterly import quarterly
from pipelines.demonstration.risk import risk
from pipelines.demonstration.risk_register import risk_register
from pipelines.demonstration.senior_posts import senior_posts
from pipelines.demonstration.span import Span, quarter_label
from pipelines.demonstration.work_programme import work_programme
from scorecard.catalogue import Catalogue, read_catalogue
from scorecard.periods import between

ROOT = Path(__file__).resolve().parent.parent
SEEDS = (2026, 1, 7)
SPOILT = ("CG9", "SR9", "PR9", "BV9", "BV1.9", "SP9", "WP9")
"""How the references of rows that are set aside begin; BV1.9 is a good one too."""
NOW = date(2026, 9, 30)

Lines = list[dict[str, str]]


def lines_of(files: dict[str, bytes], encoding: str = "utf-8") -> Lines:
    """The rows of delimited files under their headings, which are the first line of three cells or more."""
    found: Lines = []
    for raw in files.values():
        rows = [row for row in csv.reader(StringIO(raw.decode(encoding), newline="")) if len(row) > 2]
        found += [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    return found


def table_of(files: dict[str, bytes], first: str) -> list[dict[str, object]]:
    """The rows of a workbook's only sheet under its headings, the first of which is given; notes are left out."""
    (raw,) = files.values()
    rows = CalamineWorkbook.from_filelike(BytesIO(raw)).get_sheet_by_index(0).to_python()
    at = next(number for number, row in enumerate(rows) if row[0] == first)
    return [dict(zip(map(str, rows[at]), row, strict=True)) for row in rows[at + 1 :] if isinstance(row[0], date)]


def sound(lines: Lines) -> Lines:
    """Without the rows that the checks set aside."""
    return [line for line in lines if not line["Reference"].startswith(SPOILT) or "BV" in line["Reference"]]


def day(text: str) -> date:
    """31/10/2026 as a date."""
    days, month, year = text.split("/")
    return date(int(year), int(month), int(days))


def quarters(seed: int) -> dict[str, date]:
    """The label of each quarter of six years → its last day."""
    return {quarter_label(ends): between(ends, ends).end for ends in Span(seed, 6).all_quarters()}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue that reads the files."""
    return read_catalogue(ROOT / "metrics.yaml")


@pytest.fixture(scope="module")
def snapshot(demonstration: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demonstration's published snapshot."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        yield connection


def test_services_and_owners_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    """The files name services and posts as the catalogue does."""
    assert {name: (each.title, each.owner) for name, each in catalogue.services.items()} == SERVICES


@pytest.mark.parametrize("seed", SEEDS)
def test_actions_add_up_to_the_return_in_every_quarter(seed: int) -> None:
    """Of both plans, so many actions are complete, green, amber and red as the return counts; milestones are apart."""
    span = Span(seed, 6)
    told = {row["Quarter"]: row for row in lines_of(council_plan(span))}
    actions = [line for line in sound(lines_of(plan_actions(span))) if not line["Part of"]]
    counted = Counter((day(line["Reported at"]), line["Rating"]) for line in actions)
    assert len(told) == 22
    for label, last in quarters(seed).items():
        rated = {rating: counted[last, rating] for rating in ("Complete", "Green", "Amber", "Red")}
        assert rated == {rating: int(told[label][rating]) for rating in rated}, label
        assert sum(rated.values()) == int(told[label]["Actions"])


@pytest.mark.parametrize("seed", SEEDS)
def test_an_action_is_done_once_and_stays_done(seed: int) -> None:
    """Complete in one quarter is complete in all that follow, with one day, and nothing else has a day."""
    histories: dict[str, Lines] = {}
    for line in sound(lines_of(plan_actions(Span(seed, 6)))):
        histories.setdefault(line["Reference"], []).append(line)
    assert len(histories) == 48 + 62 * 3
    for reference, lines in histories.items():
        done = [line["Rating"] == "Complete" for line in lines]
        assert done == sorted(done), reference
        days = {line["Finished on"] for line in lines if line["Rating"] == "Complete"}
        assert len(days) <= 1 and "" not in days, reference
        assert len({line["Original due date"] for line in lines}) == 1, reference
        for line in lines:
            if line["Finished on"]:
                assert day(line["Finished on"]) <= day(line["Reported at"]), reference
            assert (line["Rating"] in ("Amber", "Red")) <= bool(line["Reason"] and line["Agreed way forward"]), line


def test_more_actions_are_amber_or_red_than_a_quarter_ago() -> None:
    """Eight in June, ten in September; one has been red for three quarters; one hangs on a measure that is off target;
    one is green although its milestone is late."""
    lines = sound(lines_of(plan_actions(Span(2026, 6))))
    unwell = Counter(
        line["Reported at"] for line in lines if not line["Part of"] and line["Rating"] in ("Amber", "Red")
    )
    assert (unwell["30/06/2026"], unwell["30/09/2026"]) == (8, 10)
    red = [line["Reported at"] for line in lines if line["Reference"] == "CL01" and line["Rating"] == "Red"]
    assert red == ["31/03/2026", "30/06/2026", "30/09/2026"]
    now = {line["Reference"]: line for line in lines if day(line["Reported at"]) == NOW}
    assert (now["GH01"]["Rating"], now["GH01"]["Measure"]) == ("Amber", "temporary_accommodation")
    assert (now["GH02"]["Rating"], now["GH02.1"]["Part of"], now["GH02.1"]["Finished on"]) == ("Green", "GH02", "")
    assert day(now["GH02.1"]["Original due date"]) < NOW


@pytest.mark.parametrize("seed", SEEDS)
def test_risks_add_up_to_the_summary_in_every_quarter(seed: int) -> None:
    """So many strategic risks, above appetite and red for four quarters as the committee's summary counts."""
    span = Span(seed, 6)
    told = {row["Quarter ending"]: row for row in table_of(risk(span), "Quarter ending")}
    held: dict[object, list[dict[str, object]]] = {}
    for row in table_of(risk_register(span), "Reported at"):
        if row["Status"] == "Open" and not str(row["Reference"]).startswith(SPOILT):
            held.setdefault(row["Reported at"], []).append(row)
    assert held.keys() == told.keys()
    for last, rows in held.items():
        counted = [len(rows), sum(map(_is_above_appetite, rows)), sum(map(_is_red_four_quarters, rows))]
        of_summary = [told[last][name] for name in ("Strategic risks", "Above appetite", "Red four quarters or more")]
        assert counted == of_summary, last


def _score(row: dict[str, object]) -> float:
    return float(str(row["Likelihood"])) * float(str(row["Impact"]))


def _is_above_appetite(row: dict[str, object]) -> bool:
    return _score(row) > float(str(row["Appetite"]))


def _is_red_four_quarters(row: dict[str, object]) -> bool:
    since, now = row["Red since"], row["Reported at"]
    assert isinstance(since, date) == (_score(row) >= 15)
    return isinstance(since, date) and isinstance(now, date) and (now - since).days > 270


def test_characteristics_add_up_to_the_yearly_return() -> None:
    """Of 73, as many are evidenced as the measure says: 56, 61 and 65."""
    span = Span(2026, 6)
    told = {row["Year"]: row for row in lines_of(governance_yearly(span), "utf-8-sig") if row["Measure code"] == "GY1"}
    rows = [row for row in table_of(best_value(span), "Assessed at") if row["Reference"] not in ("BV9.1",)]
    rows = [row for row in rows if row["Assessment"] != "Mostly"]
    counted = Counter((row["Assessed at"], row["Assessment"]) for row in rows)
    for year, evidenced in ((2024, 56), (2025, 61), (2026, 65)):
        label = f"{year - 1}/{year % 100}"
        assert counted[date(year, 3, 31), "Evidenced"] == int(told[label]["Figure"]) == evidenced
        assert sum(count for (at, _), count in counted.items() if at == date(year, 3, 31)) == 73
    assert len({row["Theme"] for row in rows}) == 7


@pytest.mark.parametrize("seed", SEEDS)
def test_statutory_posts_are_held_as_the_return_says(seed: int) -> None:
    """On the last day of every quarter; a stand-in came after the last of them, so the measure does not show it yet."""
    told = {row["Period"]: row for row in lines_of(quarterly(Span(seed, 6)), "cp1252") if row["Measure code"] == "QR1"}
    held = [line for line in sound(lines_of(senior_posts(Span(seed, 6)))) if line["Statutory"] == "Yes"]
    for label, last in quarters(seed).items():
        then = [
            line for line in held if day(line["Since"]) <= last and (line["Until"] == "" or day(line["Until"]) > last)
        ]
        for_good = sum(line["Basis"] == "Permanent" for line in then)
        assert (for_good, len(then)) == (int(told[label]["Figure"]), int(told[label]["Out of"])), label
    now = [line for line in held if line["Until"] == "" and line["Basis"] != "Permanent"]
    assert [(line["Post"], day(line["Since"]) > NOW) for line in now] == [("Monitoring Officer", True)]


def test_turnover_at_the_top() -> None:
    """Five of fifteen senior posts lost a permanent holder within twelve months, and nobody is named."""
    lines = sound(lines_of(senior_posts(Span(2026, 6))))
    left = [line for line in lines if line["Basis"] == "Permanent" and line["Until"]]
    assert sum(day(line["Until"]) > date(2025, 10, 31) for line in left) == 5
    assert len({line["Post"] for line in lines}) == 15


def test_a_programme_and_its_parts_disagree_both_ways() -> None:
    """One is amber while each of its parts is green, another green while one of its parts is red."""
    now = [line for line in sound(lines_of(projects(Span(2026, 6)), "cp1252")) if line["Reported at"] == "31/10/2026"]
    rating = {line["Reference"]: line["Rating"] for line in now}
    parts = {whole: {rating[part] for part in rating if part.startswith(f"{whole}.")} for whole in ("PR06", "PR07")}
    assert (rating["PR06"], parts["PR06"]) == ("Amber", {"Green"})
    assert (rating["PR07"], parts["PR07"]) == ("Green", {"Green", "Red"})
    bridged = {line["Reference"]: line for line in now if line["Benefits expected (£)"]}
    assert all(line["Part of"] == "" for line in bridged.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_stages_are_reached_in_order(seed: int) -> None:
    """Of topics from nomination to implementation, and of projects from business case to handover."""
    topics = ("Nominated", "Accepted", "Examined", "Recommendation made", "Cabinet answered", "Implemented")
    stages = ("Began", "Business case agreed", "Design agreed", "Delivery began", "Handed over")
    span = Span(seed, 6)
    for lines, names in (
        (sound(lines_of(work_programme(span))), topics),
        (sound(lines_of(projects(span), "cp1252")), stages),
    ):
        for line in lines:
            reached = [day(line[name]) for name in names if line[name]]
            assert reached == sorted(reached), line
            first_blank = next((place for place, name in enumerate(names) if not line[name]), len(names))
            assert not any(line[name] for name in names[first_blank:]), line


def test_everything_named_is_there(catalogue: Catalogue) -> None:
    """Goals, measures, services, owners, actions, risks, recommendations and committees that the files name."""
    span = Span(2026, 6)
    actions, works = sound(lines_of(plan_actions(span))), sound(lines_of(projects(span), "cp1252"))
    topics, posts = sound(lines_of(work_programme(span))), sound(lines_of(senior_posts(span)))
    risks = table_of(risk_register(span), "Reported at")
    values = table_of(best_value(span), "Assessed at")
    plan = catalogue.plan
    assert plan is not None
    goals = {goal.title for goal in plan.goals.values()}
    titles = {service.title for service in catalogue.services.values()}
    references = {line["Reference"] for line in actions}
    assert _named([*actions, *works, *risks], "Goal") <= goals
    assert _named([*actions, *works, *topics], "Measure") <= catalogue.measures.keys()
    assert _named([*risks, *values], "Measures") <= catalogue.measures.keys()
    assert _named([*actions, *works, *topics, *risks, *values], "Service") <= titles
    assert _named(posts, "Directorate") <= titles
    assert _named(works, "Plan action") | _named(risks, "Plan actions") | _named(actions, "Part of") <= references
    assert _named(values, "Risk") <= {str(row["Reference"]) for row in risks}
    assert _named(topics, "Committee") == {committee.title for committee in catalogue.committees.values()}
    assert _named(risks, "Audit recommendations") <= overdue(2026).keys()
    assert len(_named(risks, "Audit recommendations")) >= 1


def _named(rows: Sequence[Mapping[str, object]], column: str) -> set[str]:
    return {name.strip() for row in rows for name in str(row[column] or "").split(";") if name.strip()}


MAKERS: list[Callable[[Span], dict[str, bytes]]] = [
    plan_actions,
    risk_register,
    projects,
    best_value,
    senior_posts,
    work_programme,
]


@pytest.mark.parametrize("make", MAKERS)
def test_the_rows_of_a_day_do_not_hang_on_how_far_back_is_asked(make: Callable[[Span], dict[str, bytes]]) -> None:
    """One year's rows stand among six years' rows, as they are."""
    short, long = (
        {
            row
            for name, raw in make(Span(2026, years)).items()
            for row in (
                raw.splitlines()
                if name.endswith(".csv")
                else map(str, CalamineWorkbook.from_filelike(BytesIO(raw)).get_sheet_by_index(0).to_python())
            )
        }
        for years in (1, 6)
    )
    assert short <= long
    assert len(short) < len(long)


def test_registers_are_loaded_and_reconcile(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Each has its items, and opening + added - closed = closing in every month of every stock."""
    held = dict(snapshot.execute("select register_id, count(*) from register_item group by 1").fetchall())
    told = {
        "plan_actions": 234,
        "risks": 19,
        "projects": 52,
        "best_value": 73,
        "senior_posts": 31,
        "work_programme": 32,
    }
    assert {name: held.get(name) for name in told} == told
    broken = snapshot.execute(
        "select register_id, stock, counted_on from register_flow where opening + added - closed <> closing"
    ).fetchall()
    assert broken == []


def test_what_is_overdue_is_what_was_planted(snapshot: duckdb.DuckDBPyConnection) -> None:
    """In the registers whose course no seed decides."""
    rows = snapshot.execute(
        "select register_id, item_id from register_item where state = 'overdue' and register_id in"
        " ('risks', 'projects', 'best_value', 'senior_posts', 'work_programme') order by all"
    ).fetchall()
    assert rows == [
        *(("best_value", item) for item in ("BV1.8", "BV2.10", "BV2.3")),
        *(("projects", item) for item in ("PR04", "PR04.1", "PR04.2", "PR04.3", "PR05", "PR05.2", "PR05.3")),
        ("risks", "SR09"),
        ("senior_posts", "SP11-2"),
        *(("work_programme", item) for item in ("WP005", "WP019", "WP025")),
    ]


def test_the_reported_status_of_one_milestone_is_contradicted(snapshot: duckdb.DuckDBPyConnection) -> None:
    """It is said to be on course after its date has passed; its action is green and not late."""
    rows = snapshot.execute(
        "select item_id, part_of, state from register_item"
        " where register_id = 'plan_actions' and contradicted is not null"
    ).fetchall()
    assert rows == [("GH02.1", "GH02", "overdue")]


def test_one_risk_is_stuck_at_red(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Only the demand for adult social care, in every quarter that the register holds."""
    rows = snapshot.execute(
        "select item_id, residual, red_since from register_item where register_id = 'risks' and is_stuck"
    ).fetchall()
    assert rows == [("SR01", 16, date(2021, 6, 30))]


def test_failure_indicators_that_show(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Seven of the twelve; the others are held against their registers and do not show."""
    rows = dict(snapshot.execute("select indicator_id, shown from failure_indicator").fetchall())
    assert None not in rows.values()
    assert {name for name, shown in rows.items() if shown} == {
        "people_strategy",
        "interim_statutory",
        "turnover_at_the_top",
        "limited_assurance",
        "projects_late",
        "scrutiny_not_heeded",
        "best_value_gaps",
    }
    assert len(rows) == 12


def test_the_quarters_round_has_a_day_for_each_step(snapshot: duckdb.DuckDBPyConnection) -> None:
    """From the data request to scrutiny, one after the other, for the second quarter of 2026/27."""
    rows = snapshot.execute(
        "select step, due_on from cycle_step where cycle_id = 'quarterly' and period = 'Q2 2026/27' order by position"
    ).fetchall()
    assert [step for step, _ in rows] == [
        "request",
        "returns",
        "portfolio_holders",
        "management_team",
        "cabinet",
        "scrutiny",
    ]
    days = [due for _, due in rows]
    assert None not in days
    assert days == sorted(days)
