"""The command line, run as people run it: what it prints and the exit codes that say the outcome."""

import fcntl
from pathlib import Path

import pytest
from conftest import run_pipeline
from small_council import CATALOGUE, GOOD, write_council

from scorecard.snapshot.folder import current


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    """The small council as command-line options."""
    settings = write_council(tmp_path)
    return ["--catalogue", str(settings.catalogue), "--inbox", str(settings.inbox), "--data", str(settings.data)]


def test_run_tells_its_outcome_and_its_exit_code_agrees(options: list[str], tmp_path: Path) -> None:
    """0 published; 0 nothing new; 3 a file refused, with the problem and the fix; plain lines off a terminal."""
    done = run_pipeline("run", *options, expect=(0,))
    assert done.stdout.startswith("1 file read, 0 refused, 0 rows set aside, 2 measures, 1 exception; published 20")
    assert "\r" not in done.stderr
    assert done.stderr.splitlines() == [
        "read: 1 file",
        "check: 1 source",
        "build: 5 observations",
        "judge: 21 findings, 1 exception",
    ]
    assert run_pipeline("run", *options, expect=(0,)).stdout.startswith("Nothing has changed since snapshot 20")
    (tmp_path / "inbox" / "returns bad.csv").write_text("Place;Month\n")
    refused = run_pipeline("run", *options, expect=(3,))
    assert "Refused: returns bad.csv: There is no column headed 'Place'" in refused.stdout
    assert "Send the file with the column" in refused.stdout


def test_a_broken_catalogue_starts_nothing(options: list[str], tmp_path: Path) -> None:
    """2, with every fault on a line of its own; check says the same."""
    (tmp_path / "metrics.yaml").write_text(CATALOGUE.replace("theme: health", "theme: helth"))
    for command in ("run", "check"):
        done = run_pipeline(command, *options, expect=(2,))
        said = done.stdout + done.stderr
        assert said.count("there is no theme 'helth'. Did you mean 'health'?") == 3
    assert not (tmp_path / "data").exists()


def test_check_of_a_sound_catalogue_says_what_is_in_it(options: list[str]) -> None:
    """0, with the counts."""
    assert (
        run_pipeline("check", *options, expect=(0,)).stdout
        == "metrics.yaml is sound: 3 measures, 2 sources, 1 theme.\n"
    )


def test_settings_that_name_nothing_are_told(options: list[str], tmp_path: Path) -> None:
    """2, naming the folder or the council and the option to use."""
    done = run_pipeline("run", *options[:2], "--inbox", str(tmp_path / "none"), "--data", options[5], expect=(2,))
    assert f"There is no inbox folder {tmp_path / 'none'}" in done.stderr
    assert (
        "Did you mean 'Littleborough'?"
        in run_pipeline("run", *options, "--council", "Litleborough", expect=(2,)).stderr
    )


def test_a_second_run_stops_cleanly_while_one_is_at_work(options: list[str], tmp_path: Path) -> None:
    """4, naming the holder; what is served does not change."""
    run_pipeline("run", *options)
    served = current(tmp_path / "data")
    (tmp_path / "inbox" / "returns.csv").write_text(GOOD.replace("95", "96"))
    with (tmp_path / "data" / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 7 on elsewhere, started 2026-11-21 09:30:00Z")
        lock.flush()
        done = run_pipeline("run", *options, expect=(4,))
    assert "held by process 7 on elsewhere" in done.stderr
    assert current(tmp_path / "data") == served


def test_snapshots_are_listed_and_rolled_back(options: list[str], tmp_path: Path) -> None:
    """Newest first with the served one marked; rollback goes one back, or to the one named; nonsense is answered."""
    run_pipeline("run", *options)
    run_pipeline("run", *options, "--force")
    listed = run_pipeline("snapshots", *options).stdout.splitlines()
    names = [line.split()[0] for line in listed]
    assert [("served" in line) for line in listed] == [True, False]
    run_pipeline("rollback", *options)
    assert current(tmp_path / "data").stem == names[1]
    assert "There is no earlier snapshot" in run_pipeline("rollback", *options, expect=(2,)).stderr
    assert f"There are: {names[0]}" in run_pipeline("rollback", "2001", *options, expect=(2,)).stderr
    held = run_pipeline("run", *options).stdout
    assert "Nothing has changed" in held
    assert current(tmp_path / "data").stem == names[1], "a rollback lasts until there is something new"
    run_pipeline("rollback", names[0], *options)
    assert current(tmp_path / "data").stem == names[0]


def test_a_refused_file_keeps_its_exit_code_until_it_is_mended(options: list[str], tmp_path: Path) -> None:
    """An hourly job stays red while the bad file lies there, although nothing new happens."""
    (tmp_path / "inbox" / "returns bad.csv").write_text("Place;Month\n")
    run_pipeline("run", *options, expect=(3,))
    assert "Nothing has changed" in run_pipeline("run", *options, expect=(3,)).stdout


def test_an_unusable_data_folder_and_a_bad_day_are_told(options: list[str]) -> None:
    """No traceback: the folder, the reason and the option."""
    done = run_pipeline("run", *options[:4], "--data", "/dev/null/x", expect=(2,))
    assert "The data folder /dev/null/x cannot be written: Not a directory." in done.stderr
    assert "'yesterday' is not a day" in run_pipeline("run", "--as-at", "yesterday", expect=(2,)).stderr


def test_the_demonstration_stays_out_of_a_council_s_own_inbox(options: list[str]) -> None:
    """Invented files are never put among real ones."""
    done = run_pipeline("demo", *options, expect=(2,))
    assert "holds files of its own" in done.stderr


def test_definitions_are_written_as_one_page(options: list[str], tmp_path: Path) -> None:
    """A self-contained file with every measure; a place that cannot be written is told."""
    page = tmp_path / "definitions.html"
    done = run_pipeline("definitions", *options, "--output", str(page), expect=(0,))
    assert done.stdout == f"Wrote {page}: 3 measures. Open it in a browser to read or print it.\n"
    text = page.read_text(encoding="utf-8")
    assert all(title in text for title in ("Missed collections", "Calls", "Days to let a home"))
    assert "<script src" not in text and "<link" not in text
    done = run_pipeline("definitions", *options, "--output", str(tmp_path / "none" / "x.html"), expect=(2,))
    assert "cannot be written" in done.stderr and "Name another file with --output" in done.stderr


def test_help_tells_every_command(options: list[str]) -> None:
    """Each with its line; and nothing but a command is taken."""
    said = run_pipeline("--help", expect=(0,)).stdout
    for command in ("run", "check", "explain", "new", "definitions", "snapshots", "rollback", "schema", "demo"):
        assert any(line.split()[:1] == [command] for line in said.splitlines())
    assert "invalid choice: 'measur' (choose from" in run_pipeline("new", "measur", *options, expect=(2,)).stderr
