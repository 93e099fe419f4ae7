"""Originals first, one count of each file, and what was known when: on real files, a real ledger, a real snapshot."""

import json
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from small_council import GOOD, Silent, load, write_council

from pipelines import run as run_module
from pipelines.__main__ import main
from pipelines.archive import Archive
from pipelines.as_known import as_known_on
from pipelines.inbox import printable, sha256_of
from pipelines.ledger import Event, Ledger
from pipelines.run import run
from pipelines.withdrawing import reinstate, withdraw
from scorecard.errors import SettingError, SnapshotUnreadable
from scorecard.settings import Settings
from scorecard.snapshot import folder, restatements
from scorecard.snapshot.folder import current
from scorecard.snapshot.receipt import published_before, receipt
from scorecard.snapshot.store import FORM, open_snapshot

CORRECTED = GOOD.replace("90,", "91,")


class Clock(datetime):
    """A clock that a test sets."""

    moment = datetime(2027, 1, 3, 9, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> "Clock":
        """The moment set."""
        return cls.moment  # type: ignore[return-value]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Clock]]:
    """Runs of this test believe this clock."""
    monkeypatch.setattr(run_module, "datetime", Clock)
    yield Clock


def ask(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    """Rows of the snapshot being served."""
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def problems(settings: Settings) -> dict[str, str]:
    """Code → sentence of every problem in the snapshot being served."""
    return dict(ask(settings, "select code, sentence from problem"))


def figures(settings: Settings) -> dict[str, float]:
    """Period → missed collections of the council."""
    rows = ask(
        settings, "select period, value from observation where measure_id = 'missed_collections' and area_code = 'X1'"
    )
    return dict(rows)


def put(settings: Settings, name: str, content: str, day: int | None = None) -> Path:
    """A file in the inbox, changed on that day of October 2026."""
    place = settings.inbox / name
    place.write_text(content, encoding="utf-8")
    if day:
        moment = datetime(2026, 10, day, tzinfo=UTC).timestamp()
        os.utime(place, (moment, moment))
    return place


def events(settings: Settings) -> list[tuple[str, str]]:
    """Kind and path of every event of the ledger."""
    return [(event.event, event.path) for event in Ledger(settings.data).events]


class Meddling(Silent):
    """Does something to the inbox when a step begins."""

    def __init__(self, step: str, deed: Any) -> None:
        super().__init__()
        self.at, self.deed = step, deed

    def step(self, name: str | None) -> None:
        """The deed, once."""
        if name == self.at:
            self.at = ""
            self.deed()


class Killed(BaseException):
    """Stands for a kill: nothing catches it."""


def kill() -> None:
    """End the run as a kill would."""
    raise Killed


def killed_at(settings: Settings, step: str) -> None:
    """A run that is killed when a step begins."""
    with pytest.raises(Killed):
        run(settings, Meddling(step, kill))


def test_a_file_that_goes_or_changes_during_the_run_cannot_hurt(tmp_path: Path) -> None:
    """Every expected file is archived with its date before any is read; what happens to it then is the next run's."""
    settings = write_council(tmp_path, {"notes.txt": "nobody expects this"})
    put(settings, "returns.csv", GOOD, 5)
    put(settings, "returns bad.csv", "Place,Month\n", 6)
    hashes = {name: sha256_of(settings.inbox / name) for name in ("returns.csv", "returns bad.csv")}

    def meddle() -> None:
        (settings.inbox / "returns.csv").unlink()
        put(settings, "returns bad.csv", "something else")

    run(settings, Meddling("intake", meddle))
    assert len(figures(settings)) == 3
    archive = Archive(settings.data)
    for name, sha256 in hashes.items():
        assert sha256_of(archive.place(sha256, name)) == sha256
    assert (
        archive.place(hashes["returns.csv"], "returns.csv").stat().st_mtime
        == datetime(2026, 10, 5, tzinfo=UTC).timestamp()
    )
    assert not archive.place(sha256_of(settings.inbox / "notes.txt"), "notes.txt").exists(), "left alone"
    assert not list(archive.folder.glob("*.partial"))
    kinds = [kind for kind, _ in events(settings)]
    assert (kinds.count("seen"), kinds.count("accepted"), kinds.count("refused"), kinds[-1]) == (2, 1, 1, "published")
    assert archive.place(sha256_of(settings.catalogue), "metrics.yaml").exists()


def test_a_file_still_being_written_is_left_and_its_earlier_version_stays(tmp_path: Path) -> None:
    """A young file is looked at twice; one that has grown meanwhile is not read in part, and the next run has it."""
    settings = write_council(tmp_path)
    load(settings)
    waiting = replace(settings, settle_seconds=1.0)
    growing = settings.inbox / "returns.csv"
    rows = GOOD.replace("95,", "61,").splitlines(keepends=True)
    growing.write_text("".join(rows[:2]))
    put(settings, "returns new.csv", GOOD.replace("2026", "2025"))
    (settings.inbox / "returns 3.csv.part").write_text("half")
    os.utime(growing, (time.time() + 3600, time.time() + 3600))  # a clock ahead of ours hides nothing

    def grow() -> None:
        time.sleep(0.4)
        with growing.open("a") as file:
            file.write("".join(rows[2:]))

    writer = threading.Thread(target=grow)
    writer.start()
    load(waiting)
    writer.join()
    assert figures(settings) == {
        "Aug 2026": 50, "Sep 2026": 90, "Oct 2026": 95, "Aug 2025": 50, "Sep 2025": 90, "Oct 2025": 95,
    }  # fmt: skip
    found = problems(settings)
    assert found["still_arriving"].startswith("returns.csv: it is still being written")
    assert "file_gone" not in found
    load(waiting)
    assert figures(settings)["Oct 2026"] == 61
    assert "still_arriving" not in problems(settings)


def test_the_same_file_twice_is_counted_once(tmp_path: Path) -> None:
    """The same bytes under two names are read once, which is noted; a file that was renamed has not gone."""
    settings = write_council(tmp_path)
    load(settings)
    before = figures(settings)
    put(settings, "returns (1).csv", GOOD)
    load(settings)
    assert figures(settings) == before
    assert ask(settings, "select count(*) from load") == [(1,)]
    assert "byte for byte the same as returns" in problems(settings)["identical_rows"]
    assert sorted(ask(settings, "select outcome from source_file")) == [("identical",), ("loaded",)]
    (settings.inbox / "returns.csv").unlink()
    load(settings)
    assert figures(settings) == before
    assert problems(settings) == {}
    assert ask(settings, "select * from restatement") == []


def test_an_older_version_does_not_win_silently(tmp_path: Path) -> None:
    """What was changed before the version in use is refused; with the later one withdrawn on purpose it is used."""
    settings = write_council(tmp_path, {})
    put(settings, "returns.csv", CORRECTED, 20)
    load(settings)
    put(settings, "returns.csv", GOOD, 10)
    outcome = load(settings)
    assert (outcome.refused, figures(settings)["Sep 2026"]) == (1, 91)
    said = problems(settings)["figures_disagree"]
    assert "last changed on 10 October 2026" in said and "20 October 2026" in said
    assert Ledger(settings.data).events[-2].reason == "figures_disagree"
    assert not load(settings).published
    withdraw(settings, "returns.csv", "sent by mistake", "officer")
    assert load(settings).refused == 0
    assert figures(settings)["Sep 2026"] == 90


def test_a_file_that_holds_the_newest_month_only_overwrites_no_other(tmp_path: Path) -> None:
    """With `resent: periods` a new version replaces the periods that it has, and the others stay as they were sent."""
    settings = write_council(tmp_path, {})
    catalogue = settings.catalogue.read_text(encoding="utf-8")
    once = "    expected: {every: month, within_days: 15}\n"
    settings.catalogue.write_text(catalogue.replace(once, once + "    resent: periods\n", 1), encoding="utf-8")
    put(settings, "returns.csv", GOOD, 10)
    load(settings)
    heading = GOOD.splitlines()[0]
    put(settings, "returns.csv", f"{heading}\nLittleborough,Sep 2026,missed,91,100000\n", 20)
    load(settings)
    assert figures(settings) == {"Aug 2026": 50, "Sep 2026": 91, "Oct 2026": 95}
    put(settings, "returns.csv", f"{heading}\nLittleborough,Nov 2026,missed,70,100000\n", 25)
    load(settings)
    assert figures(settings) == {"Aug 2026": 50, "Sep 2026": 91, "Oct 2026": 95, "Nov 2026": 70}
    assert not load(settings).published
    withdraw(settings, "returns.csv", "the wrong month", "officer")
    load(settings)
    assert figures(settings) == {"Aug 2026": 50, "Sep 2026": 91, "Oct 2026": 95}


def test_a_withdrawn_version_is_left_out_and_a_new_one_is_welcome(tmp_path: Path) -> None:
    """Its figures go, with the reason told, while it lies in the inbox; the version before stands again."""
    settings = write_council(tmp_path, {})
    first = sha256_of(put(settings, "returns.csv", GOOD, 10))
    load(settings)
    put(settings, "returns.csv", CORRECTED, 20)
    load(settings)
    done = withdraw(settings, str(settings.inbox / "returns.csv"), "last year's figures", "officer")
    assert [event.sha256 for event in done.before] == [first]
    load(settings)
    assert figures(settings)["Sep 2026"] == 90
    assert "last year's figures" in problems(settings)["withdrawn"]
    assert ("withdrawn",) in ask(settings, "select outcome from source_file")
    withdraw(settings, "returns.csv", "that one too", "officer")
    load(settings)
    assert figures(settings) == {}
    whys = ask(
        settings, "select why, old_value, new_value from restatement where period = 'Sep 2026' order by known_to, 1"
    )
    assert sorted(whys) == [("corrected_file", 90, 91), ("withdrawn", 90, None), ("withdrawn", 91, 90)]
    ended = ask(
        settings, "select ended_by, reason from file_version where source_id = 'returns' order by known_from, 1"
    )
    assert sorted(ended) == [
        ("replaced", None), ("withdrawn", "last year's figures"), ("withdrawn", "that one too"),
    ]  # fmt: skip
    put(settings, "returns.csv", GOOD.replace("90,", "92,"), 25)
    load(settings)
    assert figures(settings)["Sep 2026"] == 92
    with pytest.raises(SettingError, match=r"No file 'retuns.csv' is in use.*Did you mean 'returns.csv'"):
        withdraw(settings, "retuns.csv", "x", "officer")
    withdraw(settings, "returns.csv", "a slip", "officer")
    reinstate(settings, "returns.csv", "it was right", "officer")
    assert not load(settings).published, "withdrawn and reinstated is as it was"


def test_what_was_known_on_a_day_is_a_query_and_can_be_built_again(tmp_path: Path, clock: type[Clock]) -> None:
    """Every superseded figure stands with its span; the figures of a day come back with the catalogue of that day."""
    settings = write_council(tmp_path, {})
    put(settings, "returns.csv", GOOD, 10)
    clock.moment = datetime(2027, 1, 2, 9, tzinfo=UTC)
    load(settings)
    first_catalogue = settings.catalogue.read_text()
    put(settings, "returns.csv", CORRECTED.replace("Littleborough,Aug 2026,missed,50,100000\n", ""), 11)
    clock.moment = datetime(2027, 7, 3, 23, 30, tzinfo=UTC)  # half past midnight on the 4th in Britain
    load(settings)
    settings.catalogue.write_text(
        first_catalogue.replace("per: 100000}", "per: 1000}").replace("per 100,000", "per 1,000")
    )
    clock.moment = datetime(2027, 8, 1, 9, tzinfo=UTC)
    load(settings)
    rows = ask(
        settings,
        """select period, old_value, new_value, old_numerator::int, new_numerator::int, known_from::date::varchar,
        known_to::date::varchar, why, old_sha256 = new_sha256 from restatement
        where area_code = 'X1' and period <> 'Oct 2026' order by known_to, period""",
    )
    assert rows == [
        ("Aug 2026", 50, None, 50, None, "2027-01-02", "2027-07-03", "corrected_file", None),
        ("Sep 2026", 90, 91, 90, 91, "2027-01-02", "2027-07-03", "corrected_file", False),
        ("Sep 2026", 91, 0.91, 91, 91, "2027-07-03", "2027-08-01", "definition_changed", True),
    ]
    since = dict(ask(settings, "select measure_id, known_from::date::varchar from observation where area_code = 'X1'"))
    assert since == {"missed_collections": "2027-08-01", "calls": "2027-01-02"}
    snapshot = open_snapshot(current(settings.data).resolve())

    def known(day: date) -> dict[str, float]:
        frame = restatements.as_known_on(snapshot, day)
        mine = frame[(frame["measure_id"] == "missed_collections") & (frame["area_code"] == "X1")]
        return dict(zip(mine["period"], mine["value"], strict=True))

    assert known(date(2027, 1, 1)) == {}
    assert known(date(2027, 7, 3)) == {"Aug 2026": 50, "Sep 2026": 90, "Oct 2026": 95}
    assert known(date(2027, 7, 4)) == {"Sep 2026": 91, "Oct 2026": 95}
    assert known(date(2027, 8, 1)) == {"Sep 2026": 0.91, "Oct 2026": 0.95}
    assert receipt(snapshot, "missed_collections", "X1")["known_from"] == datetime(2027, 8, 1, 9)
    assert list(published_before(snapshot, "missed_collections", "X1")["why"]) == ["definition_changed"]
    snapshot.close()
    live, ledger = current(settings.data), (settings.data / "archive" / "ledger.jsonl").read_bytes()
    for day, wanted in ((date(2027, 7, 3), {"Aug 2026": 50, "Sep 2026": 90, "Oct 2026": 95}),
                        (date(2027, 7, 4), {"Sep 2026": 91, "Oct 2026": 95})):  # fmt: skip
        recalled = as_known_on(settings, day, None, Silent())
        then = replace(settings, data=recalled.folder)
        assert figures(then) == wanted
        assert "differ" not in recalled.summary and "would not come out" not in recalled.summary
        ((notice,),) = ask(then, "select notice from council")
        assert notice.startswith(f"Figures as they were known on {day.day} July 2027.")
        assert max(ask(then, "select known_from from observation"))[0] < restatements.end_of(day).replace(tzinfo=None)
    assert (current(settings.data), (settings.data / "archive" / "ledger.jsonl").read_bytes()) == (live, ledger)
    with pytest.raises(SettingError, match="The first figures were published on 2 January 2027"):
        as_known_on(settings, date(2026, 12, 31), None, Silent())
    with pytest.raises(SettingError, match="is the live data folder"):
        as_known_on(settings, date(2027, 7, 4), settings.data, Silent())


def test_a_run_killed_before_the_ledger_was_told_is_made_good(tmp_path: Path) -> None:
    """The snapshot stands; the next run finds it current, tells the ledger of it, and builds nothing twice."""
    settings = write_council(tmp_path)
    killed_at(settings, "record")
    served = current(settings.data)
    assert [kind for kind, _ in events(settings)] == ["seen"]
    again = load(settings)
    assert (again.published, current(settings.data)) == (False, served)
    ledger = Ledger(settings.data)
    assert [event.event for event in ledger.events] == ["seen", "accepted", "published"]
    ((at,),) = ask(settings, "select distinct known_from from observation")
    assert ledger.events[-1].at.replace(tzinfo=None) == at


@pytest.mark.parametrize("step", ["survey", "archive", "intake", "build", "judge", "publish"])
def test_a_run_killed_before_publishing_is_as_if_it_had_not_been(tmp_path: Path, step: str) -> None:
    """The good snapshot is served, and the next run does all that was left, once."""
    settings = write_council(tmp_path)
    load(settings)
    served = current(settings.data)
    put(settings, "returns.csv", CORRECTED)
    killed_at(settings, step)
    assert current(settings.data) == served
    assert load(settings).published
    assert figures(settings)["Sep 2026"] == 91
    assert ask(settings, "select period, old_value, new_value from restatement") == [("Sep 2026", 90, 91)]
    assert [kind for kind, _ in events(settings)].count("accepted") == 2


def test_a_snapshot_written_but_never_served_was_never_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between writing and switching: its figures count as published only when a run has switched to them."""
    settings = write_council(tmp_path)
    load(settings)
    put(settings, "returns.csv", CORRECTED)
    with monkeypatch.context() as patched:
        patched.setattr("pipelines.publish.switch", lambda *_: kill())
        with pytest.raises(Killed):
            load(settings)
    assert len(folder.listing(settings.data)) == 2
    put(settings, "returns.csv", GOOD.replace("90,", "93,"))
    load(settings)
    assert ask(settings, "select old_value, new_value from restatement") == [(90, 93)]


def test_a_torn_line_of_the_ledger_is_cut_off(tmp_path: Path) -> None:
    """A line that a power cut left half written, or full of nothing, costs that line and no other."""
    settings = write_council(tmp_path)
    load(settings)
    ledger = settings.data / "archive" / "ledger.jsonl"
    whole = ledger.read_bytes()
    for torn in (b'{"event": "acc', b"\x00" * 64, b"not json"):
        ledger.write_bytes(whole + torn)
        held = Ledger(settings.data)
        assert len(held.events) == 3
        held.repair()
        assert ledger.read_bytes() == whole
    ledger.write_bytes(whole.rstrip(b"\n"))
    Ledger(settings.data).repair()
    assert ledger.read_bytes() == whole, "a line that lacks only its end is whole"
    assert not load(settings).published
    for line in whole.splitlines():
        assert {"event", "at", "path", "sha256"} <= set(json.loads(line))


def test_figures_come_back_from_archive_and_ledger_alone(tmp_path: Path) -> None:
    """With the snapshots gone and the file out of the inbox, the ledger still says which version counts."""
    settings = write_council(tmp_path)
    load(settings)
    before = figures(settings)
    (settings.inbox / "returns.csv").unlink()
    for path in folder.folder_of(settings.data).iterdir():
        path.unlink()
    load(settings)
    assert figures(settings) == before


def test_packed_files_are_read_as_files_of_their_own(tmp_path: Path) -> None:
    """A member is known by its own name and keeps the pack's in its path; a damaged pack is one problem."""
    settings = write_council(tmp_path, {})
    with zipfile.ZipFile(settings.inbox / "from the depot.zip", "w") as pack:
        pack.writestr("returns oct.csv", GOOD)
        pack.writestr("readme.txt", "hello")
    with zipfile.ZipFile(settings.inbox / "holiday.zip", "w") as pack:
        pack.writestr("photo.jpg", "x")
    load(settings)
    assert ask(settings, "select path from load") == [("from the depot.zip/returns oct.csv",)]
    assert "holiday.zip: no source expects" in problems(settings)["no_contract"]
    before = figures(settings)
    whole = (settings.inbox / "from the depot.zip").read_bytes()
    (settings.inbox / "from the depot.zip").write_bytes(whole[: len(whole) // 2])
    outcome = load(settings)
    assert outcome.refused == 1
    assert figures(settings) == before
    assert {"pack_refused", "earlier_version_kept"} <= set(problems(settings))


def test_a_snapshot_of_another_form_is_refused_in_words(tmp_path: Path) -> None:
    """Pages say which version made it and what to do; a run builds on an older one what it can."""
    settings = write_council(tmp_path)
    load(settings)
    served = current(settings.data).resolve()
    served.chmod(0o644)
    served.with_suffix(folder.SEAL).unlink(missing_ok=True)
    with duckdb.connect(str(served)) as connection:
        connection.execute("update form set version = 99")
    with pytest.raises(SnapshotUnreadable, match=rf"made by a later version.*reads form {FORM}"):
        open_snapshot(served)
    with duckdb.connect(str(served)) as connection:
        connection.execute("drop table form; drop table restatement; alter table observation drop column known_from")
        connection.execute("drop table file_version")
        ((made,),) = connection.execute("select max(started_at) from run").fetchall()
    with pytest.raises(SnapshotUnreadable, match=r"made by an earlier version.*python -m pipelines run"):
        open_snapshot(served)
    (settings.data / "archive" / "ledger.jsonl").unlink()
    put(settings, "returns.csv", CORRECTED)
    load(settings)
    assert ask(settings, "select old_value, new_value, known_from from restatement") == [(90, 91, made)]
    open_snapshot(current(settings.data).resolve()).close()


def test_names_that_cannot_be_printed_are_written_out(tmp_path: Path) -> None:
    """A name that is no text, or would end a line of a log, is one line of text everywhere."""
    assert printable("a\nb\x1b[31m\u202ec") == "a\\x0ab\\x1b[31m\\u202ec"
    assert printable(os.fsdecode(b"caf\xe9.csv")) == "caf\\xe9.csv"
    assert printable("Café – Größe ❄ 概要.csv") == "Café – Größe ❄ 概要.csv"
    settings = write_council(tmp_path, {})
    Path(os.fsdecode(os.fsencode(settings.inbox) + b"/returns \xff\n.csv")).write_text(GOOD)
    load(settings)
    assert ask(settings, "select path from load") == [("returns \\xff\\x0a.csv",)]


def test_the_ledger_gives_the_state_of_any_moment(tmp_path: Path) -> None:
    """Until a moment means up to the last run that had published by then, with what was withdrawn before it."""
    ledger = Ledger(tmp_path)

    def event(kind: Any, day: int, sha: str = "", **more: Any) -> Event:
        return Event(kind, datetime(2027, 1, day, tzinfo=UTC), "a.csv", sha, source_id="s", run_id=str(day), **more)

    ledger.add([event("accepted", 1, "one"), event("published", 1)])
    ledger.add(
        [event("accepted", 3, "two"), event("published", 3), event("withdrawn", 5, "two"), event("published", 6)]
    )
    for day, wanted in ((1, {}), (2, "one"), (4, "two"), (6, "two"), (7, "one")):
        then = ledger.until(datetime(2027, 1, day, tzinfo=UTC)).in_use()
        assert then == (wanted if isinstance(wanted, dict) else {("a.csv", "s"): wanted})


def test_the_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """withdraw wants a reason and names the version; a day recalled says how to look at it."""
    settings = write_council(tmp_path)
    load(settings)
    version = sha256_of(settings.inbox / "returns.csv")
    places = ["--catalogue", str(settings.catalogue), "--inbox", str(settings.inbox), "--data", str(settings.data)]
    assert main(["withdraw", "returns.csv", *places]) == 2
    assert "needs a reason" in capsys.readouterr().err
    assert main(["withdraw", "returns.csv", "--reason", "last year's", *places]) == 0
    assert f"Withdrawn: returns.csv, version {version[:12]}." in capsys.readouterr().out
    assert main(["withdraw", "returns.csv", "--undo", *places]) == 0
    today = datetime.now(UTC).date() + timedelta(days=1)
    output = str(tmp_path / "then")
    assert main(["run", "--as-known-on", today.isoformat(), "--output", output, *places]) == 0
    told = capsys.readouterr().out
    assert "5 figures as known on" in told
    assert f"SCORECARD_DATA={output}" in told
