"""Drive the real reader over a manifest of nasty files: python tests/badinput.py MANIFEST.json RESULTS.jsonl.

Each entry's contract is made a source of a catalogue, and the file is tried by it as `python -m pipelines try` does;
a file without a contract is tried as one that no source expects. A catalogue (YAML) is read as one. Every line of
the results says: id, outcome (load, quarantine, refuse, crash, timeout), rows, columns, held, error, csv.
"""

import argparse
import contextlib
import csv
import json
import multiprocessing
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SECONDS = 60
"""For one file."""
MEMORY = 2_500_000_000
"""Bytes of address space of a worker: about 1.2 GB of it are libraries mapped and not used."""
ENCODINGS = {"ascii": "utf-8", "utf8": "utf-8", "latin-1": "cp1252", "iso-8859-1": "cp1252", "windows-1252": "cp1252"}
CLOCK = r"\s*(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:\s*[AaPp][Mm])?\s*(?:Z|[+-]\d\d(?::?\d\d)?)?"
DAY = r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}"
PATTERNS = {
    "time": CLOCK,
    "datetime": f"(?:{DAY})(?:(?:T|\\s+){CLOCK})?",
    "boolean": r"(?i:true|false|yes|no|t|f|y|n|0|1)",
}

Result = dict[str, Any]


def source_of(entry: Result) -> Result | None:
    """The entry's contract as an entry of `sources:`; None when it has none.

    Columns are found by their headings; a column whose heading is blank or stands twice, by its letter. So it is
    with a file of which the contract says that it has no headings: its columns are not found, and it is refused.
    """
    contract = entry.get("contract") or {}
    if not contract.get("columns"):
        return None  # a source names its columns; without them it is no contract
    told = {"title": entry["id"][:60] or "file", "publisher": "manifest", "files": ["*"]}
    told |= layout_of(contract, entry["format"])
    names = contract["columns"]
    types = contract.get("types") or {}
    columns = {}
    times = Counter(names)
    for at, name in enumerate(names):
        by_letter = not (name or "").strip() or times[name] > 1 or ">" in name
        found = {"at": letters(at)} if by_letter else {"header": name}
        columns[f"c{at + 1}"] = found | column_of(types.get(name, "string"))
    return told | {"columns": columns}


def layout_of(contract: Result, form: str) -> Result:
    """Format, delimiter, encoding, sheet and header."""
    if form in ("csv", "tsv", "psv", "ssv", "txt", "bad"):
        encoding = ENCODINGS.get(contract.get("encoding", "utf-8").lower(), contract.get("encoding", "utf-8").lower())
        told: Result = {"format": "delimited", "encodings": [encoding]}
        told |= {name: contract[name] for name in ("delimiter", "quote", "escape") if contract.get(name)}
        if contract.get("quote", '"') in (None, ""):
            told["quote"] = None
    elif form in ("json", "jsonl", "ndjson", "parquet"):
        told = {"format": {"jsonl": "json_lines", "ndjson": "json_lines"}.get(form, form)}
    else:
        told = {"format": "workbook", "sheets": [contract.get("sheet") or "*"]}
    line = contract.get("header_line", 1)
    return told | ({"header": {"row": line}} if line else {})


def column_of(kind: str) -> Result:
    """A type as manifests write it, as fields of a column."""
    name, _, form = kind.partition(":")
    if name in ("number", "decimal", "float") or kind.startswith("number"):
        return {"type": "number"}
    if name == "integer":
        return {"type": "integer"}
    if name == "date":
        return {"type": "date"} | ({"date_forms": [form]} if form.startswith("%") else {})
    return {"pattern": PATTERNS[name]} if name in PATTERNS else {}


def letters(at: int) -> str:
    """A, B ... Z, AA."""
    from pipelines.read.titles import letter_of

    return letter_of(at)


def run_entry(entry: Result, folder: Path) -> Result:
    """What becomes of one entry's file. Loaded tables are written below `folder`."""
    from pipelines.trial.by_contract import try_by
    from pipelines.trial.unexpected import try_unexpected
    from scorecard.catalogue import Source

    location = Path(entry["file"])
    if entry["format"] in ("yaml", "yml"):
        return run_catalogue(entry, location)
    told = source_of(entry)
    if told is None:
        found = try_unexpected(location, location.name, None)
    else:
        source = Source.model_validate(told)
        found = try_by("entry", source, location, location.name, None)
    error = " ".join(problem.sentence + " " + problem.fix for one in found for problem in one.problems)
    error += " ".join(held.sentence for one in found for held in one.held[:20])
    if not found or any(one.outcome == "refuse" for one in found):
        return {"id": entry["id"], "outcome": "refuse", "error": error or "Nothing is in the file."}
    (one,) = found
    place = write_csv(one.accepted, source, entry, location, folder)
    return {
        "id": entry["id"], "outcome": one.outcome, "rows": one.rows_accepted, "held": one.rows_set_aside,
        "columns": len(source.columns), "error": error, "csv": str(place),
    }  # fmt: skip


