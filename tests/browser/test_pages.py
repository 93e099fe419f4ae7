"""Every page on both councils, as large as they are: it draws, it fits, and it can be read by everyone."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.reader import DESKTOP, PHONE, Reader, chromium, reading, serving

pytestmark = pytest.mark.browser

PAGES = (
    "", "exceptions", "measure", "service", "service?service=place", "theme", "measures", "scrutiny", "peers",
    "data_quality", "definitions", "changes", "help", "accessibility", "board", "cycle", "plan",
    "plan?goal=clean_green", "owner", "register", "register?register=audit_recommendations",
)  # fmt: skip
WITH_PEERS = ("", "exceptions", "measure", "service?service=resources", "measures", "scrutiny", "peers")
"""Pages on which the published example, with many councils and fewer measures, looks otherwise."""
LOOKS = ((DESKTOP, "light"), (PHONE, "dark"))
LONGEST_ONE = "measure?measure=council_tax_collected"
"""A deep dive with all its parts."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def demonstration_reader(browser: Browser, demonstration: Path) -> Iterator[Reader]:
    """A reader of the demonstration council's dashboard."""
    with serving(demonstration) as site, reading(browser, site) as one:
        yield one


@pytest.fixture(scope="module")
def published_reader(browser: Browser, published: Path) -> Iterator[Reader]:
    """A reader of the published example's."""
    with serving(published) as site, reading(browser, site) as one:
        yield one


@pytest.mark.parametrize("path", PAGES)
def test_every_page_draws_and_can_be_read(demonstration_reader: Reader, path: str) -> None:
    """On a desk in light and on a phone in the dark; the small council is looked at in more ways elsewhere."""
    reads(demonstration_reader, path)


@pytest.mark.parametrize("path", WITH_PEERS)
def test_published_figures_draw_and_can_be_read(published_reader: Reader, path: str) -> None:
    """The same of a real council's figures."""
    reads(published_reader, path)


def reads(reader: Reader, path: str) -> None:
    """No fault, nothing to scroll sideways, no complaint of the browser, and no barrier that axe knows."""
    reader.looks(*LOOKS[0])
    reader.opens(path)
    found: dict[str, object] = {}
    for look in LOOKS:
        reader.looks(*look)
        found |= {f"{look}: {rule}": place for rule, place in reader.barriers()}
        wider = reader.overflow()
        found |= {f"{look}: too wide": wider} if wider > 0 else {}
    assert (reader.faults(), found) == ([], {})
    assert reader.page.locator("h1").first.inner_text().strip()


def test_the_answer_stands_on_one_screen(demonstration_reader: Reader) -> None:
    """At 1366 x 768 the overview's last answer, how fresh the figures are, ends above the fold."""
    reader = demonstration_reader
    reader.looks(*LOOKS[0])
    page = reader.opens("")
    box = page.locator("[data-testid=stMain] h2, [data-testid=stMain] h3").last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < DESKTOP[1]


def test_an_exception_leads_to_its_measure(demonstration_reader: Reader) -> None:
    """The first link of the list opens that measure, whose chart has words and a table; going back returns."""
    reader = demonstration_reader
    reader.looks(*LOOKS[0])
    page = reader.opens("exceptions")
    card = page.locator(
        "[data-testid=stMain] [data-testid=stVerticalBlock]", has=page.get_by_text("See the figures")
    ).last
    titles = card.locator("strong").all_inner_texts()
    card.get_by_text("See the figures").click()
    page.wait_for_selector("[data-testid=stVegaLiteChart][aria-label]", state="attached")
    reader.waits()
    heading = page.locator("h1").inner_text().strip()
    assert any(title.startswith(heading) for title in titles)
    assert "measure?measure=" in page.url
    assert page.locator("[data-testid=stVegaLiteChart][aria-label]").count() > 0
    assert page.locator("table").count() > 0
    page.go_back()
    page.wait_for_function("() => document.querySelector('h1')?.innerText.includes('What needs attention')")


@pytest.mark.parametrize(
    ("path", "words"), [("exceptions", "Why it is here"), (LONGEST_ONE, "What could not be judged, and why")]
)
def test_what_is_folded_opens_from_the_keyboard(demonstration_reader: Reader, path: str, words: str) -> None:
    """Enter unfolds the reasons; they fit, and axe finds no barrier in them."""
    reader = demonstration_reader
    reader.looks(PHONE)
    page = reader.opens(path)
    folded = page.locator("[data-testid=stExpander]", has_text=words).first
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    folded.locator("li").first.wait_for(state="visible")
    reader.waits()
    assert folded.locator("li strong").first.inner_text().endswith(":")
    assert (reader.overflow() <= 0, reader.barriers()) == (True, [])


def test_nothing_published_is_a_plain_card(browser: Browser, tmp_path: Path) -> None:
    """Before the first run every page says what to do, and /healthz answers 503."""
    with serving(tmp_path) as site, reading(browser, site, PHONE) as reader:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{site}/healthz", timeout=10)
        assert refused.value.code == 503
        page = reader.opens("measure")
        assert page.get_by_text("No figures have been published yet.").count() == 1
        assert page.locator(".stException").count() == 0
        assert reader.barriers() == []
