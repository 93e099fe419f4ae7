"""The demonstration's files of records: scale leaves shares alone, returns agree, resends differ, mess is planted."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipelines.demonstration import write_demonstration
from scorecard.working_days import bank_holidays

SCALE = 3
PLEASED = ["Very satisfied", "Satisfied"]


def read(path: Path) -> pd.DataFrame:
    """A log as it stands, every cell text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def days(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column of days as they are written, 31/10/2026; what is no day is missing."""
    return pd.to_datetime(frame[column], format="%d/%m/%Y", errors="coerce")


def between(frame: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Calendar days from one column to another; missing where either is."""
    return (days(frame, end) - days(frame, start)).dt.days


def working(frame: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Working days after one day, up to and with another; missing where either is."""
    first, last = days(frame, start), days(frame, end)
    held = first.notna() & last.notna()
    after = (each[held].to_numpy().astype("datetime64[D]") + 1 for each in (first, last))
    return pd.Series(np.busday_count(*after, holidays=bank_holidays()), index=frame.index[held]).reindex(frame.index)


@pytest.fixture(scope="session")
def inbox(demonstration: Path) -> Path:
    """The files of six years."""
    return demonstration / "inbox"


@pytest.fixture(scope="module")
def at_scale(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Scale → the files of the unfinished year at that scale."""
    folders = {scale: tmp_path_factory.mktemp(f"scale_{scale}") for scale in (1, SCALE)}
    for scale, folder in folders.items():
        write_demonstration(folder, years=1, scale=scale)
    return folders


LOGS: dict[str, Callable[[pd.DataFrame], list[float]]] = {
    "benefits/Benefit decisions": lambda f: [
        between(f[f["Kind"] == kind], "Received", "Decided").sum() for kind in ("New claim", "Change of circumstances")
    ],
    "customer/Calls": lambda f: [(f["Outcome"] == "Abandoned").sum()],
    "customer/Contact survey": lambda f: [f["Rating"].isin(PLEASED).sum()],
    "customer/Service requests closed": lambda f: [
        (working(f, "Reported", "Closed") <= f["Standard (working days)"].astype(int)).sum()
    ],
    "democratic/Member enquiries": lambda f: [(working(f, "Received", "Answered") <= 10).sum()],
    "digital/IT tickets": lambda f: [(f["Rating"] != "").sum(), f["Rating"].isin(PLEASED).sum()],
    "finance/Invoices paid": lambda f: [
        (f["Disputed"] == "No").sum(),
        ((f["Disputed"] == "No") & (between(f, "Received", "Paid") <= 30)).sum(),
        (f["Order number"] != "").sum(),
    ],
    "governance/Information requests closed": lambda f: [
        (f["Outcome"] != "Withdrawn").sum(),
        (f["Outcome"] == "Granted in full").sum(),
        ((f["Outcome"] != "Withdrawn") & (working(f, "Received", "Closed") <= 20)).sum(),
    ],
    "governance/Subject access requests": lambda f: [(between(f, "Received", "Completed") <= 28).sum()],
    "housing/Homelessness duties ended": lambda f: [(f["Outcome"] == "Home secured").sum()],
    "housing/Repairs completed": lambda f: [
        (f["Priority"] == "Routine").sum(),
        ((f["Priority"] == "Routine") & (working(f, "Date reported", "Date completed") <= 20)).sum(),
    ],
    "streets/Fly-tips": lambda f: [
        (f["Land"] == "Private land").sum(),
        working(f, "Logged", "Cleared").sum(),
        f[f["Land"] != "Private land"]["Enforcement actions"].astype(int).sum(),
    ],
    "waste/Missed bin reports": lambda f: [
        (f["What the crew found"] == "Missed by the crew").sum(),
        ((f["What the crew found"] == "Missed by the crew") & (working(f, "Reported", "Put right") <= 1)).sum(),
    ],
}
"""The logs that grow with scale → what must grow just as much as they do, so that shares and means stay."""
SPOILT = {"housing/Homelessness duties ended": 1}
"""Log → its spoilt rows in the unfinished year, which stand once at every scale."""


@pytest.mark.parametrize("log", LOGS)
def test_scale_multiplies_counts_and_leaves_shares(log: str, at_scale: dict[int, Path]) -> None:
    """At three times the scale a log has three times the records, and three times what its measures count."""
    once, often = (read(folder / f"{log} Apr 2026 to Oct 2026.csv") for folder in at_scale.values())
    spoilt = SPOILT.get(log, 0)
    assert len(often) - spoilt == SCALE * (len(once) - spoilt)
    if log == "housing/Homelessness duties ended":
        once, often = (frame[frame["Date ended"] != ""] for frame in (once, often))
    counted = LOGS[log](once)
    assert min(counted) > 0
    assert LOGS[log](often) == [SCALE * each for each in counted]


@pytest.mark.parametrize("log", LOGS)
def test_references_stay_unique_at_scale(log: str, at_scale: dict[int, Path]) -> None:
    """Each record has a reference of its own, or a later one would replace it."""
    frame = read(at_scale[SCALE] / f"{log} Apr 2026 to Oct 2026.csv")
    assert frame.iloc[:, 0].is_unique


def test_scale_touches_nothing_but_the_large_logs(at_scale: dict[int, Path]) -> None:
    """Returns, workbooks and registers hold the same bytes at every scale."""
    once, often = at_scale.values()
    names = {path.relative_to(once).as_posix() for path in once.rglob("*") if path.is_file()}
    assert names == {path.relative_to(often).as_posix() for path in often.rglob("*") if path.is_file()}
    changed = {name for name in names if (once / name).read_bytes() != (often / name).read_bytes()}
    assert changed == {f"{log} Apr 2026 to Oct 2026.csv" for log in LOGS}


def test_missed_bins_are_those_of_the_return(inbox: Path) -> None:
    """In each ward and month the log has the bins that the return counts as missed."""
    sent = read(inbox / "waste/Missed collections 2026-27.csv").set_index(["Month", "Ward"])["Collections missed"]
    logged = read(inbox / "waste/Missed bin reports Apr 2026 to Oct 2026.csv")
    logged = logged[logged["What the crew found"] == "Missed by the crew"]
    counted = logged.groupby([days(logged, "Reported").dt.strftime("%Y-%m"), "Ward"]).size()
    assert {place: int(figure) for place, figure in sent.items() if place[1] != "All wards"} == counted.to_dict()


def test_homes_secured_are_those_of_the_return(inbox: Path) -> None:
    """The log of duties and the monthly return tell the same number of households."""
    sent = read(inbox / "housing/Housing measures 2026-27.csv").set_index("Month")["Households helped"].astype(int)
    log = read(inbox / "housing/Homelessness duties ended Apr 2026 to Oct 2026.csv")
    log = log[(log["Outcome"] == "Home secured") & (log["Date ended"] != "")]
    counted = log.groupby(days(log, "Date ended").dt.strftime("%b %Y")).size()
    assert sent.to_dict() == counted.to_dict()


def test_the_audit_found_repairs_later_than_first_said(inbox: Path) -> None:
    """The restated quarter: the same jobs, fewer of them in time in each of its three months."""
    first = read(inbox / "housing/Repairs completed Apr 2024 to Mar 2025.csv").set_index("Job number")
    again = read(inbox / "housing/Repairs completed Oct 2024 to Dec 2024 resend.csv").set_index("Job number")
    first = first.loc[again.index]
    shares = []
    for frame in (first, again):
        routine = frame[frame["Priority"] == "Routine"]
        in_time = working(routine, "Date reported", "Date completed") <= 20
        shares.append((in_time.groupby(days(routine, "Date completed").dt.month).mean() * 100).round(1).to_list())
    assert shares == [[96.1, 97.8, 96.3], [94.0, 94.9, 93.6]]
    assert (first != again).any(axis=1).sum() == 57
    assert list(first.columns[(first != again).any()]) == ["Date reported"]


@pytest.mark.parametrize(
    ("year", "again", "month", "differs", "records"),
    [
        ("streets/Fly-tips Apr 2025 to Mar 2026", "streets/Fly-tips Jun 2025 to Jun 2025", "FT202506", "Cleared", 451),
        ("finance/Invoices paid Apr 2024 to Mar 2025", "finance/Invoices paid Feb 2025 to Feb 2025", "I202502",
         "Disputed", 30),
        ("customer/Contact survey Apr 2025 to Mar 2026", "customer/Contact survey Aug 2025 to Aug 2025", "CS202508",
         "Rating", 12),
        ("governance/Subject access requests Apr 2024 to Mar 2025",
         "governance/Subject access requests Apr 2024 to Mar 2025", "SAR", "Completed", 2),
    ],
)  # fmt: skip
def test_a_resend_corrects_one_column(
    year: str, again: str, month: str, differs: str, records: int, inbox: Path
) -> None:
    """The records of a resend stand in the yearly log under the same references, and differ in what was wrong."""
    first, second = (read(inbox / f"{name}.csv") for name in (year, f"{again} resend"))
    first, second = (frame.set_index(frame.columns[0]) for frame in (first, second))
    assert set(second.index) == {reference for reference in first.index if reference.startswith(month)}
    unlike = first.loc[second.index] != second
    assert list(unlike.columns[unlike.any()]) == [differs]
    assert unlike[differs].sum() == records


def test_nobody_logged_calls_in_november_2023(inbox: Path) -> None:
    """The year of the new telephones is two files, on either side of the gap."""
    names = {path.stem for path in inbox.glob("customer/Calls *2023*")}
    assert names == {"Calls Apr 2022 to Mar 2023", "Calls Apr 2023 to Oct 2023", "Calls Dec 2023 to Mar 2024"}


def test_extensions_trebled_while_answers_were_hurried(inbox: Path) -> None:
    """The trick behind the better figure: nine answers a month after an extension, then twenty-seven."""
    register = read(inbox / "customer/Complaints register Apr 2021 to Oct 2026.csv")
    extended = register[(register["Extension agreed to"] != "") & (register["Answered"] != "")]
    counted = extended.groupby(days(extended, "Answered").dt.to_period("M")).size()
    assert set(counted["2025-04":"2026-03"]) == {9}
    assert set(counted["2026-04":"2026-10"]) == {27}


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("customer/Calls", "Time in queue", "Queue seconds"),
        ("streets/Fly-tips", "Date removed", "Cleared"),
        ("waste/Missed bin reports", "Date reported", "Reported"),
        ("governance/Information requests closed", "Date closed", "Closed"),
        ("democratic/Member enquiries", "Source", "Asked by"),
    ],
)
def test_a_heading_changes_and_its_column_does_not(file: str, before: str, after: str, inbox: Path) -> None:
    """The first year's file has the former heading in the place of the present one."""
    old, new = (read(inbox / f"{file} {label}.csv") for label in ("Apr 2021 to Mar 2022", "Apr 2026 to Oct 2026"))
    assert [before if heading == after else heading for heading in new.columns] == list(old.columns)
    assert before not in new.columns


def test_waste_is_saved_by_windows_with_provisional_figures(inbox: Path) -> None:
    """The tonnages are not UTF-8, and the last two quarters carry a mark."""
    raw = (inbox / "waste/Waste tonnages.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    text = raw.decode("cp1252")
    assert "£" in text and "–" in text
    assert text.count(" [p]") == 6


def test_a_column_is_renamed_and_some_arrears_are_revised(inbox: Path) -> None:
    """Housing's return has another first heading since 2025/26 and three revised figures the year before."""
    before, after = (
        (inbox / f"housing/Housing measures {year}.csv").read_text().splitlines() for year in ("2024-25", "2025-26")
    )
    assert (before[0].split(",")[1], after[0].split(",")[1]) == ("Preventions and reliefs", "Households helped")
    assert sum("[r]" in line for line in before if not line.startswith("Notes")) == 3
