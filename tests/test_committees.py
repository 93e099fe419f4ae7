"""Committees in the catalogue: what is within their remit, what is wrong with them, and what a snapshot holds."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pydantic import ValidationError

from pipelines.tables import catalogue_tables
from scorecard.catalogue import Catalogue, Committee, examine, read_catalogue
from scorecard.snapshot.remits import meetings, remits
from scorecard.snapshot.store import open_snapshot
from tests.small_council import CATALOGUE
from tests.small_snapshot import AS_AT, EXAMPLES, catalogue_of, publish

ROOT = Path(__file__).resolve().parent.parent


def with_committees(**committees: dict[str, Any]) -> Catalogue:
    """The small catalogue with these committees."""
    return catalogue_of(EXAMPLES).model_copy(
        update={"committees": {name: Committee.model_validate(each) for name, each in committees.items()}}
    )


def remit_of(catalogue: Catalogue, committee: str) -> list[str]:
    """Ids of the measures of a committee, as its rows have them."""
    frame = catalogue_tables(catalogue, AS_AT)["committee_measure"]
    return [] if frame.empty else list(frame.loc[frame["committee_id"] == committee, "measure_id"])


def faults_of(folder: Path, committees: str) -> list[str]:
    """The printed faults of the small council's catalogue with these committees."""
    path = folder / "metrics.yaml"
    path.write_text(CATALOGUE.replace("\nareas:", f"\ncommittees:\n{committees}\nareas:"), encoding="utf-8")
    return [str(fault) for fault in examine(path)[1]]


def test_a_service_stands_for_all_below_it() -> None:
    """The directorate has every measure, one of its services only its own."""
    catalogue = with_committees(
        all={"title": "All", "services": ["place"]}, homes={"title": "H", "services": ["housing"]}
    )
    assert remit_of(catalogue, "all") == [each.measure_id for each in EXAMPLES]
    assert remit_of(catalogue, "homes") == ["repairs", "relet", "gas_safety"]


def test_a_remit_is_what_any_of_the_three_ways_names_and_each_measure_once() -> None:
    """Service, theme and measure together, in the catalogue's order; a measure named twice stands once."""
    catalogue = with_committees(
        one={
            "title": "One",
            "services": ["waste"],
            "themes": ["compliance_and_risk"],
            "measures": ["fly_tips", "turnover"],
        }
    )
    assert remit_of(catalogue, "one") == [
        "missed_bins", "recycling", "fly_tips", "major_apps", "foi", "gas_safety", "audit_actions", "turnover",
    ]  # fmt: skip


def test_committees_and_meetings_are_rows_in_their_order() -> None:
    """Committees in the catalogue's order, meetings by day whatever their order there; none without committees."""
    tables = catalogue_tables(
        with_committees(
            waste={"title": "Waste", "services": ["waste"], "meetings": [date(2026, 12, 1), date(2026, 10, 6)]},
            all={"title": "All", "services": ["place"]},
        ),
        AS_AT,
    )
    assert tables["committee"].values.tolist() == [["waste", 0, "Waste"], ["all", 1, "All"]]
    assert list(tables["meeting"]["held_on"]) == [date(2026, 10, 6), date(2026, 12, 1)]
    without = catalogue_tables(catalogue_of(EXAMPLES), AS_AT)
    assert all(without[name].empty for name in ("committee", "committee_measure", "meeting"))


@pytest.mark.parametrize(
    ("committee", "where", "said"),
    [
        ("  c: {title: C, services: [plcae]}", "committees.c.services[0]", "no service 'plcae'. Did you mean 'place'?"),
        ("  c: {title: C, themes: [helth]}", "committees.c.themes[0]", "no theme 'helth'. Did you mean 'health'?"),
        ("  c: {title: C, measures: [call]}", "committees.c.measures[0]", "no measure 'call'. Did you mean 'calls'?"),
        ("  c: {title: C, meetings: [2026-10-06]}", "committees.c", "a committee needs a remit"),
        ("  c: {title: C, themes: [health], meeting: []}", "committees.c", "Did you mean 'meetings'?"),
        ("  c: {title: C, themes: [health], meetings: [2026-10-06, 2026-10-06]}", "meetings", "twice: 2026-10-06"),
    ],
)
def test_what_is_wrong_with_a_committee_is_said_with_what_was_meant(
    tmp_path: Path, committee: str, where: str, said: str
) -> None:
    """Each mistake is one fault, with its place and the nearest name."""
    (fault,) = faults_of(tmp_path, committee)
    assert where in fault
    assert said in fault


def test_a_committee_cannot_be_changed_after_reading() -> None:
    """It is frozen like every entry."""
    committee = Committee(title="C", themes=("health",))
    with pytest.raises(ValidationError, match="frozen"):
        committee.title = "D"  # type: ignore[misc]


def test_every_measure_of_the_demonstration_is_within_a_remit() -> None:
    """No measure escapes scrutiny, and each committee has met in the last year and meets again."""
    catalogue = read_catalogue(ROOT / "metrics.yaml")
    today = catalogue.council.as_at
    assert today is not None
    within = set(catalogue_tables(catalogue, today)["committee_measure"]["measure_id"])
    assert sorted(set(catalogue.measures) - within) == []
    for committee in catalogue.committees.values():
        assert committee.meetings[0] > today.replace(year=today.year - 1)
        assert committee.meetings[-1] > today


def test_without_committees_the_themes_are_the_remits(tmp_path: Path) -> None:
    """All four, in the catalogue's order, and none of them meets."""
    snapshot = open_snapshot(publish(tmp_path))
    frame = remits(snapshot)
    assert list(frame["title"]) == [
        "Organisational health", "Critical service delivery", "Compliance and risk", "Citizen intelligence",
    ]  # fmt: skip
    assert not frame["is_committee"].any()
    assert meetings(snapshot, "compliance_and_risk") == []
    snapshot.close()


def test_a_remit_holds_what_its_readers_may_see(tmp_path: Path) -> None:
    """A committee of nothing but a measure for members is not offered to the public; one without figures comes last."""
    path = publish(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into committee values ('none', 0, 'No figures'), ('a', 1, 'A'), ('b', 2, 'B')")
        connection.execute(
            "insert into committee_measure values ('none', 'satisfaction'), ('a', 'audit_actions'), ('b', 'recycling')"
        )
        connection.execute("insert into meeting values ('b', '2026-12-01'), ('b', '2026-10-06')")
    for audience, titles in (("public", ["B", "No figures"]), ("members", ["A", "B", "No figures"])):
        snapshot = open_snapshot(path, audience)
        frame = remits(snapshot)
        assert list(frame["title"]) == titles
        assert frame["is_committee"].all()
        assert meetings(snapshot, "b") == [date(2026, 10, 6), date(2026, 12, 1)]
        snapshot.close()
