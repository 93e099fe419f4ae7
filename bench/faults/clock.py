"""The clock moved: back, forward, across 29 February, the change of the hour and the turn of the year; other zones."""

import datetime as real
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from bench.faults.council import Council, run_once
from bench.faults.forked import in_child
from bench.faults.kills import Killing
from bench.faults.result import Result
from bench.faults.state import served

MOMENTS: dict[str, tuple[str, str]] = {
    "a day back": ("2026-11-20T10:00:00", "Europe/London"),
    "a year forward": ("2027-11-21T10:00:00", "Europe/London"),
    "29 February": ("2028-02-29T23:59:30", "Europe/London"),
    "1 March after it": ("2028-03-01T00:00:30", "Europe/London"),
    "the hour that is not there": ("2027-03-28T01:30:00", "Europe/London"),
    "the hour that comes twice": ("2027-10-31T00:30:00", "Europe/London"),
    "31 March": ("2027-03-31T23:30:00", "Europe/London"),
    "1 April": ("2027-03-31T23:30:00", "Pacific/Kiritimati"),
    "another zone, west": ("2026-11-21T10:00:00", "America/Los_Angeles"),
}


def clocks(killing: Killing, moments: int = len(MOMENTS)) -> Iterator[Result]:
    """A run by each clock (or the first of them) after one of 21 November 2026, and one by the right clock after it."""
    base = killing.council.copy(killing.folder / "clock")
    shutil.rmtree(base.settings.data)
    text = base.settings.catalogue.read_text(encoding="utf-8")
    base.settings.catalogue.write_text(re.sub(r"\n +as_at: .*", "", text), encoding="utf-8")
    first = in_child(lambda: _by_clock(base, "2026-11-21T09:00:00", "Europe/London"))
    for name, (moment, zone) in list(MOMENTS.items())[:moments]:
        trial = base.copy(killing.folder / "a clock")
        (trial.settings.inbox / "new.csv").write_text("no source expects this", encoding="utf-8")
        moved = in_child(partial(_by_clock, trial, moment, zone))
        right = in_child(partial(_by_clock, trial, "2026-11-21T12:00:00", "Europe/London", force=True))
        result = Result("F10", name, f"{moved['ended']}, then {right['ended']}")
        _judge(result, first, moved, right)
        trial.remove()
        yield result
    base.remove()


def _judge(result: Result, first: dict[str, Any], moved: dict[str, Any], right: dict[str, Any]) -> None:
    for said in (moved, right):
        if said["ended"] != "published":
            result.wrong.append(str(said))
            return
        if said["periods"] != first["periods"]:
            result.wrong.append(f"periods or figures moved: {said['periods']}")
        if said["newest"] != said["name"]:
            result.wrong.append(f"{said['newest']} stands before the one just published, {said['name']}")
        if said["at"] != said["published_at"]:
            result.wrong.append(f"published at {said['published_at']} by a clock that said {said['at']}")
    if right["before"] != moved["name"]:
        result.wrong.append(f"a rollback would go to {right['before']} instead of {moved['name']}")
    if right["latest"] != first["latest"]:
        result.wrong.append(f"the latest figures are another's: {right['latest']}")


def _by_clock(council: Council, moment: str, zone: str, *, force: bool = False) -> dict[str, Any]:
    """One run in this process by another clock, and what is served then."""
    from scorecard.snapshot.folder import listing, published_at
    from scorecard.snapshot.store import open_current

    shift = real.datetime.fromisoformat(f"{moment}+00:00") - real.datetime.now(real.UTC)
    _set_clock(shift, zone)
    if force:
        (council.settings.inbox / "newer.csv").write_text("nor this", encoding="utf-8")
    said = run_once(council)
    if said["ended"] != "published":
        return said
    now = real.datetime.now(real.UTC) + shift
    snapshot, found = open_current(council.settings.data), listing(council.settings.data)
    figures = "select measure_id, area_code, period_start, period_end, value from observation order by all"
    latest = "select measure_id, area_code, max(period_end) from observation group by all order by all"
    at = published_at(found[0].path)
    return {
        "ended": said["ended"],
        "name": snapshot.name,
        "newest": found[0].name,
        "before": found[1].name if len(found) > 1 else None,
        "at": f"{now:%Y-%m-%d %H}",
        "published_at": f"{at:%Y-%m-%d %H}" if abs((at - now).total_seconds()) > 600 else f"{now:%Y-%m-%d %H}",
        "periods": snapshot.query(figures).astype(str).values.tolist(),
        "latest": snapshot.query(latest).astype(str).values.tolist(),
        "served": served(council)["name"],
    }


def _set_clock(shift: real.timedelta, zone: str) -> None:
    """Every module of ours reads this clock from now on; for a process that ends soon."""

    class Moved(real.datetime):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> "Moved":
            moved = real.datetime.now(tz) + shift
            return cls.fromtimestamp(moved.timestamp(), tz)

    os.environ["TZ"] = zone
    time.tzset()
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("pipelines", "scorecard") and getattr(module, "datetime", None) is real.datetime:
            module.datetime = Moved  # type: ignore[attr-defined]
