"""The demonstration's audit recommendations, policies, complaints and Ombudsman's cases: exact counts, and stories."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from pipelines.demonstration.audit_dates import OVERDUE, SLIPPING, overdue, recommendations
from pipelines.demonstration.audit_details import details
from pipelines.demonstration.audit_register import audit_register
from pipelines.demonstration.audit_titles import AREAS, OUTSIDE, titles_of
from pipelines.demonstration.complaint_words import LEARNING, PLANTED, THEMES, TITLES, UNSETTLED
from pipelines.demonstration.complaints import SERVICES as COMPLAINED_OF
from pipelines.demonstration.ombudsman import letter
from pipelines.demonstration.ombudsman_cases import Case, cases, ombudsman_cases
from pipelines.demonstration.ombudsman_words import LEARNING as LEARNED
from pipelines.demonstration.ombudsman_words import SUBJECTS as CASES_ABOUT
from pipelines.demonstration.policy_register import BACKLOG, policy_register
from pipelines.demonstration.policy_titles import DOCUMENTS, SUBJECTS, document
from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import KNOWN_TO, Span
from scorecard.catalogue import Catalogue, read_catalogue
from scorecard.periods import between, financial_year_of

ROOT = Path(__file__).resolve().parent.parent
SEEDS = (2026, 1, 7)
OURS = ("audit_recommendations", "policies", "complaints", "ombudsman_cases")


def sheet_of(files: dict[str, bytes], spoilt: str) -> list[dict[str, object]]:
    """The rows of the one sheet of the one workbook, without those whose reference begins with `spoilt`."""
    (content,) = files.values()
    lines: Sequence[Sequence[object]] = (
        CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    at = next(number for number, line in enumerate(lines) if sum(cell != "" for cell in line) > 2)
    rows = (dict(zip(map(str, lines[at]), line, strict=True)) for line in lines[at + 1 :])
    first = str(lines[at][0])
    return [row for row in rows if row[first] and list(row.values())[1] and not str(row[first]).startswith(spoilt)]


def days(cell: object) -> date | None:
    """A day of a workbook; None where the cell is blank."""
    return cell if isinstance(cell, date) else None


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue that reads the files."""
    return read_catalogue(ROOT / "metrics.yaml")


