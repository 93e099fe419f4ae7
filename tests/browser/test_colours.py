"""Statuses without colour: each is told by its word and its symbol, and can be read however its reader sees colours."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator

from tests.browser.reader import DESKTOP, Reader, chromium, reading, serving
from tests.small_snapshot import publish

pytestmark = pytest.mark.browser

SIGHTS = {"none": 4.5, "achromatopsia": 4.0, "deuteranopia": 4.0, "protanopia": 4.0, "tritanopia": 4.0}
"""Ways of seeing colours, and the contrast that text must have: WCAG asks for 4.5 of colours as they are."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the Help page, where every status, direction and state stands with its symbol."""
    folder: Path = tmp_path_factory.mktemp("colours")
    publish(folder)
    with serving(folder) as site, reading(browser, site) as one:
        one.opens("help")
        yield one


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [each / 255 for each in colour[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrasts(table: Locator) -> dict[str, float]:
    """Between the lightest and the darkest colour of each badge in a table, by the badge's words."""
    whole, found = table.bounding_box(), {}
    assert whole
    with Image.open(io.BytesIO(table.screenshot())) as image:
        for badge in table.locator(".stMarkdownBadge").all():
            box = badge.bounding_box()
            assert box
            left, top = box["x"] - whole["x"], box["y"] - whole["y"]
            part = image.crop((int(left) + 1, int(top) + 1, int(left + box["width"]) - 1, int(top + box["height"]) - 1))
            shades = [luminance(colour) for _, colour in part.convert("RGB").getcolors(1 << 24) or []]
            found[badge.inner_text()] = (max(shades) + 0.05) / (min(shades) + 0.05)
    return found


def test_every_status_has_a_symbol_and_a_word_of_its_own(reader: Reader) -> None:
    """Within each table of the Help page no two rows share a symbol or a word."""
    tables = reader.page.locator("[data-testid=stTable] table")
    seen = 0
    for at in range(3):
        cells = tables.nth(at).locator("tbody tr td:first-child, tbody tr th:first-child")
        symbols = cells.locator("span[role=img]").all_inner_texts()
        words = [
            " ".join(text.replace(symbol, "").split())
            for text, symbol in zip(cells.all_inner_texts(), symbols, strict=True)
        ]
        assert len(set(symbols)) == len(symbols) > 3
        assert len(set(words)) == len(words)
        assert all(words)
        seen += len(symbols)
    assert seen >= 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_status_can_be_read_however_colours_are_seen(reader: Reader, scheme: str) -> None:
    """In grey and with three kinds of colour blindness its word and symbol keep the contrast that text must have."""
    reader.looks(DESKTOP, scheme)
    eyes = reader.context.new_cdp_session(reader.page)
    tables = reader.page.locator("[data-testid=stTable] table")
    faint, seen = {}, 0
    for sight, enough in SIGHTS.items():
        eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
        for at in (0, 2):
            tables.nth(at).scroll_into_view_if_needed()
            reached = contrasts(tables.nth(at))
            seen += len(reached)
            faint |= {(sight, words): round(ratio, 2) for words, ratio in reached.items() if ratio < enough}
    eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    reader.looks(DESKTOP)
    assert seen >= 14 * len(SIGHTS)
    assert faint == {}
