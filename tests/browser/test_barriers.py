"""Every page in every state, in light and dark, on a desk and on a phone: nothing stands in anyone's way.

One server shows one data folder, in which the states are published one after the other, as runs would do it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reader import DESKTOP, NARROWEST, PHONE, Reader, chromium, reading, serving
from tests.small_snapshot import publish

pytestmark = pytest.mark.browser

HEADINGS = {
    "": "How is the council doing?",
    "exceptions": "What needs attention",
    "measure": "Missed bin collections",
    "service": None,
    "theme": "Themes",
    "measures": None,
    "scrutiny": None,
    "peers": None,
    "data_quality": "Data quality",
    "definitions": "Definitions",
    "changes": "Changes to measures",
    "help": "Help",
    "accessibility": "Accessibility statement",
    "board": "The performance board",
    "cycle": "The board's month",
    "plan": "Is the council plan on course?",
    "owner": "My items",
    "register": "Registers",
}
"""Address of each page and the words it is headed by, where they are always the same."""
TITLES = {
    "": "Overview",
    "exceptions": "Exceptions",
    "measure": "Deep dive",
    "service": "My service",
    "theme": "Themes",
    "measures": "All measures",
    "scrutiny": "Scrutiny",
    "peers": "Peers",
    "data_quality": "Data quality",
    "definitions": "Definitions",
    "changes": "Changes to measures",
    "help": "Help",
    "accessibility": "Accessibility",
    "board": "Board",
    "cycle": "The board's month",
    "plan": "Council plan",
    "owner": "My items",
    "register": "Registers",
}
"""What the browser's own title and the history call each page."""
OTHER_STATES = {
    "a proposed measure": "measure?measure=shared_bikes",
    "a removed measure": "measure?measure=counter_visits",
    "a measure with a band": "measure?measure=reserves",
    "a measure that no figure came for": "measure?measure=satisfaction&area=nowhere",
    "a measure that is not there": "measure?measure=%3Cscript%3E",
    "exceptions of a theme that is not there": "exceptions?theme=..%2F..%2Fetc&page=99999999",
    "a service that is not there": "service?service='%3B%20drop%20table%20measure",
    "definitions that no words find": "definitions?search=zzzzzz",
    "measures that no words find": "measures?search=zzzzzz",
    "changes on a day that is none": "changes?since=9999-99-99&decision=x",
    "a goal that is not there": "plan?goal=%3Cscript%3E&year=1066",
    "a word of the glossary": "help?term=variation",
    "the guide for a first visit": "?tour=on",
}
"""Addresses that ask for something particular, for nonsense, or for what is not there."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""What WCAG 1.4.12 lets readers ask for."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small council's snapshot. It was published long ago, so every page says it is old."""
    folder = tmp_path_factory.mktemp("barriers")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def reader(browser: Browser, data: Path) -> Iterator[Reader]:
    """One reader of one server, for all states."""
    with serving(data) as site, reading(browser, site) as one:
        yield one


def in_the_way(reader: Reader) -> dict[str, object]:
    """What axe finds in light and dark on a desk and in light on a phone, and what does not fit."""
    found: dict[str, object] = {}
    for look in ((DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")):
        reader.looks(*look)
        found |= {f"{look}: {rule}": where for rule, where in reader.barriers()}
    for size in (PHONE, NARROWEST, (683, 384)):
        reader.looks(size)
        wider = reader.overflow()
        found |= {f"too wide at {size}": wider} if wider > 0 else {}
    return found


def wordless_charts(page: Page) -> list[str]:
    """Charts without words of what they show, with marks that are read out one by one, or with no table on the page."""
    charts = page.locator("[data-testid=stVegaLiteChart]")
    found = []
    for at in range(charts.count()):
        named = charts.nth(at).get_attribute("aria-label") or ""
        found += [f"hardly any words: {named}"] if len(named.split()) < 5 else []
        read_out = charts.nth(at).locator("[role=graphics-symbol]:not([aria-roledescription=axis])")
        found += [f"marks read out: {read_out.first.get_attribute('aria-label')}"] if read_out.count() else []
    found += ["no table"] if charts.count() and not page.locator("table th").count() else []
    return found + page.locator("[data-testid=stMain] img:not([alt])").evaluate_all("e => e.map(x => x.outerHTML)")


@pytest.mark.parametrize("path", HEADINGS)
def test_a_page_has_no_barrier(reader: Reader, path: str) -> None:
    """Drawn whole, with old figures: its title and language, nothing for axe, nothing too wide at 200% or 400%."""
    page = reader.opens(path)
    assert reader.faults() == []
    heading = page.locator("h1").inner_text().strip()
    assert heading == (HEADINGS[path] or heading) != ""
    assert page.title() == f"{TITLES[path]} · Council Scorecard"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").count() == 1
    assert page.get_by_text("New files were last looked for").count() == 1
    assert wordless_charts(page) == []
    assert in_the_way(reader) == {}
    reader.looks(NARROWEST)
    page.add_style_tag(content=SPACED)
    reader.waits()
    assert reader.overflow() <= 0, "too wide with text spaced out"
    reader.looks(DESKTOP)


@pytest.mark.parametrize("state", OTHER_STATES)
def test_a_particular_state_has_no_barrier(reader: Reader, state: str) -> None:
    """Whatever an address asks for, the page is drawn whole and nothing stands in the way."""
    reader.looks(DESKTOP)
    page = reader.opens(OTHER_STATES[state])
    assert reader.faults() == []
    assert page.locator("h1").count() == 1
    assert in_the_way(reader) == {}
    reader.looks(DESKTOP)


@pytest.fixture(scope="module")
def empty(data: Path, reader: Reader) -> Reader:
    """The same server once a snapshot without any measure has been published."""
    publish(data, "2026-11-21T093000Z.duckdb", examples=())
    return reader


@pytest.mark.parametrize("path", HEADINGS)
def test_an_empty_page_has_no_barrier(empty: Reader, path: str) -> None:
    """Without a measure each page says so in words."""
    page = empty.opens(path)
    assert empty.faults() == []
    assert page.locator("h1").count() == 1
    for look in ((DESKTOP, "light"), (PHONE, "dark")):
        empty.looks(*look)
        assert empty.barriers() == []
        assert empty.overflow() <= 0
    empty.looks(DESKTOP)


@pytest.fixture(scope="module")
def unpublished(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of a server over a data folder in which there is nothing yet."""
    with serving(tmp_path_factory.mktemp("unpublished")) as site, reading(browser, site) as one:
        yield one


@pytest.mark.parametrize("path", ["", "measure", "help"])
def test_before_the_first_run_there_is_a_plain_card(unpublished: Reader, path: str) -> None:
    """What has happened and what to do, with no barrier."""
    page = unpublished.opens(path)
    assert page.get_by_text("No figures have been published yet.").count() == 1
    assert page.locator(".stException").count() == 0
    for look in ((DESKTOP, "light"), (PHONE, "dark")):
        unpublished.looks(*look)
        assert unpublished.barriers() == []
        assert unpublished.overflow() <= 0
    unpublished.looks(DESKTOP)
