"""What has changed in the inbox, and whether it has been written to its end: looks at given moments, no waiting."""

import os
from pathlib import Path

import pytest

from pipelines.settling import LONGEST_WAIT, Settling, State, look_around

A, B, C = (1, 1, 1), (2, 2, 1), (3, 3, 1)


def looked(*looks: tuple[float, dict[str, State]], settle: float = 10) -> Settling:
    """Settling after these looks, each with its moment."""
    settling = Settling(settle)
    for now, seen in looks:
        settling.note(seen, now)
    return settling


def test_a_file_counts_as_whole_when_it_has_stayed_the_same_for_the_settling_time() -> None:
    """While it grows it waits; from its last change the time runs anew."""
    settling = looked((0, {"a": A}), (8, {"a": B}), (12, {"a": B}))
    assert not settling.ready(12)
    assert not settling.ready(17.9)
    assert settling.ready(18)


def test_nothing_new_is_never_ready() -> None:
    """After a run on what is there, nothing happens until something changes: also a file that goes, or comes back."""
    settling = looked((0, {"a": A}), (10, {"a": A}))
    settling.taken(10)
    assert settling.changed() == {}
    assert not settling.ready(1000)
    settling.note({}, 1000)
    assert settling.ready(1010), "a file that has gone is a change"
    settling.taken(1010)
    settling.note({"a": A}, 1020)
    assert list(settling.changed()) == ["a"]


def test_what_was_still_changing_when_a_run_began_is_new_to_the_next() -> None:
    """A run for a whole file leaves a half-written one for later, and does not forget it."""
    settling = looked((0, {"a": A}), (55, {"a": A, "b": A}), (58, {"a": A, "b": B}), settle=5)
    assert not settling.ready(59), "others may still be coming"
    assert settling.ready(LONGEST_WAIT), "but a whole file does not wait for ever"
    settling.taken(LONGEST_WAIT)
    assert list(settling.changed()) == ["b"]
    assert settling.ready(63)


def test_a_change_that_is_undone_before_a_run_is_none() -> None:
    """A file that comes and goes between two runs needs no run."""
    settling = looked((0, {"a": A}))
    settling.taken(10)
    settling.note({"a": A, "b": C}, 11)
    settling.note({"a": A}, 12)
    assert settling.changed() == {}


def test_no_settling_time_means_at_once() -> None:
    """With zero seconds whatever is seen is taken."""
    assert looked((5, {"a": A}), settle=0).ready(5)


def test_only_files_of_the_inbox_and_the_catalogue_are_looked_at(tmp_path: Path) -> None:
    """Links, pipes, hidden and unfinished files change nothing; an inbox that is not there is not an empty one."""
    inbox, catalogue = tmp_path / "inbox", tmp_path / "metrics.yaml"
    assert look_around(inbox, catalogue) is None
    (inbox / "waste").mkdir(parents=True)
    (inbox / "waste" / "returns.csv").write_text("a")
    catalogue.write_text("council:")
    before = look_around(inbox, catalogue)
    assert before is not None and list(before) == ["waste/returns.csv", str(catalogue)]
    (inbox / "link.csv").symlink_to(catalogue)
    (inbox / ".hidden.csv").write_text("a")
    (inbox / "download.csv.part").write_text("a")
    os.mkfifo(inbox / "pipe.csv")
    assert look_around(inbox, catalogue) == before
    (inbox / "waste" / "returns.csv").write_text("ab")
    assert look_around(inbox, catalogue) != before


@pytest.mark.parametrize("change", ["written anew", "replaced"])
def test_another_file_of_the_same_size_is_a_change(tmp_path: Path, change: str) -> None:
    """Renamed into place it may have the same size and even the same date; its inode differs."""
    place, catalogue = tmp_path / "returns.csv", tmp_path / "metrics.yaml"
    place.write_text("aa")
    os.utime(place, ns=(10**18, 10**18))
    before = look_around(tmp_path, catalogue)
    if change == "replaced":
        (tmp_path / ".new").write_text("bb")
        os.utime(tmp_path / ".new", ns=(10**18, 10**18))
        (tmp_path / ".new").rename(place)
    else:
        place.write_text("bb")
    assert look_around(tmp_path, catalogue) != before
