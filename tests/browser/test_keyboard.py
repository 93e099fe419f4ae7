"""Everything from the keyboard alone: reached, seen, used and left again, in the order of reading."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reader import Reader, chromium, reading, serving
from tests.small_snapshot import publish

pytestmark = pytest.mark.browser

PATHS = (
    "", "exceptions", "measure", "service?service=waste", "data_quality", "scrutiny", "peers", "measures", "plan",
    "register", "board", "help",
)  # fmt: skip
MOST_STEPS = 260
_FOCUS = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    window.focusCount = window.focusCount || 0;
    at.dataset.focusId = at.dataset.focusId || String(++window.focusCount);
    return { id: at.dataset.focusId, tag: at.tagName, inMain: !!at.closest('[data-testid=stMain]'),
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        name: at.getAttribute('aria-label') || at.innerText || at.title || at.labels?.[0]?.innerText || '' };
}"""
"""Where the focus is: which element, whether it can be seen, and what it is called."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the small council."""
    folder: Path = tmp_path_factory.mktemp("keyboard")
    publish(folder)
    with serving(folder) as site, reading(browser, site) as one:
        yield one


def steps_through(page: Page) -> list[dict[str, object]]:
    """Every place the focus comes to with Tab, from the top of the page until it leaves it."""
    page.evaluate("() => { document.activeElement?.blur(); getSelection()?.removeAllRanges(); }")
    places: list[dict[str, object]] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        place = page.evaluate(_FOCUS)
        if place["tag"] == "BODY" or (places and place["id"] == places[0]["id"]):
            return places
        places.append(place)
    raise AssertionError(f"the focus is still on the page after {MOST_STEPS} steps: {places[-1]}")


@pytest.mark.parametrize("path", PATHS)
def test_tab_goes_through_a_page_and_out_of_it(reader: Reader, path: str) -> None:
    """No trap, no place twice, every place named and in sight, and the page's own links and fields among them."""
    page = reader.opens(path)
    places = steps_through(page)
    assert places[0]["name"] == "Skip to main content"
    assert len({place["id"] for place in places}) == len(places)
    nameless = [p for p in places if not str(p["name"]).strip() and p["tag"] not in ("MAIN", "SECTION", "DIV")]
    assert nameless == []
    assert [p for p in places[1:] if not p["seen"] and p["tag"] not in ("MAIN", "SECTION")] == []
    inner = [p for p in places if p["inMain"] and p["tag"] in ("A", "BUTTON", "SUMMARY", "INPUT")]
    assert inner, "nothing in the page itself can be reached"


def test_the_skip_link_leads_past_the_menu(reader: Reader) -> None:
    """Tab, Enter, Tab: the next stop is in the page's own content, not in the menu."""
    page = reader.opens("exceptions")
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS)["name"] == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('[data-testid=stMain]')")


@pytest.mark.parametrize("path", ["help", "exceptions", "data_quality"])
def test_the_focus_is_seen(reader: Reader, path: str) -> None:
    """A stop looks different from itself without the focus: a picture of it changes."""
    page = reader.opens(path)
    kinds: set[str] = set()
    for place in steps_through(page):
        kind = f"{place['tag']}"
        if not place["inMain"] or kind in kinds or kind not in ("A", "BUTTON", "SUMMARY", "INPUT"):
            continue
        kinds.add(kind)
        spot = page.locator(f"[data-focus-id='{place['id']}']")
        spot.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        around = spot.evaluate("e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }")
        x, y, width, height = around
        clip = {"x": max(x - 8, 0), "y": max(y - 8, 0), "width": width + 16, "height": height + 16}
        reader.waits()
        with_focus = page.screenshot(clip=clip)  # type: ignore[arg-type]
        page.evaluate("() => document.activeElement.blur()")
        reader.waits()
        assert page.screenshot(clip=clip) != with_focus, place  # type: ignore[arg-type]
    assert kinds


def test_a_filter_is_used_from_the_keyboard(reader: Reader) -> None:
    """Typed, chosen with Enter, and in the address; the focus stays where it was."""
    page = reader.opens("exceptions")
    box = page.get_by_role("combobox", name="Theme")
    box.focus()
    page.keyboard.type("Citizen")
    page.keyboard.press("Enter")
    page.wait_for_url("**theme=citizen_intelligence*")
    reader.waits()
    assert page.evaluate("() => document.activeElement.tagName") == "INPUT"


def test_a_page_is_opened_from_the_menu_with_the_keyboard(reader: Reader) -> None:
    """Enter opens a part of the menu, the arrows or Tab go through it, Enter opens the page, Escape closes the menu."""
    page = reader.opens("help")
    part = page.get_by_role("button", name="Services")
    part.focus()
    page.keyboard.press("Enter")
    first = page.get_by_role("menuitem", name="My service")
    first.wait_for()
    page.keyboard.press("Escape")
    first.wait_for(state="hidden")
    part.focus()
    page.keyboard.press("Enter")
    first.wait_for()
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/service*")
    reader.waits()
    assert page.locator("h1").inner_text().strip() == "My service"


def test_a_fold_and_a_download_are_used_from_the_keyboard(reader: Reader) -> None:
    """Enter unfolds what is folded; Enter on the download's button brings the file."""
    page = reader.opens("definitions")
    fold = page.locator("[data-testid=stMain] summary").first
    if fold.count():
        fold.focus()
        page.keyboard.press("Enter")
        page.locator("details[open]").first.wait_for()
    button = page.get_by_role("button", name="Printable definitions").first
    button.focus()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename == "definitions.html"
