"""How soon a visitor sees something: from asking in Chromium to a title, and to a chart that is painted."""

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bench.cost import BenchFailed
from bench.server import LOOPBACK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONGEST: Final = 60_000
CHART: Final = "[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas"
FLAGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")


@dataclass(frozen=True)
class Painted:
    """Seconds from asking until the title stood there, and until the first chart did; of a first visit and a second."""

    title: float
    chart: float
    again_title: float
    again_chart: float


def paint(port: int, address: str) -> Painted:
    """A browser that has never been here asks for a page with a chart, and then once more."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("SCORECARD_CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            return _twice(browser, f"http://{LOOPBACK}:{port}/{address}")
        finally:
            browser.close()


def _twice(browser: "Browser", address: str) -> Painted:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    seen: list[float] = []
    for _ in range(2):
        page = context.new_page()
        began = time.perf_counter()
        page.goto(address, timeout=LONGEST, wait_until="commit")
        for sign in ("h1", CHART):
            if page.wait_for_selector(sign, timeout=LONGEST) is None:
                raise BenchFailed(f"{address} never showed {sign}.")
            seen.append(time.perf_counter() - began)
        page.close()
    context.close()
    return Painted(*seen)
