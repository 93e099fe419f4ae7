"""A catalogue edited to something broken while it is served: the last good figures stay, and the line is told."""

import shutil

import pytest
from conftest import SHARED
from small_council import CATALOGUE, load, write_council

from scorecard.errors import CatalogueError
from scorecard.settings import Settings
from scorecard.snapshot.folder import current
from scorecard.snapshot.health import health
from scorecard.snapshot.store import close_all, open_current

HOSTILE = SHARED / "badinput" / "files" / "made" / "yaml"
BROKEN = {
    "cut off in the middle": CATALOGUE[: len(CATALOGUE) // 2],
    "a tab": CATALOGUE.replace("  health:", "\thealth:"),
    "a tag": CATALOGUE.replace("title: Homes", "title: !!python/object/apply:os.system ['true']"),
    "an entry nobody knows": CATALOGUE.replace("publisher: Housing", "publishr: Housing"),
    "not text": "\x00\x01",
    "empty": "",
    "a list": "- a\n- b\n",
    "an anchor that unfolds": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small council with a good snapshot."""
    settings = write_council(tmp_path_factory.mktemp("catalogue"))
    load(settings)
    return settings


def broken() -> list[str]:
    """Our own, and those of the shared collection where it is there."""
    return [*BROKEN, *(path.name for path in sorted(HOSTILE.glob("*.yaml")))]


@pytest.mark.parametrize("name", broken())
def test_a_broken_catalogue_leaves_the_last_good_figures(settings: Settings, name: str) -> None:
    """The run stops with every fault and its line; the snapshot, with the catalogue it was made by, is as it was."""
    served = current(settings.data)
    before = served.read_bytes()
    if name in BROKEN:
        settings.catalogue.write_text(BROKEN[name])
    else:
        shutil.copy(HOSTILE / name, settings.catalogue)
    with pytest.raises(CatalogueError) as caught:
        load(settings)
    assert caught.value.faults
    assert all(fault.startswith("metrics.yaml") for fault in map(str, caught.value.faults))
    assert (current(settings.data), served.read_bytes()) == (served, before)
    assert health(settings.data, 26, "officers")["status"] == "ok"
    assert len(open_current(settings.data).query("select * from measure")) == 3
    close_all()  # a run is a process of its own, which does not share what the pages have open
    settings.catalogue.write_text(CATALOGUE)
    assert "Nothing has changed" in load(settings).summary
