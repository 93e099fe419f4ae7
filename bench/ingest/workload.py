"""Files of records made up from a seed: twelve services, 100,000 rows each, one row in a hundred with one fault.

Every fault that was put in is on record in faults.csv, so that a run can be held to the truth.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

ROWS: Final = 100_000
SEED: Final = 7
FIRST: Final = date(2016, 4, 1)
DAYS: Final = 3_652
COVERED: Final = "Apr 2016 to Mar 2026"
PARISHES: Final = [f"{side} {name}" for side in ("Upper", "Lower") for name in (
    "Ashby", "Birling", "Cranmere", "Dunholt", "Elmstead", "Fallow", "Garth", "Hollin", "Ingle", "Jarrow")]  # fmt: skip
PEOPLE: Final = ["Crew A", "Crew B", "Depot", "Night team", "Agency", "Contact centre"]
REMARKS: Final = ["", "", "", "rang twice, no reply", 'said "tomorrow"', "photo on file", "see earlier", "by e-mail"]
FAULTS: Final = {
    "cell_missing": ("ref", ("",)), "wrong_pattern": ("ref", ("12", "Q-1")), "duplicate_key": ("ref", ()),
    "not_a_date": ("opened", ("31/02/2024", "unknown")), "out_of_range": ("opened", ("02/01/1989", "01/01/2041")),
    "date_order": ("closed", ("01/04/2016",)), "not_allowed": ("state", ("Lost", "open")),
    "not_a_number": ("size", ("about 5", "1,2,3")), "out_of_range ": ("size", ("-4", "100001")),
    "not_a_date ": ("closed", ("soon", "00/00/2020")), "not_allowed ": ("sort", ("?",)),
    "area_unknown": ("place", ("Nowhere",)),
}  # fmt: skip
"""Problem code → the column that has the fault, and what stands there; a code may be put into two columns."""


@dataclass(frozen=True)
class Service:
    """One service whose system writes a file."""

    id: str
    title: str
    letters: str
    sorts: tuple[str, ...]
    days: int
    """How long its cases usually take."""
    day_form: str = "%d/%m/%Y"


SERVICES: Final = tuple(
    Service(name.replace(" ", "_"), name.capitalize(), name[:2].upper(), tuple(sorts.split("/")), days, form)
    for name, sorts, days, form in (
        ("graffiti", "Wall/Sign/Bridge", 3, "%d/%m/%Y"), ("trees", "Prune/Fell/Inspect", 30, "%Y-%m-%d"),
        ("parking appeals", "Street/Car park/Permit", 20, "%Y-%m-%d"), ("licences", "Taxi/Food/Events", 25, "%d/%m/%Y"),
        ("noise", "Music/Building/Alarm", 7, "%Y-%m-%d"), ("blue badges", "New/Renewal/Review", 35, "%Y-%m-%d"),
        ("school places", "Primary/Secondary/Special", 40, "%d/%m/%Y"), ("gritting", "Main/Minor/Path", 1, "%Y-%m-%d"),
        ("cemeteries", "Plot/Stone/Search", 14, "%Y-%m-%d"), ("allotments", "Join/Leave/Move", 60, "%d/%m/%Y"),
        ("pest control", "Rats/Wasps/Bedbugs", 5, "%Y-%m-%d"), ("archives", "Visit/Copy/Loan", 10, "%Y-%m-%d"),
    )
)  # fmt: skip


def write_workload(folder: Path, scale: float = 1.0, seed: int = SEED) -> int:
    """Write inbox/*.csv, metrics.yaml and faults.csv (source, line, code, column, raw). Returns the rows written."""
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    rows, faults = int(ROWS * scale), []
    for at, service in enumerate(SERVICES):
        rng = np.random.default_rng([seed, at])
        frame = _sound_rows(service, rows, rng)
        faults += [(service.id, *fault) for fault in _put_faults_in(service, frame, rng)]
        frame.to_csv(folder / "inbox" / f"{service.id} {COVERED}.csv", index=False)
    with (folder / "faults.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "line", "code", "column", "raw"), *faults])
    (folder / "metrics.yaml").write_text(json.dumps(_catalogue(), indent=1), encoding="utf-8")  # JSON is YAML, too
    return rows * len(SERVICES)


def naming(code: str, heading: str | None) -> tuple[str, str]:
    """A fault as faults.csv has it: the code of its problem, and the column."""
    return code, heading or "ref"


def faults_of(folder: Path) -> set[tuple[str, int, str, str, str]]:
    """The faults that were put into a workload: source, line, code, column, and what stands there."""
    with (folder / "faults.csv").open(encoding="utf-8", newline="") as file:
        return {(source, int(line), code, column, raw) for source, line, code, column, raw in [*csv.reader(file)][1:]}


def _sound_rows(service: Service, rows: int, rng: np.random.Generator) -> pd.DataFrame:
    written = np.array([f"{FIRST + timedelta(days=day):{service.day_form}}" for day in range(DAYS + 400)], dtype=object)
    opened = np.sort(rng.integers(1, DAYS, rows))
    closed = np.minimum(opened + rng.geometric(1 / service.days, rows), DAYS + 399)
    return pd.DataFrame(
        {
            "ref": [f"{service.letters}{number:08d}" for number in range(rows)],
            "opened": written[opened],
            "closed": np.where(rng.random(rows) < 0.05, "", written[closed]),
            "place": rng.choice(np.array(PARISHES, dtype=object), rows),
            "sort": rng.choice(np.array(service.sorts, dtype=object), rows),
            "size": np.char.mod("%.2f", rng.gamma(2, 90, rows)).astype(object),
            "state": rng.choice(np.array(["Open", "Done", "Refused"], dtype=object), rows),
            "by": rng.choice(np.array(PEOPLE, dtype=object), rows),
            "remark": rng.choice(np.array(REMARKS, dtype=object), rows),
        },
        dtype=object,
    )


def _put_faults_in(service: Service, frame: pd.DataFrame, rng: np.random.Generator) -> list[tuple[int, str, str, str]]:
    """One fault into one row in a hundred; a doubled key is that of the sound row just before."""
    kinds, found = list(FAULTS.items()), []
    for number, row in enumerate(range(50, len(frame), 100)):
        code, (column, texts) = kinds[number % len(kinds)]
        raw = str(frame.at[row - 1, "ref"]) if not texts else texts[int(rng.integers(len(texts)))]
        if column in ("opened", "closed") and raw[2:3] == "/" and raw[:2] != "00" and service.day_form != "%d/%m/%Y":
            raw = "-".join(reversed(raw.split("/")))
        frame.at[row, column] = raw
        found.append((row + 2, code.strip(), column, raw))
    return found


def _catalogue() -> dict[str, Any]:
    return {
        "council": {"name": "Fernley Council", "home": "Fernley Council", "as_at": "2026-05-01"},
        "themes": {"cases": {"title": "Cases", "question": "Are cases dealt with?"}},
        "services": {"all": {"title": "All services", "owner": "Head of Services"}},
        "areas": {
            "listed": {
                "F0": {"name": "Fernley Council", "level": "council", "population": 90_000},
                **{f"F{at}": {"name": name, "level": "ward", "within": "F0"} for at, name in enumerate(PARISHES, 1)},
            }
        },
        "sources": {service.id: _contract(service) for service in SERVICES},
        "measures": {
            **{f"{service.id}_opened": _measure(service, "opened") for service in SERVICES},
            **{f"{service.id}_in_time": _measure(service, "in time") for service in SERVICES},
        },
    }


def _contract(service: Service) -> dict[str, Any]:
    day = {"type": "date", "date_forms": [service.day_form]}
    among = {"sort": list(service.sorts), "state": ["Open", "Done", "Refused"]}
    return {
        "title": service.title, "publisher": "Case system", "holds": "records", "format": "delimited",
        "files": [f"{service.id} *.csv"], "key": ["ref"], "repeated_key": "keep_first",
        "area": {"column": "place", "by": "name"},
        "period": {"within": "file_name", "find": f"{service.id} (.*)[.]csv", "forms": ["month_range"]},
        "columns": {
            "ref": {"header": "ref", "required": True, "pattern": f"{service.letters}[0-9]{{8}}"},
            "opened": {"header": "opened", "required": True, **day, "earliest": "2000-01-01", "latest": "2027-12-31"},
            "closed": {"header": "closed", **day, "not_before": "opened"},
            "place": {"header": "place", "required": True},
            "size": {"header": "size", "required": True, "type": "number", "minimum": 0, "maximum": 100_000},
            **{name: {"header": name, "required": True, "allowed": texts} for name, texts in among.items()},
            "by": {"header": "by"}, "remark": {"header": "remark"},
        },
    }  # fmt: skip


def _measure(service: Service, what: str) -> dict[str, Any]:
    both = {"start": "opened", "end": "closed"}
    how = {
        "opened": {"calculate": {"kind": "count", "dated": "opened"}, "by": ["place", "sort"]},
        "in time": {
            "calculate": {"kind": "within", "dated": "closed", **both, "days": service.days},
            "by": ["place"],
        },
    }[what]
    is_count = what == "opened"
    return {
        "title": f"{service.title}: {what}", "theme": "cases", "service": "all", "frequency": "month",
        "definition": f"Cases of {service.title.lower()} {what}.", "unit": "cases" if is_count else "%",
        "polarity": "neutral" if is_count else "higher", **({"kind": "volumetric", "decimals": 0} if is_count else {}),
        "records": {"source": service.id, **how},
    }  # fmt: skip
