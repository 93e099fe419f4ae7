"""kill -9 at every step of a run: before each change that it makes to the disk, and at random moments."""

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.faults.changes import ChangingRun, Disturb, stoppable_run
from bench.faults.council import Council, run_once
from bench.faults.forked import Forked, in_child
from bench.faults.result import Result
from bench.faults.state import archive_faults, inbox_state, left_over, poll, served

LONGEST_STOP: Final = 10.0
"""Seconds in which a run has to stop when it is asked to."""


@dataclass
class Killing:
    """The council whose runs are killed, and the digest of what is served "before" and "after" an undisturbed one."""

    folder: Path
    council: Council
    expected: dict[str, str]
    changes: list[str]
    """What an undisturbed run changes."""
    lasts: float
    """Seconds of an undisturbed run."""

    def kill(self, number: int, disturb: Disturb | None, after: float | None = None) -> Result:
        """One run, killed by the disturbance or after some seconds; then what is left, and the runs after it."""
        trial = self.council.copy(self.folder / f"kill {number}")
        stop, inbox = self.folder / f"stop {number}", inbox_state(trial)
        reader = Forked(lambda: poll(trial, stop))
        run = ChangingRun(trial, disturb)
        if after is not None:
            time.sleep(after)
            run.process.kill()
        ended = run.process.end()
        result = Result("F1", (run.changes() or ["before the first change"])[-1])
        self._look(result, trial, killed=bool(ended.signal))
        if ended.hung or (ended.answer or {}).get("ended") == "crash":
            result.wrong.append(f"hung or crashed: {ended.answer}")
        self._look_after(result, trial, inbox)
        stop.touch()
        self._what_readers_met(result, reader.end().answer)
        trial.remove()
        return result

    def stop(self, number: int, after: float) -> Result:
        """One run that is asked to stop (SIGTERM) after some seconds."""
        trial = self.council.copy(self.folder / f"stopped {number}")
        inbox, run = inbox_state(trial), Forked(lambda: stoppable_run(trial))
        time.sleep(after)
        asked = time.monotonic()
        run.kill(signal.SIGTERM)
        ended = run.end()
        took = time.monotonic() - asked
        result = Result("F14", "asked to stop")
        self._look(result, trial, killed=bool(ended.answer and ended.answer["ended"] == "stopped"))
        if took > LONGEST_STOP or ended.hung or (ended.answer or {}).get("ended") not in ("stopped", "published"):
            result.wrong.append(f"after {took:.1f} s: {ended}")
        self._look_after(result, trial, inbox)
        trial.remove()
        return result

    def _state(self, council: Council) -> str:
        found = in_child(lambda: served(council))
        if found["name"] is None:
            return "none" if "No figures have been published" in found["said"] else f"unreadable: {found['said']}"
        return next((name for name, digest in self.expected.items() if digest == found["digest"]), "other figures")

    def _look(self, result: Result, trial: Council, *, killed: bool) -> None:
        state = self._state(trial)
        result.outcome = f"served: {state}" if killed else "over before"
        if state not in self.expected:
            result.wrong.append(f"served after the kill: {state}")
        result.wrong += archive_faults(trial.settings.data)

    def _look_after(self, result: Result, trial: Council, inbox: list[Any]) -> None:
        again = in_child(lambda: run_once(trial))
        if again["ended"] not in ("published", "unchanged"):
            result.wrong.append(f"the next run: {again}")
        if (state := self._state(trial)) != "after":
            result.wrong.append(f"served after the next run: {state}")
        result.wrong += archive_faults(trial.settings.data)
        result.wrong += [f"left over: {left}" for left in left_over(trial.settings.data)]
        if inbox_state(trial) != inbox:
            result.wrong.append("the inbox was changed")
        once_more = in_child(lambda: run_once(trial))
        if once_more["ended"] != "unchanged":
            result.wrong.append(f"the run after the next: {once_more}")

    def _what_readers_met(self, result: Result, read: dict[str, Any]) -> None:
        result.wrong += [f"a reader met: {fault}" for fault in read["faults"]]
        if len(read["seen"]) > len(self.expected):
            result.wrong.append(f"readers saw {read['seen']}")


def prepare(folder: Path, *, empty: bool = False) -> Killing:
    """A council with a good snapshot (or none) and new files, and what an undisturbed run makes of them."""
    folder.mkdir(parents=True)
    council = Council(folder / "council").write()
    expected = {"none": ""}
    if not empty:
        first = in_child(lambda: run_once(council))
        if first["ended"] != "published":
            raise RuntimeError(f"An undisturbed run should publish: {first}")
        expected = {"before": in_child(lambda: served(council))["digest"]}
    council.send_more()
    after = council.copy(folder / "after")
    run = ChangingRun(after)
    ended = run.process.end()
    if (ended.answer or {}).get("ended") != "published":
        raise RuntimeError(f"An undisturbed run should publish: {ended}")
    expected["after"] = in_child(lambda: served(after))["digest"]
    after.remove()
    return Killing(folder, council, expected, run.changes(), ended.seconds)


def kill_runs(killing: Killing, kills: int, seed: int = 1) -> Iterator[Result]:
    """So many runs killed: before each change in turn, the others at random; one in five has no snapshot yet."""
    chance = random.Random(seed)
    for empty, share in ((False, kills - kills // 5), (True, kills // 5)):
        killing = prepare(killing.folder / "empty", empty=True) if empty else killing
        points = list(range(1, len(killing.changes) + 1))
        if len(points) > share * 2 // 3:
            points = sorted(chance.sample(points, share * 2 // 3))
        for number in range(share):
            if number < len(points):
                result = killing.kill(number, _kills_before(points[number]))
            else:
                result = killing.kill(number, None, chance.uniform(0, killing.lasts))
            result.case = f"{'no snapshot yet; ' if empty else ''}{result.case}"
            yield result


def stop_runs(killing: Killing, stops: int, seed: int = 1) -> Iterator[Result]:
    """So many runs asked to stop at random moments."""
    chance = random.Random(seed)
    for number in range(stops):
        yield killing.stop(number, chance.uniform(0, killing.lasts))


def _kills_before(change: int) -> Disturb:
    def disturb(number: int) -> None:
        if number == change:
            os.kill(os.getpid(), signal.SIGKILL)

    return disturb
