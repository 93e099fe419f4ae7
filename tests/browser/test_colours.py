"""Statuses without colour: each is told by its word and its symbol, and can be read however its reader sees colours."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.reader import DESKTOP, Reader, chromium, reading, serving
from tests.small_snapshot import publish

pytestmark = pytest.mark.browser

SIGHTS = ("none", "achromatopsia", "deuteranopia", "protanopia", "tritanopia")
READABLE = 4.5
"""Contrast of text that WCAG asks for at level AA."""


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


def contrast(picture: bytes) -> float:
    """Between the lightest and the darkest colour of a picture."""
    with Image.open(io.BytesIO(picture)) as image:
        shades = [luminance(colour) for _, colour in image.convert("RGB").getcolors(1 << 24) or []]
    return (max(shades) + 0.05) / (min(shades) + 0.05)


def test_every_status_has_a_symbol_and_a_word_of_its_own(reader: Reader) -> None:
    """Within each table of the Help page no two rows share a symbol or a word."""
    tables = reader.page.locator("[data-testid=stTable] table")
    seen = 0
    for at in range(3):
        cells = tables.nth(at).locator("tbody tr td:first-child, tbody tr th:first-child")
        symbols = cells.locator("[data-testid=stIconMaterial]").all_inner_texts()
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
    badges = reader.page.locator("[data-testid=stTable] .stMarkdownBadge")
    assert badges.count() >= 14
    faint = {}
    for sight in SIGHTS:
        eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
        for badge in badges.all():
            reached = contrast(badge.screenshot())
            if reached < READABLE:
                faint[sight, badge.inner_text()] = round(reached, 2)
    eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    reader.looks(DESKTOP)
    assert faint == {}
