"""The demonstration council's files: the same bytes each time, complete, of every kind, and with nobody in them."""

import csv
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path

import pytest

from pipelines.demonstration import make_demonstration, write_demonstration
from pipelines.demonstration.bins import BY_WARD
from pipelines.demonstration.complaints import COME_BACK, ON_TIME
from pipelines.demonstration.housing import REPAIRS, TEMPORARY
from pipelines.demonstration.series import Series, drift, month_of, spike, step
from pipelines.demonstration.span import LAST_MONTH, Span
from pipelines.demonstration.wards import PEOPLE, POPULATION, WARDS
from scorecard.catalogue import Catalogue, read_catalogue

ROOT = Path(__file__).resolve().parent.parent
STRAY = "Minutes of meeting.txt"
PIVOT = "highways/Potholes 2026-27 resend.xlsx"
PERSONAL = re.compile(
    rb"\b(names?|forename|surname|e-?mail|address|phone|mobile|dob|date of birth|born|postcode|uprn|nhs number"
    rb"|ni number|tenant|claimant|complainant|employee number)\b",
    re.IGNORECASE,
)
"""Headings that would say who somebody is."""


def contents(inbox: Path) -> dict[str, bytes]:
    """The bytes of each file by its name below the inbox."""
    return {path.relative_to(inbox).as_posix(): path.read_bytes() for path in inbox.rglob("*") if path.is_file()}


def texts_of(raw: bytes) -> set[bytes]:
    """Every text in the cells of a workbook."""
    with zipfile.ZipFile(BytesIO(raw)) as book:
        parts = [book.read(part) for part in book.namelist() if part in ("xl/sharedStrings.xml", "content.xml")]
    return {text for part in parts for text in re.findall(rb">([^<>]+)<", part)}


def headings_of(raw: bytes) -> set[bytes]:
    """The cells of a delimited file down to its headings, which are its first line of three cells or more."""
    lines = raw.splitlines()
    at = next((number for number, line in enumerate(lines) if len(re.findall(rb"[,;]", line)) > 1), len(lines))
    return {cell for line in lines[: at + 1] for cell in re.split(rb"[,;]", line)}


def rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    """The cells of a delimited file."""
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.fixture(scope="session")
def inbox(demonstration: Path) -> Path:
    """The files of six years, as another process has written and loaded them."""
    return demonstration / "inbox"


@pytest.fixture(scope="module")
def one_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the unfinished year alone."""
    folder = tmp_path_factory.mktemp("one_year")
    write_demonstration(folder, years=1)
    return folder


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue that reads them."""
    return read_catalogue(ROOT / "metrics.yaml")


def test_writing_again_gives_the_same_bytes_and_touches_nothing(inbox: Path, tmp_path: Path) -> None:
    """What another process wrote stands as it was, and every file of it is named."""
    again = shutil.copytree(inbox, tmp_path / "inbox")
    before = {path: path.stat().st_mtime_ns for path in again.rglob("*") if path.is_file()}
    written = write_demonstration(again)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert written == sorted(before)


