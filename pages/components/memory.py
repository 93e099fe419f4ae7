"""Answers about a snapshot, kept for everyone who asks again until another snapshot is published.

Streamlit's own caches are not used for them: any visitor's browser can ask the server to empty those, and each of
their hits copies the answer. Snapshots never change, so what is kept here can be handed out as it is.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import pandas as pd

T = TypeVar("T")
Key = tuple[Any, ...]

KEPT: Final = 2_000
"""Answers kept: a few kilobytes each, so that they stay below a hundred megabytes."""


@dataclass
class _Answer:
    """One answer, and the lock under which it is found: those who ask meanwhile wait for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    is_known: bool = False
    value: Any = None


class Memory:
    """Answers by what was asked, the ones not asked for longest forgotten first; safe to share among threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, key: Key, find: Callable[[], T]) -> T:
        """The answer kept under `key`, else what `find` says; a fault of `find` is raised, and not kept.

        A frame is handed out as a copy that shares its columns: who changes it changes only their own.
        """
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                answer = self._answers[key] = _Answer()
                if len(self._answers) > self._most:
                    self._answers.popitem(last=False)
            else:
                self._answers.move_to_end(key)
        if not answer.is_known:
            with answer.lock:
                if not answer.is_known:
                    answer.value, answer.is_known = find(), True
        found: T = answer.value
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    def forget(self, is_stale: Callable[[Key], bool]) -> None:
        """Forget every answer whose key is stale."""
        with self._lock:
            for key in [key for key in self._answers if is_stale(key)]:
                del self._answers[key]

    def __len__(self) -> int:
        return len(self._answers)
