"""Editions of a snapshot are told apart in what a page is sent, whatever stands beside their numbers."""

from pathlib import Path

from bench.dashboard.editions import Editions, editions_in
from scorecard.snapshot.measures import latest
from scorecard.snapshot.store import open_current
from tests.small_snapshot import publish


def test_an_edition_is_counted_once_and_the_next_one_takes_its_place(tmp_path: Path) -> None:
    """Every title has the number of the edition being served and no earlier one; a digit after it is not its."""
    publish(tmp_path)
    editions = Editions(tmp_path)
    for number in (1, 2):
        editions.publish_next()
        titles = latest(open_current(tmp_path))["title"]
        assert editions_in(b"8".join(title.encode() for title in titles)) == {number}
