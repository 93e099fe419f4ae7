"""The event log: one line an event, nothing of what cells say."""

import argparse
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from small_council import GOOD, write_council

from pipelines import logs
from pipelines.commands.load import load_inbox
from pipelines.logs import LONGEST, EventLog
from scorecard.errors import RunFailed
from scorecard.settings import Settings

SECRET = "Ms Secret"
BAD = GOOD.replace("Littleborough BC", SECRET).replace("missed,90", "missed,ninety for Ms Secret")
RUN = argparse.Namespace(log="text", as_at=None, force=False, wait=0)


def events(data: Path) -> list[dict[str, Any]]:
    """Every event of a data folder."""
    return [json.loads(line) for line in (data / "log" / "events.jsonl").read_text("ascii").split("\n")[:-1]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[dict[str, Any]]]:
    """The events of three runs: one with a refused file and rows set aside, one without news, one that fails."""
    settings = write_council(
        tmp_path_factory.mktemp("logs"),
        {"returns.csv": BAD, "returns a\nb \x1b[2J.csv": f"Place,Month\n{SECRET},Oct 2026\n"},
    )
    load_inbox(settings, RUN)
    load_inbox(settings, RUN)
    text = settings.catalogue.read_text()
    settings.catalogue.write_text(text.replace("header: Month", "header: Moon"))
    with pytest.raises(RunFailed):
        load_inbox(settings, RUN)
    return settings, events(settings.data)


def test_a_run_tells_its_steps_what_was_refused_and_what_was_published(
    told: tuple[Settings, list[dict[str, Any]]],
) -> None:
    """Under one run id, in order, with seconds, counts and codes."""
    settings, found = told
    runs = list(dict.fromkeys(event["run"] for event in found))
    first, second, third = ([event for event in found if event["run"] == run] for run in runs)
    assert first[0]["event"] == "run_started"
    steps = {event["step"]: event["seconds"] for event in first if event["event"] == "step_done"}
    assert {"survey", "build", "judge", "publish"} <= set(steps)
    assert all(seconds >= 0 for seconds in steps.values())
    (refused,) = [event for event in first if event["event"] == "file_refused"]
    assert refused["code"] == "column_missing"
    aside = [event for event in first if event["event"] == "rows_set_aside"]
    assert {(event["code"], event["column"]) for event in aside} >= {("not_a_number", "count")}
    published = first[-1]
    assert (published["event"], published["files_read"], published["files_refused"]) == ("published", 2, 1)
    assert (settings.data / "snapshots" / f"{published['snapshot']}.duckdb").exists()
    assert [event["event"] for event in second][-1] == "unchanged"
    assert third[-1]["event"] == "failed"
    assert (third[-1]["kind"], third[-1]["what"][:20]) == ("RunFailed", "Not one file of the ")
    assert runs[0] in (settings.data / "runs.jsonl").read_text(), "the run log has the same ids"


def test_nothing_of_what_cells_say_is_in_the_log(told: tuple[Settings, list[dict[str, Any]]]) -> None:
    """Names of people in cells stay out, also of cells that were the reason."""
    settings, _ = told
    text = (settings.data / "log" / "events.jsonl").read_text("ascii")
    assert SECRET not in text
    assert "ninety" not in text
    assert "returns.csv" in text


def test_a_name_with_control_characters_stays_in_one_line(told: tuple[Settings, list[dict[str, Any]]]) -> None:
    """Neither a new line nor a terminal's control characters reach whoever reads the log."""
    settings, found = told
    text = (settings.data / "log" / "events.jsonl").read_text("ascii")
    assert text.count("\n") == len(found)
    assert all(character == "\n" or character.isprintable() for character in text)


def test_what_is_very_long_is_cut_off(tmp_path: Path) -> None:
    """A megabyte in a name becomes a line of a few hundred characters that says how long it was."""
    log = EventLog(tmp_path)
    log.write("file_refused", path="x\u2028" * 500_000, rows=3)
    (event,) = events(tmp_path)
    assert len((tmp_path / "log" / "events.jsonl").read_bytes()) < 10 * LONGEST
    assert event["path"].endswith("(1,000,000 characters)")
    assert event["rows"] == 3


def test_a_full_log_begins_a_new_file_and_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than so many files of so many bytes, whatever happens; each line is whole."""
    monkeypatch.setattr(logs, "LARGEST", 2000)
    monkeypatch.setattr(logs, "KEPT", 2)
    log = EventLog(tmp_path)
    for number in range(100):
        log.write("step_done", step=f"step {number}", seconds=1.5)
    files = sorted((tmp_path / "log").iterdir())
    assert [file.name for file in files] == ["events.jsonl", "events.jsonl.1", "events.jsonl.2"]
    assert all(file.stat().st_size <= 2000 for file in files)
    lines = [json.loads(line) for file in files for line in file.read_text("ascii").splitlines()]
    assert max(int(line["step"].split()[1]) for line in lines) == 99


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the place of its folder, or no data folder at all: no error, no words."""
    (tmp_path / "log").write_text("not a folder")
    EventLog(tmp_path).write("run_started")
    EventLog(tmp_path / "nowhere").write("run_started")
    assert capsys.readouterr() == ("", "")
    assert not (tmp_path / "nowhere").exists(), "a mistyped folder is not made for the log's sake"


def test_events_go_to_standard_error_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --log json there is nothing else on it; words for people are on standard output."""
    settings = write_council(tmp_path)
    load_inbox(settings, argparse.Namespace(**{**vars(RUN), "log": "json"}))
    said, told = capsys.readouterr()
    assert [json.loads(line)["event"] for line in told.splitlines()][-1] == "published"
    assert [json.loads(line) for line in told.splitlines()] == events(settings.data)
    assert "1 file read" in said


def test_other_people_s_logging_is_left_alone(tmp_path: Path) -> None:
    """Events are no records of the root logger, and change no setting of it."""
    before = logging.getLogger().handlers[:], logging.getLogger().level
    EventLog(tmp_path).write("run_started")
    assert (logging.getLogger().handlers[:], logging.getLogger().level) == before
