"""Doing something in a process that has everything imported already, and that may be killed without harm."""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

LONGEST: Final = 120.0
"""Seconds after which a process hangs, and is killed."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: what it answered, or by which signal it was ended, or that it hung."""

    answer: Any
    signal: int
    seconds: float
    hung: bool = False


class Forked:
    """A process doing one thing. Its answer is anything that JSON can say."""

    def __init__(self, work: Callable[[], Any]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self.hears, tells = os.pipe()
        self.began = time.monotonic()
        self.longest = LONGEST
        self.pid = os.fork()
        if self.pid == 0:
            self._work(work, tells)
        os.close(tells)

    def _work(self, work: Callable[[], Any], tells: int) -> None:
        try:
            os.close(self.hears)
            _be_silent()
            answer = json.dumps(work()).encode()
        except BaseException:
            answer = json.dumps({"ended": "crash", "said": traceback.format_exc()[-1500:]}).encode()
        try:
            while answer:
                answer = answer[os.write(tells, answer) :]
        finally:
            os._exit(0)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal; nothing happens when it has ended."""
        os.kill(self.pid, number)  # it is not waited for yet, so the number is still its own

    def end(self) -> Ended:
        """Wait for its end."""
        os.set_blocking(self.hears, False)
        said, hung = b"", False
        while True:
            said += self._heard()
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - self.began > self.longest and not hung:
                hung = True
                self.kill()
            time.sleep(0.005)
        said += self._heard()
        os.close(self.hears)
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        seconds = time.monotonic() - self.began
        return Ended(json.loads(said) if said and not number else None, number, seconds, hung)

    def _heard(self) -> bytes:
        heard = b""
        try:
            while block := os.read(self.hears, 65536):
                heard += block
        except BlockingIOError:
            pass
        return heard


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def in_child(work: Callable[[], Any]) -> Any:
    """The answer of work done in a process of its own."""
    return Forked(work).end().answer
