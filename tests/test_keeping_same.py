"""The same inputs give the same figures, whatever has no meaning; and the form of a snapshot is numbered."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
from small_council import GOOD, load, write_council, write_homes

from scorecard.snapshot.folder import current
from scorecard.snapshot.store import FORM

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "scorecard" / "snapshot" / "schema.sql"
PUBLISHED = """
    select measure_id, area_code, period_start::varchar, period, numerator::varchar, denominator::varchar, value,
        marker, lower, upper from observation order by all
"""
JUDGED = (
    "select * from judgement order by all",
    "select * from finding order by all",
    "select * from exception order by all",
)
ELSEWHERE = """
import json, sys, duckdb
from pathlib import Path
sys.path.insert(0, {tests!r})
from small_council import load, write_council, write_homes
settings = write_council(Path({folder!r}), {files!r})
write_homes(settings.inbox / "homes.xlsx")
load(settings)
from scorecard.snapshot.folder import current
with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
    print(json.dumps([connection.execute(query).fetchall() for query in {queries!r}], default=str))
"""


def test_order_locale_and_hash_seed_make_no_difference(tmp_path: Path) -> None:
    """Files written in another order, rows turned about, another locale, time zone and hash seed: the same figures."""
    head, *rows = GOOD.splitlines(keepends=True)
    earlier = GOOD.replace("2026", "2025")
    settings = write_council(tmp_path / "one", {"returns.csv": GOOD, "returns before.csv": earlier})
    write_homes(settings.inbox / "homes.xlsx")
    load(settings)
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        mine = [connection.execute(query).fetchall() for query in (PUBLISHED, *JUDGED)]
    turned = {"returns before.csv": earlier, "returns.csv": head + "".join(reversed(rows))}
    code = ELSEWHERE.format(
        tests=str(ROOT / "tests"), folder=str(tmp_path / "two"), files=turned, queries=[PUBLISHED, *JUDGED]
    )
    elsewhere = {"PYTHONHASHSEED": "12345", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Auckland"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | elsewhere, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == json.loads(json.dumps(mine, default=str))


def test_what_a_run_calls_restated_stands_in_the_table(tmp_path: Path) -> None:
    """The finding compares with the same snapshot as the table, so it names no figure that the table lacks."""
    settings = write_council(tmp_path)
    load(settings)
    (settings.inbox / "returns.csv").write_text(GOOD.replace("90,", "99,"))
    load(settings)
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        finding = connection.execute(
            "select sentence from finding where judgement = 'data' and status = 'restated'"
        ).fetchall()
        rows = connection.execute(
            "select period, old_value, new_value from restatement"
            " where area_code = 'X1' and known_to = (select max(finished_at) from run)"
        ).fetchall()
    assert finding == [("1 figure already published has changed: Sep 2026 from 90 to 99.",)]
    assert rows == [("Sep 2026", 90, 99)]


def test_the_form_is_numbered_in_one_way() -> None:
    """What schema.sql writes is what the store reads, and a snapshot of this form says so."""
    with duckdb.connect() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        assert connection.execute("select version from form").fetchall() == [(FORM,)]