def run_catalogue(entry: Result, location: Path) -> Result:
    """A YAML file read as a catalogue."""
    from scorecard.catalogue import read_catalogue
    from scorecard.errors import CatalogueError

    try:
        read_catalogue(location)
    except CatalogueError as error:
        told = f"{error} {' '.join(map(str, error.faults[:20]))}"
        return {"id": entry["id"], "outcome": "refuse", "error": told}
    return {"id": entry["id"], "outcome": "load"}


def booleans(location: Path, source: Any) -> dict[int, set[str]]:
    """By row number how a workbook's boolean cells are shown: manifests write them as true and false."""
    from pipelines.read.grid import as_text
    from pipelines.read.opening import open_rows

    if source.format == "delimited":
        return {}
    rows = open_rows(location, source)[0].rows
    return {number: {as_text(cell) for cell in cells if isinstance(cell, bool)} for number, cells in rows}


def write_csv(accepted: Any, source: Any, entry: Result, location: Path, folder: Path) -> Path:
    """The loaded table as CSV, headings first."""
    place = folder / (re.sub(r"[^A-Za-z0-9.]+", "_", entry["id"])[-120:] + ".csv")
    there = set(accepted.columns)
    with place.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([source.columns[name].header or name for name in source.columns])
        cells = [accepted[name].tolist() if name in there else [None] * len(accepted) for name in source.columns]
        said = booleans(location, source)
        for number, *row in zip(accepted["source_row"].tolist() if len(accepted) else [], *cells, strict=True):
            texts = [cell if isinstance(cell, str) else "" for cell in row]
            writer.writerow([text.lower() if text in said.get(number, ()) else text for text in texts])
    return place


def worker(pipe: Connection, folder: Path) -> None:
    """Take entries one by one until told to stop; the checks' libraries are loaded once."""
    import pipelines.check.suite  # noqa: F401  costs seconds

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pipe.send("ready")
    while (entry := pipe.recv()) is not None:
        try:
            pipe.send(run_entry(entry, folder) | {"megabytes": megabytes()})
        except BaseException:  # whatever it is, it is what is looked for
            pipe.send({"id": entry["id"], "outcome": "crash", "error": traceback.format_exc()[-2000:]})


def megabytes() -> int:
    """The most memory that the worker, or a process that it started, has had up to now."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024


class Worker:
    """A worker process, started again when it hangs or dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        """Start, and wait until it is ready."""
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=worker, args=(theirs, self.folder), daemon=False)
        self.process.start()
        theirs.close()
        if not self.pipe.poll(180) or self.pipe.recv() != "ready":
            raise SystemExit("a worker did not start")

    def run(self, entry: Result) -> Result:
        """The result of one entry."""
        began = time.monotonic()
        try:
            self.pipe.send(entry)
            if self.pipe.poll(SECONDS):
                result: Result = self.pipe.recv()
                return result | {"seconds": round(time.monotonic() - began, 2)}
            outcome, error = "timeout", f"no answer in {SECONDS} seconds"
        except (EOFError, OSError) as fault:
            outcome, error = "crash", f"the process ended: {fault!r}"
        self.stop(at_once=True)
        self.start()
        return {"id": entry["id"], "outcome": outcome, "error": error}

    def stop(self, *, at_once: bool = False) -> None:
        """End the process."""
        with contextlib.suppress(OSError):
            self.pipe.send(None)
        self.process.join(0.1 if at_once else 10)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def entries_of(manifest: Path) -> list[Result]:
    """The entries, each with the place of its file."""
    entries = json.loads(manifest.read_text(encoding="utf-8"))["entries"]
    return [entry | {"file": str(manifest.parent / entry["file"])} for entry in entries]


def results_of(entries: Sequence[Result], folder: Path, workers: int) -> Iterator[Result]:
    """A result for each entry, in the order in which they come."""
    from concurrent.futures import ThreadPoolExecutor, as_completed
    from queue import SimpleQueue

    free: SimpleQueue[Worker] = SimpleQueue()
    for _ in range(workers):
        free.put(Worker(folder))

    def one(entry: Result) -> Result:
        mine = free.get()
        try:
            return mine.run(entry)
        finally:
            free.put(mine)

    with ThreadPoolExecutor(workers) as pool:
        for done in as_completed([pool.submit(one, entry) for entry in entries]):
            yield done.result()
    while not free.empty():
        free.get().stop()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("manifest", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", metavar="TEXT", help="only entries whose id or category holds this")
    given = parser.parse_args(arguments)
    folder = given.results.with_suffix(".tables")
    folder.mkdir(parents=True, exist_ok=True)
    entries = entries_of(given.manifest)
    if given.only:
        entries = [entry for entry in entries if given.only in entry["id"] or given.only in entry["category"]]
    with given.results.open("w", encoding="utf-8") as out:
        for result in results_of(entries, folder, given.workers):
            print(json.dumps(result, ensure_ascii=False), file=out, flush=True)
    print(f"{len(entries)} entries: {given.results}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
