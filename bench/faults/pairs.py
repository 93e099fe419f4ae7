"""Two runs at once: one works, the other waits or leaves by name; a killed one leaves no lock."""

import os
import random
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench.faults.changes import ChangingRun
from bench.faults.council import NEW, Council, run_once
from bench.faults.forked import Forked, in_child
from bench.faults.kills import Killing
from bench.faults.result import Result
from bench.faults.state import archive_faults, left_over, served

WAIT = 60.0


def pairs_of_runs(killing: Killing, pairs: int, seed: int = 1) -> Iterator[Result]:
    """So many pairs: by turns both leave at once, both wait, one brings a file of its own, the first is killed."""
    chance = random.Random(seed)
    kinds = ("same files, at once", "same files, waiting", "a file of its own, waiting", "first killed, second waiting")
    own = _own_file_digest(killing)
    for number in range(pairs):
        kind = kinds[number % len(kinds)]
        trial = killing.council.copy(killing.folder / f"pair {number}")
        result = Result("F4", kind)
        _both(trial, result, chance.uniform(0, killing.lasts), kind)
        again = in_child(partial(run_once, trial))
        if again["ended"] not in ("unchanged", "published") or (again["ended"] == "published" and "killed" not in kind):
            result.wrong.append(f"the run after both: {again}")
        found = in_child(partial(served, trial))
        if found["digest"] != (own if "own" in kind else killing.expected["after"]) or found["doubles"]:
            result.wrong.append(f"other figures than in turn: {found}")
        result.wrong += archive_faults(trial.settings.data) + left_over(trial.settings.data)
        trial.remove()
        yield result


def _both(trial: Council, result: Result, pause: float, kind: str) -> None:
    wait = WAIT if "waiting" in kind else 0.0
    first = Forked(lambda: run_once(trial))
    time.sleep(pause)
    if "own" in kind:
        _bring_own(trial)
    second = Forked(lambda: run_once(trial, wait=wait))
    if "killed" in kind:
        time.sleep(pause / 4)
        os.kill(first.pid, signal.SIGKILL)
    endings = [first.end(), second.end()]
    ended = [(each.answer or {"ended": "killed", "said": ""}) for each in endings]
    result.outcome = " and ".join(each["ended"] for each in ended)
    _judge(result, ended, waits=bool(wait), kind=kind)


def _judge(result: Result, ended: list[dict[str, Any]], *, waits: bool, kind: str) -> None:
    left = [each for each in ended if each["ended"] == "RunInProgress"]
    if waits and left:
        result.wrong.append(f"did not wait: {left}")
    result.wrong += [f"the holder is not named: {each}" for each in left if "is held by process" not in each["said"]]
    allowed = {"published", "unchanged", "RunInProgress"} | ({"killed"} if "killed" in kind else set())
    result.wrong += [str(each) for each in ended if each["ended"] not in allowed]


def _bring_own(trial: Council) -> None:
    aside = trial.settings.inbox / ".own"
    aside.write_text(NEW.replace("missed,96", "missed,97").replace("2026", "2025"), encoding="utf-8")
    os.utime(aside, (1_795_000_000, 1_795_000_000))
    aside.rename(trial.settings.inbox / "returns own.csv")


def _own_file_digest(killing: Killing) -> str:
    trial = killing.council.copy(Path(killing.folder / "own"))
    in_child(lambda: run_once(trial))
    _bring_own(trial)
    ChangingRun(trial).process.end()
    digest: str = in_child(lambda: served(trial))["digest"]
    trial.remove()
    return digest
