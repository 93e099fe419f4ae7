"""What the three main kinds of user come for, from the first page to what they take away, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reader import PHONE, Reader, chromium, reading, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def site(demonstration: Path) -> Iterator[str]:
    """The dashboard of the demonstration council."""
    with serving(demonstration) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Reader]:
    """A visitor with a browser of their own."""
    with reading(browser, site) as one:
        yield one


def follows(reader: Reader, words: str, heading: str | re.Pattern[str]) -> Page:
    """Click the first link with these words; it must open in the same tab, under this heading."""
    reader.page.locator("[data-testid=stMain]").get_by_role("link", name=words).first.click()
    return arrives(reader, heading)


def arrives(reader: Reader, heading: str | re.Pattern[str]) -> Page:
    """Wait for the page with this heading, which must be drawn whole."""
    reader.page.get_by_role("heading", name=heading, level=1).wait_for(timeout=60_000)
    reader.waits()
    assert reader.faults() == []
    return reader.page


def chooses(reader: Reader, label: str, words: str) -> Page:
    """Pick an option of a filter from the keyboard, as far as typing its words goes."""
    box = reader.page.get_by_role("combobox", name=label)
    box.click()
    box.fill(words)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(100)
    return reader.waits()


def said(page: Page) -> str:
    """The words of a page below its banner."""
    return page.locator("[data-testid=stMain]").inner_text()


def test_leadership_prepares_its_monthly_meeting(reader: Reader, browser: Browser, site: str) -> None:
    """Overview, exceptions of one theme, a measure with its evidence; a colleague opens the shared link."""
    page = reader.opens("")
    assert re.search(r"\d+ exceptions need attention", said(page))
    follows(reader, "All exceptions", "What needs attention")
    everything = page.get_by_role("link", name="See the figures").count()
    chooses(reader, "Theme", "Organisational health")
    assert "theme=organisational_health" in page.url
    chosen = page.get_by_role("link", name="See the figures").count()
    assert 0 < chosen < everything
    page.get_by_text("Why it is here").first.click()
    page.locator("details[open] li").first.wait_for()
    agenda = page.url
    follows(reader, "See the figures", re.compile(".+"))
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    reader.waits()
    assert "measure?measure=" in page.url
    assert page.locator("table th").count() > 0
    seen, address = page.locator("h1").inner_text(), page.url.removeprefix(f"{site}/")
    with reading(browser, site, PHONE) as colleague:
        theirs = colleague.opens(address)
        assert theirs.locator("h1").inner_text() == seen
        theirs = colleague.opens(agenda.removeprefix(f"{site}/"))
        assert theirs.get_by_role("link", name="See the figures").count() == chosen
        assert colleague.faults() == []
    page.go_back()
    arrives(reader, "What needs attention")
    assert page.url == agenda


def test_a_service_manager_puts_a_rejected_file_right(reader: Reader, tmp_path: Path) -> None:
    """My service says what was refused and what to do; the rows set aside come with the reason beside each."""
    page = reader.opens("service?service=highways")
    assert "File refused" in said(page)
    assert re.search(r"What to do: Send the workbook", said(page))
    page = reader.opens("service?service=waste_streets")
    assert "What is due, and what is late" in said(page)
    assert re.search(r"rows? (in \d+ files? )?(are|is) set aside", said(page))
    page = reader.opens("data_quality?source=missed_bin_reports")
    button = page.get_by_role("button", name="Download as CSV").first
    with page.expect_download() as taken:
        button.click()
    kept = tmp_path / taken.value.suggested_filename
    taken.value.save_as(kept)
    assert "rows set aside" in kept.name
    head, *rows = kept.read_text("utf-8-sig").splitlines()
    assert head.endswith("Set aside: reason,Set aside: what to do")
    assert rows
    assert reader.faults() == []


def test_a_scrutiny_member_asks_whether_it_is_normal_for_councils_like_ours(reader: Reader) -> None:
    """Scrutiny says which way things go in words; the measure's trend has words; Peers says if it is usual."""
    page = reader.opens("scrutiny")
    assert "Better and worse are said only where the figures show more than chance gives." in said(page)
    assert "Ask:" in said(page)
    reader.looks(PHONE)
    follows(reader, "See the figures", re.compile(".+"))
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    reader.waits()
    trend = page.locator("[data-testid=stVegaLiteChart]").first.get_attribute("aria-label") or ""
    assert len(trend.split()) > 8
    page = reader.opens("peers")
    assert re.search(r"on \d+ and in the usual range on \d+ of the \d+ measures", said(page))
    page.get_by_role("button", name="See each council").first.click()
    page.wait_for_url(re.compile(r"/peers\?measure="))
    arrives(reader, "How do we compare with councils like ours?")
    assert page.locator("table th").count() > 0
    assert reader.overflow() <= 0