@pytest.fixture(scope="module")
def snapshot(demonstration: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demonstration's published snapshot."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        yield connection


# -------------------------------------------------------------------------------------------- audit recommendations
@pytest.mark.parametrize("seed", SEEDS)
def test_as_many_recommendations_are_overdue_as_planted(seed: int) -> None:
    """At the end of every month the number past its original date and not signed off follows its path."""
    everything = recommendations(seed)
    for month in range(month_of("2021-04"), month_of("2026-10") + 1):
        end = between(month, month).end
        late = [each for each in everything if each.due < end and (each.signed_off is None or each.signed_off > end)]
        assert abs(len(late) - OVERDUE.at(month, seed)) <= (0.5 if seed == SEEDS[0] else 1.5), month
    assert len(overdue(seed)) == 9


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_signed_off_before_its_owner_says_that_it_is_done(seed: int) -> None:
    """Agreed, implemented, signed off, in this order, and nothing later than the register was saved."""
    for row in sheet_of(audit_register(Span(seed, 6)), "IA-9"):
        agreed, said, signed = (days(row[name]) for name in ("Agreed", "Implemented", "Signed off by Internal Audit"))
        assert agreed is not None
        if signed:
            assert said is not None and agreed < said < signed <= KNOWN_TO
            assert row["Status"] == "Complete" and row["% done"] == 100
        elif said:
            assert agreed < said <= KNOWN_TO and row["Status"] in ("Awaiting sign-off", "Complete")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_revised_date_is_held(seed: int) -> None:
    """As many later dates as the register says it was put off, each after the one before, the last one current."""
    names = ("Original due date", "Second due date", "Third due date", "Fourth due date")
    for row in sheet_of(audit_register(Span(seed, 6)), "IA-9"):
        dates = [day for name in names if (day := days(row[name]))]
        assert len(dates) == 1 + int(str(row["Times re-dated"]).removesuffix(".0"))
        assert dates == sorted(set(dates)) and dates[-1] == days(row["Current due date"])


def test_the_slipping_service_is_late_nearly_always() -> None:
    """Since November 2024 whatever fell due in one area was late, most of it put off twice; others take turns."""
    since = [each for each in recommendations(2026) if date(2024, 11, 1) <= each.due <= KNOWN_TO]
    theirs = [each for each in since if each.area == SLIPPING]
    assert len(theirs) >= 8 and all(each.times_redated for each in theirs)
    assert sum(each.times_redated >= 2 for each in theirs) >= 6
    late = Counter(each.area for each in since if each.times_redated)
    assert late[SLIPPING] >= 2 * max(many for area, many in late.items() if area != SLIPPING)


def test_recommendations_are_asked_for_by_several_bodies_in_words_of_their_own() -> None:
    """Internal Audit makes most and never words two alike in an area of a year; only its reports carry an opinion."""
    told = [each for _, each in details(2026)]
    made = Counter(each.made_by for each in told)
    assert set(made) == {"Internal audit", "External audit", "Peer review", "Inspectorate", "Ombudsman"}
    assert made["Internal audit"] > sum(made.values()) / 2
    assert all((each.opinion is None) == (each.made_by != "Internal audit") for each in told)
    worded = Counter((each.audit, each.title) for each in told if each.made_by == "Internal audit")
    assert max(worded.values()) == 1


# --------------------------------------------------------------------------------------------------------- policies
@pytest.mark.parametrize("seed", SEEDS)
def test_the_policy_backlog_is_as_planted(seed: int) -> None:
    """58 overdue on the day of the baseline and 18 now; a review begins when the one before it ended."""
    (content,) = policy_register(Span(seed, 6)).values()
    rows = [row for row in csv.DictReader(StringIO(content.decode("cp1252").split("\r\n", 2)[2])) if row["Owner"]]

    def day(text: str) -> date | None:
        return date(*(int(part) for part in reversed(text.split("/")))) if text else None

    held = [(day(row["Review due"]), day(row["Last reviewed"]), day(row["Reviewed or withdrawn on"])) for row in rows]
    for on, wanted in ((date(2023, 6, 30), BACKLOG), (date(2026, 10, 31), 18)):
        assert sum(bool(due and due < on and (done is None or done > on)) for due, _, done in held) == wanted
    assert all(due and since and since < due and (done is None or since < done) for due, since, done in held)


def test_strategies_are_documents_of_the_register() -> None:
    """The four that the council must have; every other document is a policy, procedure or guidance."""
    documents = [document(number) for number in range(DOCUMENTS)]
    strategies = [each.title for each in documents if each.kind == "Strategy"]
    assert sorted(strategies) == [
        "Corporate plan",
        "Digital and IT strategy",
        "People strategy",
        "Procurement strategy",
    ]
    assert len({each.title for each in documents}) == DOCUMENTS


# ------------------------------------------------------------------------------------------------------- complaints
def test_every_service_has_complaints_of_every_kind() -> None:
    """Titles for whatever goes wrong anywhere, and something to learn from it."""
    assert set(TITLES) == set(COMPLAINED_OF)
    assert all(set(titles) == set(THEMES) for titles in TITLES.values())
    assert set(LEARNING) == {*THEMES, UNSETTLED}
    assert set(PLANTED) <= set(TITLES)


# ----------------------------------------------------------------------------------------------- the Ombudsman's cases
def counted(everything: Sequence[Case], year: int) -> tuple[int, ...]:
    """What the letter of a year says, counted from the cases."""

    def of(day: date | None) -> bool:
        return day is not None and day <= max(KNOWN_TO, date(2027, 3, 31)) and financial_year_of(day) == year

    decided = [case for case in everything if of(case.decided)]
    upheld = [case for case in decided if case.decision == "Upheld"]
    due = [case for case in everything if of(case.due)]
    return (
        sum(of(case.received) for case in everything),
        len(decided),
        sum(case.decision in ("Upheld", "Not upheld") for case in decided),
        len(upheld),
        len(due),
        sum(case.complied is not None and case.complied <= KNOWN_TO for case in due),
        sum(case.is_remedied for case in upheld),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_cases_add_up_to_the_letters(seed: int) -> None:
    """Each year's received, decided, investigated, upheld, due, complied with and put right, to the case."""
    everything = cases(seed)
    assert {year: counted(everything, year) for year in range(2013, 2027)} == {
        year: tuple(letter(year)) for year in range(2013, 2027)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_a_case_passes_its_steps_in_order(seed: int) -> None:
    """Received, decided, remedied, closed; an investigation takes months, a first look weeks."""
    for case in cases(seed):
        if case.decided:
            waited = (case.decided - case.received).days
            assert waited >= (110 if case.decision in ("Upheld", "Not upheld") else 15)
            assert case.closed and case.closed >= case.decided
            assert case.due is None or case.due > case.decided
            assert case.complied is None or case.complied > case.decided
        else:
            assert case.closed is None and case.due is None


def test_case_numbers_are_never_used_twice() -> None:
    """One row a case, with the year of receipt in its number."""
    rows = sheet_of(ombudsman_cases(Span(2026, 6)), "26 9")
    numbers = [str(row["Case"]) for row in rows]
    assert len(set(numbers)) == len(numbers) > 300
    assert all(str(row["Case"])[:2] == f"{row['Received']:%y}" for row in rows)


# ------------------------------------------------------------------------------------------- what the catalogue knows
def test_services_and_measures_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    """Whatever a register says of a service, a directorate or a measure, the catalogue has it."""
    titles = {service.title for service in catalogue.services.values()}
    named = {area.service for area in AREAS.values()} | {other.service for other in OUTSIDE.values()}
    named |= {service for subjects in SUBJECTS.values() for service in subjects.values()}
    named |= {subject.service for subject in CASES_ABOUT}
    assert named <= set(SERVICES)
    assert set(COMPLAINED_OF) | {area.directorate for area in AREAS.values()} | set(SUBJECTS) <= titles
    measures = {measure.title for measure in catalogue.measures.values()}
    assert {area.measure for area in AREAS.values() if area.measure} <= measures
    assert {wrong for subject in CASES_ABOUT for _, wrong in subject.complaints} == set(LEARNED)
    assert all(len(set(titles_of(area))) == 80 for area in AREAS)


# ------------------------------------------------------------------------------------------------ as they are published
def test_measures_and_registers_tell_the_same(snapshot: duckdb.DuckDBPyConnection) -> None:
    """In every month what a measure counts is what the register's overdue stock closes with."""
    for register, measure in (("audit_recommendations", "audit_actions_overdue"), ("policies", "policies_overdue")):
        rows = snapshot.execute(
            "select f.closing, o.value from register_flow f join observation o on o.period_end = f.counted_on"
            " where register_id = ? and stock = 'overdue' and measure_id = ? and area_code = 'X06000001'",
            [register, measure],
        ).fetchall()
        assert len(rows) == 67
        assert all(closing == value for closing, value in rows)


def test_letters_and_cases_tell_the_same(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The tally of every finished year holds what the yearly measures say."""
    steps = {
        "received": "ombudsman_received", "decided": "ombudsman_decided", "investigated": "ombudsman_investigated",
        "upheld": "ombudsman_upheld",
    }  # fmt: skip
    for step, measure in steps.items():
        rows = snapshot.execute(
            "select t.items, o.value from register_tally t join observation o using (period_end)"
            " where register_id = 'ombudsman_cases' and step = ? and measure_id = ? and area_code = 'X06000001'",
            [step, measure],
        ).fetchall()
        assert len(rows) == 7
        assert all(items == value for items, value in rows), step


def test_a_handful_is_newly_overdue_awaits_sign_off_or_is_contradicted(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The stories of the registers, as docs/demonstration.md tells them."""

    def found(condition: str) -> list[str]:
        rows = snapshot.execute(f"select item_id from register_item where {condition} order by due").fetchall()
        return [item for (item,) in rows]

    audit = "register_id = 'audit_recommendations' and"
    assert found(f"{audit} due between '2026-09-30' and '2026-10-30' and days_late > 0 and ended is null") == [
        "IA-01354"
    ]
    assert found(f"{audit} state = 'awaiting_sign_off' and days_late > 0") == ["IA-01302", "IA-01318", "IA-01344"]
    assert found(f"{audit} contradicted is not null") == ["IA-01311", "IA-01318", "IA-01336"]
    assert len(found(f"{audit} state = 'overdue'")) == 6
    assert len(found(f"{audit} state = 'predicted_late'")) == 8
    assert found("register_id = 'policies' and contradicted is not null") == ["P0010/2026-06-11", "P0270/2026-09-04"]
    assert found("register_id = 'policies' and title like '%strategy' and state = 'overdue'") == ["P0270/2026-09-04"]
    assert found("register_id = 'complaints' and title is null") == []
    burnt = snapshot.execute(
        "select backlog, dealt_with from register_burn where register_id = 'policies' order by counted_on desc"
    ).fetchone()
    assert burnt == (58, 49)


def test_compliments_are_no_complaints(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The register leaves out thanks, which nobody has to answer; every complaint has a clock."""
    row = snapshot.execute(
        "select count(*), count(*) filter (details like '%Compliment%') from register_item"
        " where register_id = 'complaints'"
    ).fetchone()
    assert row is not None and row[0] > 8000 and row[1] == 0


def test_hurried_answers_are_what_comes_back(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Since April 2026 the answer itself is the commonest grievance at stage 2, and was not before."""
    rows = snapshot.execute(
        "select opened >= '2026-04-01', mode(details ->> 'What went wrong') from register_item"
        " where register_id = 'complaints' and details ->> 'Stage' = 'Stage 2' group by 1 order by 1"
    ).fetchall()
    assert rows[1] == (True, "Answer at stage 1")
    assert rows[0][1] != "Answer at stage 1"
