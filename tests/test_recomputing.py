"""A snapshot holds all that its judgements were made of: judging it again fills the same tables."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from small_council import GOOD, load, write_council

from pipelines.recomputing import held_in, judged_again, judged_from
from scorecard.judge.exceptions import Memory
from scorecard.snapshot.folder import current
from scorecard.snapshot.store import READ_ONLY

TABLES = (
    "judgement", "finding", "variation", "forecast", "exception", "exception_evidence", "exception_memory",
    "exception_summary",
)  # fmt: skip


def differences(path: Path, tables: object, names: tuple[str, ...] = TABLES) -> dict[str, tuple[int, int]]:
    """For each table that is not alike how many rows are only made again, and how many only stored."""
    found = {}
    with duckdb.connect(str(path), read_only=True, config=dict(READ_ONLY)) as connection:
        for name in names:
            frame = tables[name]  # type: ignore[index]
            connection.execute(f"create temp table again_{name} as from {name} limit 0")
            if len(frame):
                connection.register("incoming", frame)
                columns = ", ".join(f'"{column}"' for column in frame.columns)
                connection.execute(f"insert into again_{name} ({columns}) select {columns} from incoming")
                connection.unregister("incoming")
            only = [
                len(connection.execute(f"from {one} except all from {other}").fetchall())
                for one, other in ((f"again_{name}", name), (name, f"again_{name}"))
            ]
            if any(only):
                found[name] = (only[0], only[1])
    return found


def test_the_demonstration_is_judged_again_to_the_last_figure(demonstration: Path) -> None:
    """Every row of every table that judging fills, bit for bit."""
    path = current(demonstration)
    assert differences(path, judged_again(path).tables) == {}


def test_nothing_is_echoed_from_what_an_earlier_run_remembered(demonstration: Path) -> None:
    """Without its memory and its kept forecasts a first snapshot still comes to the same."""
    path = current(demonstration)
    held = held_in(path)
    alone = replace(held, before=replace(held.before, memory=Memory(), forecasts=()))
    assert differences(path, judged_from(alone).tables) == {}


def test_the_catalogue_is_stored_with_the_version_of_each_definition(demonstration: Path) -> None:
    """What the stored catalogue says is what the figures were made with."""
    path = current(demonstration)
    with duckdb.connect(str(path), read_only=True, config=dict(READ_ONLY)) as connection:
        stored = dict(connection.execute("select measure_id, definition_sha256 from measure").fetchall())
    held = held_in(path).catalogue
    assert {name: measure.version for name, measure in held.measures.items()} == stored


def month(at: int) -> str:
    """Month 0 is November 2023."""
    index = 2023 * 12 + 10 + at
    return f"{date(index // 12, index % 12 + 1, 1):%b %Y}"


def returns(missed: list[int]) -> str:
    """A file of monthly counts up to October 2026."""
    first = 36 - len(missed)
    rows = [f"Littleborough,{month(first + at)},missed,{count},100000" for at, count in enumerate(missed)]
    return "\n".join(["Place,Month,Code,Count,Out of", *rows, ""])


RULES = """\
  restated: {title: Restated, when: restated, either_way: true}
  sustained: {title: Worse, when: sustained}
measures:
"""


@pytest.mark.parametrize("second", ["revised", "late", "recovered"])
def test_a_second_run_on_other_files_is_judged_again_too(tmp_path: Path, second: str) -> None:
    """With a memory, with figures restated since the snapshot before, with rows set aside, and with what has ended."""
    before = [50 + at % 5 for at in range(28)] + [80 + at % 4 for at in range(7)]
    settings = write_council(tmp_path, {"returns.csv": returns([*before, 81])})
    catalogue = settings.catalogue.read_text()
    settings.catalogue.write_text(catalogue.replace("measures:\n", RULES))
    load(settings)
    (settings.inbox / "returns.csv").write_text(
        {
            "revised": returns([*before[:-1], 120, 85]) + "Littleborough,Oct 2026,unheard of,1,1\n",
            "late": returns([*before, 81]).rsplit("\n", 2)[0] + "\nNorthward,Aug 2026,missed,30,20000\n",
            "recovered": returns([*before, 20]),
        }[second]
    )
    load(settings)
    path = current(settings.data)
    assert differences(path, judged_again(path).tables) == {}
    with duckdb.connect(str(path), read_only=True, config=dict(READ_ONLY)) as connection:
        statuses = {row[0] for row in connection.execute("select status from finding").fetchall()}
        rules = {row[0] for row in connection.execute("select rule from exception_evidence").fetchall()}
    if second == "revised":
        assert "restated" in statuses
        assert "restated" in rules


def test_a_small_council_is_judged_again(tmp_path: Path) -> None:
    """As it comes, with a measure of which no figure was ever sent."""
    settings = write_council(tmp_path)
    load(settings)
    first = current(settings.data)
    assert differences(first, judged_again(first).tables) == {}
    (settings.inbox / "returns.csv").write_text(GOOD.replace("90,100000", "70,100000"))
    load(settings)
    second = current(settings.data)
    assert second != first
    assert differences(second, judged_again(second).tables) == {}
