"""What pages found out about a snapshot is kept for everyone, found once, and forgotten with the snapshot."""

import threading
from pathlib import Path

import pandas as pd
import pytest
from small_snapshot import publish

from pages.components import snapshot
from pages.components.memory import Memory
from scorecard.snapshot.store import Snapshot


def test_an_answer_is_found_once_however_many_ask_at_a_time() -> None:
    """Twenty threads that ask the same while it is being found wait for it, and all get it."""
    memory, asked, gate = Memory(), [], threading.Event()
    got: list[str] = []

    def find() -> str:
        asked.append(1)
        gate.wait(10)
        return "found"

    threads = [threading.Thread(target=lambda: got.append(memory.recall(("q",), find))) for _ in range(20)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join(10)
    assert (len(asked), got) == (1, ["found"] * 20)


def test_a_fault_is_told_and_not_kept() -> None:
    """Who asks after a failure makes it be looked for again."""
    memory, tries = Memory(), []

    def find() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return 7

    with pytest.raises(ValueError, match="not yet"):
        memory.recall(("q",), find)
    assert memory.recall(("q",), find) == 7


def test_the_answers_not_asked_for_longest_go_first() -> None:
    """There is a limit to what is kept."""
    memory = Memory(most=2)
    for key in ("a", "b", "a", "c"):
        memory.recall((key,), lambda: "first")
    assert memory.recall(("a",), lambda: "second") == "first"
    assert memory.recall(("b",), lambda: "second") == "second"
    assert len(memory) == 2


def test_a_frame_is_the_askers_own() -> None:
    """What one visitor's page does to a frame, no other sees."""
    memory = Memory()
    first = memory.recall(("q",), lambda: pd.DataFrame({"a": [1, 2]}))
    first["a"] = 0
    first["b"] = 1
    assert memory.recall(("q",), pd.DataFrame).to_dict("list") == {"a": [1, 2]}


def test_a_new_snapshot_or_audience_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer about one snapshot is given about another, or to another audience; old ones are forgotten."""
    asked: list[tuple[str, str]] = []

    def question(shown: Snapshot) -> str:
        asked.append((shown.name, shown.audience))
        return shown.name

    ask = snapshot.remembered(question)
    publish(tmp_path, "2026-11-21T093000Z.duckdb")
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    for name, audience in (
        ("2026-11-21T093000Z", "officers"),
        ("2026-11-21T093000Z", "public"),
        ("2026-11-22T093000Z", "public"),
    ):
        publish(tmp_path, f"{name}.duckdb")
        monkeypatch.setenv("SCORECARD_AUDIENCE", audience)
        snapshot.take()
        assert [ask(), ask()] == [name, name]
    assert asked == [
        ("2026-11-21T093000Z", "officers"),
        ("2026-11-21T093000Z", "public"),
        ("2026-11-22T093000Z", "public"),
    ]
