"""The process that parses workbooks and Parquet: it may die, hang or be killed, and only its file is refused."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.demonstration.files import Table, as_ods
from pipelines.problems import Code, Refused
from pipelines.read import confinement
from pipelines.read.confinement import READER, ConfinedFile
from pipelines.read.wire import frame

ROWS = [["Ward", "Count"], *([f"Ward {at}", float(at)] for at in range(20_000))]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of several portions."""
    (tmp_path / "a.ods").write_bytes(as_ods({"S": Table(list(map(str, ROWS[0])), ROWS[1:])}))
    return tmp_path / "a.ods"


@pytest.fixture(autouse=True)
def a_new_reader() -> Iterator[None]:
    """Each test starts its own reading process, so that none sees another's files."""
    READER.end()
    yield
    READER.end()


def process_id() -> int:
    """Of the reading process that runs."""
    assert READER._child is not None
    return READER._child.process.pid


def test_a_reader_killed_between_portions_is_replaced(book: Path) -> None:
    """The rows go on where they were, in a new process, without a row lost or doubled."""
    rows = ConfinedFile(book, "workbook").rows("S")
    first = [next(rows) for _ in range(10)]
    killed = process_id()
    os.kill(killed, signal.SIGKILL)
    found = [*first, *rows]
    assert [number for number, _ in found] == list(range(1, len(ROWS) + 1))
    assert [row for _, row in found] == ROWS
    assert process_id() != killed


def test_a_file_that_takes_too_long_is_given_up_and_not_tried_again(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stopped process answers nothing: its file is refused in the time allowed, the next one is read."""
    ConfinedFile(book, "workbook").sheets()
    os.kill(process_id(), signal.SIGSTOP)
    monkeypatch.setattr(confinement, "MOST_SECONDS", 0.2)
    slow = ConfinedFile(book, "workbook")
    monkeypatch.undo()
    for _ in range(2):
        with pytest.raises(Refused) as caught:
            slow.sheets()
        assert caught.value.problem.code is Code.reader_gave_up
    assert ConfinedFile(book, "workbook").sheets() == [("S", True)]


def test_an_earlier_file_s_death_does_not_refuse_the_next(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies over a file, having read others, may be to blame itself: the file is tried in a new one."""
    ConfinedFile(book, "workbook").sheets()
    ask, asked = confinement._Child.ask, []

    def die_once(child: confinement._Child, request: dict[str, object], until: float) -> dict[str, object]:
        asked.append(request)
        if len(asked) == 1:
            child.process.kill()
        return ask(child, request, until)

    monkeypatch.setattr(confinement._Child, "ask", die_once)
    assert ConfinedFile(book, "workbook").sheets() == [("S", True)]
    assert len(asked) == 2


def test_a_process_that_dies_over_a_file_of_its_own_is_not_tried_again(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it is the file."""

    def die(child: confinement._Child, request: dict[str, object], until: float) -> dict[str, object]:
        asked.append(request)
        raise confinement._Died

    asked: list[object] = []
    monkeypatch.setattr(confinement._Child, "ask", die)
    with pytest.raises(Refused) as caught:
        ConfinedFile(book, "workbook").sheets()
    assert caught.value.problem.code is Code.reader_gave_up
    assert len(asked) == 1


def test_an_absurd_answer_ends_the_process(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process that was taken over may send is at most cells; anything else is its end."""
    ConfinedFile(book, "workbook").sheets()
    assert READER._child is not None
    there, back = os.pipe()
    os.write(back, b"\xff\xff\xff\xff")
    monkeypatch.setattr(READER._child, "process", _Answering(READER._child.process, there))
    READER._child.files.clear()
    with pytest.raises(Refused) as caught:
        ConfinedFile(book, "workbook").sheets()
    os.close(back)
    assert caught.value.problem.code is Code.reader_gave_up


class _Answering:
    """A process whose answers come from another pipe."""

    def __init__(self, process: "subprocess.Popen[bytes]", pipe: int) -> None:
        self._process, self.stdin, self.stdout = process, process.stdin, os.fdopen(pipe, "rb", buffering=0)

    def poll(self) -> int | None:
        return self._process.poll()

    def kill(self) -> None:
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.kill()

    def wait(self) -> int:
        return self._process.wait()


def test_the_reader_is_confined(book: Path) -> None:
    """Little memory, no file written, no secrets of the run in its environment."""
    os.environ["SCORECARD_TEST_SECRET"] = "postgresql://rep:secret@db/perf"
    try:
        ConfinedFile(book, "workbook").sheets()
    finally:
        del os.environ["SCORECARD_TEST_SECRET"]
    place = Path(f"/proc/{process_id()}")
    if not place.exists():
        pytest.skip("this machine does not show processes as files")
    limits = (place / "limits").read_text()
    assert "Max address space         1500000000" in limits
    assert "Max file size             0" in limits
    assert b"secret" not in (place / "environ").read_bytes()


def test_no_handle_and_no_process_is_left(book: Path) -> None:
    """However many files are read and however often the process is ended."""
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        file = ConfinedFile(book, "workbook")
        next(file.rows("S"))
        file.close()
        ended = process_id()
        READER.end()
        with pytest.raises(ProcessLookupError):
            os.kill(ended, 0)
    assert len(os.listdir("/proc/self/fd")) == before


def test_the_reader_ends_with_its_run() -> None:
    """When the run is killed its pipe closes, and the reader goes too."""
    reader = subprocess.Popen(
        [sys.executable, "-m", "pipelines.read.confined"], cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(frame({"id": 1, "what": "sheets", "file": "", "kind": "workbook", "done": [1]}))
    reader.stdin.close()
    assert reader.wait(20) == 0
    reader.stdout.close()


def test_a_file_that_is_gone_is_said_as_the_system_says_it(tmp_path: Path) -> None:
    """OSError, with its reason, as when any other file cannot be opened."""
    with pytest.raises(OSError, match="No such file"):
        ConfinedFile(tmp_path / "gone.xlsx", "workbook").sheets()


def test_the_reader_imports_only_what_it_needs() -> None:
    """It starts in a blink because it loads neither pydantic nor pandas, and pyarrow only for Parquet."""
    code = (
        "import sys, pipelines.read.confined, pipelines.read.sheets;"
        "print({m.split('.')[0] for m in sys.modules} & {'pydantic', 'pandas', 'pyarrow', 'duckdb', 'scorecard'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