def test_one_seed_gives_the_same_bytes_however_python_hashes(one_year: Path, tmp_path: Path) -> None:
    """Another process, whose sets and dictionaries of text may be in another order, writes the same."""
    command = [sys.executable, "-m", "pipelines", "demo", "--years", "1", "--inbox", str(tmp_path / "inbox")]
    environment = os.environ | {"PYTHONHASHSEED": "20261120"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert contents(tmp_path / "inbox") == contents(one_year)


OUTLINES = "geography/wards.geojson"


def test_another_seed_gives_other_figures(one_year: Path, tmp_path: Path) -> None:
    """Only files without noise stay: three without figures, and the Ombudsman's planted counts."""
    write_demonstration(tmp_path, years=1, seed=7)
    mine, theirs = contents(one_year), contents(tmp_path)
    assert mine.keys() == theirs.keys()
    assert {name for name in mine if mine[name] == theirs[name]} == {
        STRAY,
        PIVOT,
        "legal/Ombudsman letters.xlsx",
        OUTLINES,
    }


@pytest.mark.parametrize("years", [1, 2, 6])
def test_years_decide_how_far_back(years: int, inbox: Path) -> None:
    """Returns have a file for each financial year, logs too, and a register is named for the whole span."""
    names = set(contents(inbox)) if years == 6 else set(make_demonstration(years=years).names)
    first = 2027 - years
    assert len([name for name in names if name.startswith("resources/")]) == years
    assert f"resources/Resources return {first}-{(first + 1) % 100}.csv" in names
    assert f"customer/Complaints register Apr {first} to Oct 2026.csv" in names
    assert {"resources/Resources return 2026-27.csv", "customer/Calls Apr 2026 to Oct 2026.csv"} <= names


def test_the_names_are_those_that_are_written(one_year: Path) -> None:
    """What the command looks for in an inbox is what it writes."""
    assert make_demonstration(years=1).names == sorted(contents(one_year))


@pytest.mark.parametrize("wanted", [{"years": 0}, {"scale": 0}])
def test_none_at_all_is_refused(wanted: dict[str, int], tmp_path: Path) -> None:
    """Years and scale begin at one, and nothing is written."""
    with pytest.raises(ValueError, match="at least 1"):
        write_demonstration(tmp_path, **wanted)
    assert not contents(tmp_path)


def test_more_years_leave_recent_figures_as_they_are(inbox: Path, one_year: Path) -> None:
    """Files of one year are the same bytes; every line of a file of the whole span stands in the longer one."""
    short, long = contents(one_year), contents(inbox)
    for name in short.keys() & long.keys():
        if "2026-27" in name or "2026 to" in name:
            assert short[name] == long[name], name
        elif name.endswith(".csv"):
            assert set(short[name].splitlines()) <= set(long[name].splitlines()), name


def test_every_source_has_a_file(inbox: Path, one_year: Path, catalogue: Catalogue) -> None:
    """No contract waits for a file that nobody sends, even in the shortest span."""
    for folder in (inbox, one_year):
        held = contents(folder)
        for name, source in catalogue.sources.items():
            assert [file for file in held if any(fnmatch(file, wanted) for wanted in source.files)], name


def test_only_the_stray_file_has_no_source_and_none_has_two(inbox: Path, catalogue: Catalogue) -> None:
    """Every other file is asked for by exactly one source."""
    sources = catalogue.sources.values()
    matches = {file: sum(any(fnmatch(file, glob) for glob in s.files) for s in sources) for file in contents(inbox)}
    assert {file: count for file, count in matches.items() if count != 1} == {STRAY: 0}


def test_files_are_of_every_kind(inbox: Path) -> None:
    """CSV, Excel, OpenDocument and a GeoJSON of the wards, as many of each as docs/demonstration.md says."""
    kinds = Counter(Path(name).suffix for name in contents(inbox))
    assert kinds == {".csv": 153, ".xlsx": 41, ".ods": 9, ".geojson": 1, ".txt": 1}


def test_wards_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    """Twenty-two wards with the same people, whose sum is the council's."""
    listed = catalogue.areas.listed
    wards = {area.name: area.population for area in listed.values() if area.level == "ward"}
    assert wards == POPULATION
    assert len(wards) == 22
    assert listed[catalogue.council.home].population == PEOPLE
    assert sum(WARDS.values()) == pytest.approx(1)
    assert set(BY_WARD) == set(wards)


def test_peers_are_those_of_the_catalogue(inbox: Path, catalogue: Catalogue) -> None:
    """The club's files name Alderbrook's twelve peers and, in one year, a council nobody knows."""
    sent = {row[0] for path in inbox.glob("benchmark/*.csv") for row in rows(path) if len(row) == 4}
    (group,) = catalogue.peer_groups.values()
    peers = {catalogue.areas.listed[code].name.removesuffix(" Council") for code in group.listed}
    assert len(peers) == 12
    assert sent - {"Council"} == peers | {"Westmarsh"}


def test_no_file_says_who_somebody_is(inbox: Path) -> None:
    """No heading is one of a person's name, address, number or birth, and no text is an address to write to."""
    told = {}
    for name, raw in contents(inbox).items():
        assert b"@" not in raw or name.endswith((".xlsx", ".ods")), name
        texts = texts_of(raw) if name.endswith((".xlsx", ".ods")) else headings_of(raw)
        told[name] = {text for text in texts if PERSONAL.search(text) or b"@" in text}
    assert {name: found for name, found in told.items() if found} == {}


def test_repairs_fall_month_after_month_and_stay_above_target() -> None:
    """The planted slide holds whatever the seed, because its rates are given."""
    pairs = [REPAIRS.at(month, 2026) for month in range(month_of("2026-01"), LAST_MONTH + 1)]
    shares = [done / (whole or 1) * 100 for done, whole in pairs]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 90


@pytest.mark.parametrize("seed", range(8))
def test_temporary_accommodation_passes_its_limit_in_july_whatever_the_seed(seed: int) -> None:
    """June is within the tolerance of 210, July and every month after it beyond and higher."""
    counts = [TEMPORARY.at(month, seed)[0] for month in range(month_of("2026-06"), LAST_MONTH + 1)]
    assert counts[0] <= 210 * 1.05 < counts[1]
    assert counts == sorted(counts)


@pytest.mark.parametrize("seed", range(8))
def test_one_ward_is_bad_while_the_council_is_fine_whatever_the_seed(seed: int) -> None:
    """Marsh Lane alone is beyond 60 and its tolerance."""
    pairs = {ward: ratio.at(LAST_MONTH, seed) for ward, ratio in BY_WARD.items()}
    rates = {ward: missed / (scheduled or 1) * 100_000 for ward, (missed, scheduled) in pairs.items()}
    everywhere = sum(p[0] for p in pairs.values()) / sum(p[1] or 0 for p in pairs.values()) * 100_000
    assert {ward for ward, rate in rates.items() if rate > 66} == {"Marsh Lane"}
    assert everywhere < 60


@pytest.mark.parametrize("seed", range(8))
def test_hurried_answers_are_on_time_and_come_back_whatever_the_seed(seed: int) -> None:
    """Since April 2026 more are in time than in any month before, and more come back than a tenth."""
    since = month_of("2026-04")
    on_time, back = (
        {
            month: done / (whole or 1)
            for month in range(since - 12, LAST_MONTH + 1)
            for done, whole in [pair.at(month, seed)]
        }
        for pair in (ON_TIME, COME_BACK)
    )
    assert min(share for month, share in on_time.items() if month >= since) > max(
        share for month, share in on_time.items() if month < since
    )
    assert min(share for month, share in back.items() if month >= since) > 0.1


def test_shapes_do_what_they_say() -> None:
    """A drift goes on until its end, a step stays, a spike goes."""
    changes = (drift("2024-02", 1, "2024-04"), step("2024-03", 10), spike("2024-05", 100))
    series = Series("shapes", 0, changes=changes)
    assert [series.at(month_of(f"2024-{month:02d}"), 1) for month in range(1, 7)] == [0, 1, 12, 13, 113, 13]


def test_noise_is_bounded_and_belongs_to_its_month() -> None:
    """Two standard deviations at most, and the same for a seed and a month however often it is asked."""
    series = Series("noise", 0, noise=1.0)
    drawn = [series.at(month, seed) for month in range(24_000, 24_060) for seed in range(20)]
    assert max(abs(value) for value in drawn) == 2
    assert drawn == [series.at(month, seed) for month in range(24_000, 24_060) for seed in range(20)]


def test_months_held_end_in_october_and_quarters_in_september() -> None:
    """On 20 November October is in, and the third quarter is not over."""
    span = Span(1, 2)
    assert (span.months(2026)[-1], span.quarters(2026)[-1]) == (month_of("2026-10"), month_of("2026-09"))
    assert (len(span.months(2025)), len(span.quarters(2025))) == (12, 4)
