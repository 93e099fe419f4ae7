"""The demonstration council's files: the same each time, complete, and with the mess that the pages must survive."""

import csv
from fnmatch import fnmatch
from pathlib import Path

import pytest

from pipelines.demonstration import write_demonstration
from pipelines.demonstration.bins import BY_WARD
from pipelines.demonstration.housing import REPAIRS, TEMPORARY
from pipelines.demonstration.series import Series, drift, month_of, spike, step
from pipelines.demonstration.span import LAST_MONTH, Span
from scorecard.catalogue import read_catalogue

CATALOGUE = Path(__file__).resolve().parent.parent / "metrics.yaml"


def contents(inbox: Path) -> dict[str, bytes]:
    return {path.relative_to(inbox).as_posix(): path.read_bytes() for path in inbox.rglob("*") if path.is_file()}


def rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    write_demonstration(folder)
    return folder


def test_one_seed_gives_the_same_bytes_everywhere(inbox, tmp_path):
    write_demonstration(tmp_path)
    assert contents(tmp_path) == contents(inbox)


def test_another_seed_gives_other_figures(inbox, tmp_path):
    write_demonstration(tmp_path, seed=7)
    mine, theirs = contents(inbox), contents(tmp_path)
    assert mine.keys() == theirs.keys()
    same = {name for name in mine if mine[name] == theirs[name]}
    assert same == {"Minutes of meeting.txt", "highways/Potholes 2026-27 resend.xlsx"}


def test_writing_again_touches_nothing(inbox):
    before = {path: path.stat().st_mtime_ns for path in inbox.rglob("*") if path.is_file()}
    write_demonstration(inbox)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_it_returns_what_it_wrote(tmp_path):
    written = write_demonstration(tmp_path, years=2)
    assert written == sorted(tmp_path / name for name in contents(tmp_path))


def test_every_source_has_a_file(inbox):
    for name, source in read_catalogue(CATALOGUE).sources.items():
        assert [file for file in contents(inbox) if any(fnmatch(file, wanted) for wanted in source.files)], name


def test_only_the_stray_file_has_no_source_and_none_has_two(inbox):
    sources = read_catalogue(CATALOGUE).sources.values()
    matches = {file: sum(any(fnmatch(file, glob) for glob in s.files) for s in sources) for file in contents(inbox)}
    assert {file for file, count in matches.items() if count != 1} == {"Minutes of meeting.txt"}


def test_every_ward_is_a_listed_area():
    listed = read_catalogue(CATALOGUE).areas.listed.values()
    assert {area.name for area in listed if area.level == "ward"} == set(BY_WARD)


@pytest.mark.parametrize("years", [1, 2, 6, 8])
def test_years_decides_how_far_back(tmp_path, years):
    write_demonstration(tmp_path, years=years)
    assert len(list(tmp_path.glob("resources/*.csv"))) == years
    assert (tmp_path / f"resources/Resources return {2027 - years}-{(28 - years) % 100:02d}.csv").is_file()
    assert (tmp_path / "resources/Resources return 2026-27.csv").is_file()


def test_no_years_at_all_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at least 1"):
        write_demonstration(tmp_path, years=0)


def test_more_years_leave_recent_figures_as_they_are(inbox, tmp_path):
    write_demonstration(tmp_path, years=2)
    name = "resources/Resources return 2026-27.csv"
    assert contents(tmp_path)[name] == contents(inbox)[name]


def test_two_sickness_rows_for_one_month_differ(inbox):
    found = [row for row in rows(inbox / "resources/Resources return 2024-25.csv") if row[0:1] == ["HR01"]]
    january = [row for row in found if row[2] == "31/01/2025"]
    assert len(january) == 2
    assert january[0] != january[1]


def test_a_figure_is_below_zero(inbox):
    found = rows(inbox / "resources/Resources return 2024-25.csv")
    assert [row[3][0] for row in found if row[0:3:2] == ["HR02", "28/02/2025"]] == ["-"]


def test_a_ward_is_unknown(inbox):
    found = rows(inbox / "waste/Missed collections 2025-26.csv")
    assert [row[0] for row in found if row[1] == "Marsh Street"] == ["2025-07"]


def test_a_text_stands_for_a_number_and_a_row_twice(inbox):
    found = rows(inbox / "governance/Governance return.csv")
    assert [row[3] for row in found if row[0:3:2] == ["GOV3", "Jul 2024"]] == ["tbc"]
    twice = [row for row in found if row[0:3:2] == ["GOV4", "May 2026"]]
    assert len(twice) == 2
    assert twice[0] == twice[1]


def test_adult_social_care_stops_in_august(inbox):
    adults = rows(inbox / "adults/Adult social care return.csv", ";")
    children = rows(inbox / "children/Children's services return.csv", ";")
    assert (adults[-1][2], children[-1][2]) == ("Aug 2026", "Oct 2026")


def test_waste_is_saved_by_windows_with_provisional_figures(inbox):
    raw = (inbox / "waste/Waste tonnages.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    text = raw.decode("cp1252")
    assert "£" in text and "–" in text
    assert text.count(" [p]") == 6


def test_a_column_is_renamed_and_some_repairs_are_revised(inbox):
    before = rows(inbox / "housing/Housing measures 2024-25.csv")
    after = rows(inbox / "housing/Housing measures 2025-26.csv")
    assert (before[0][1], after[0][1]) == ("Preventions and reliefs", "Households helped")
    assert sum("[r]" in cell for row in before for cell in row[:-1] if not row[0].startswith("Notes")) == 3


def test_repairs_fall_month_after_month_and_stay_above_target():
    pairs = [REPAIRS.at(month, 2026) for month in range(month_of("2026-02"), LAST_MONTH + 1)]
    shares = [done / whole * 100 for done, whole in pairs]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 90


@pytest.mark.parametrize("seed", range(8))
def test_temporary_accommodation_passes_its_limit_in_july_whatever_the_seed(seed):
    counts = [TEMPORARY.at(month, seed)[0] for month in range(month_of("2026-06"), LAST_MONTH + 1)]
    assert counts[0] <= 210 * 1.05 < counts[1]
    assert counts == sorted(counts)


@pytest.mark.parametrize("seed", range(8))
def test_one_ward_is_bad_while_the_council_is_fine(seed):
    pairs = {ward: ratio.at(LAST_MONTH, seed) for ward, ratio in BY_WARD.items()}
    rates = {ward: missed / scheduled * 100_000 for ward, (missed, scheduled) in pairs.items()}
    everywhere = sum(p[0] for p in pairs.values()) / sum(p[1] for p in pairs.values()) * 100_000
    assert {ward for ward, rate in rates.items() if rate > 66} == {"Marsh Lane"}
    assert everywhere < 60


def test_shapes_do_what_they_say():
    changes = (drift("2024-02", 1, "2024-04"), step("2024-03", 10), spike("2024-05", 100))
    series = Series("shapes", 0, changes=changes)
    assert [series.at(month_of(f"2024-{month:02d}"), 1) for month in range(1, 7)] == [0, 1, 12, 13, 113, 13]


def test_months_held_end_in_october_and_quarters_in_september():
    span = Span(1, 2)
    assert (span.months(2026)[-1], span.quarters(2026)[-1]) == (month_of("2026-10"), month_of("2026-09"))
    assert (len(span.months(2025)), len(span.quarters(2025))) == (12, 4)
