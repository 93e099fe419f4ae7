"""Every page in a real browser, on both councils: it draws, it fits, and it can be read by everyone."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = {
    "": "What needs attention",
    "theme": "Themes",
    "measure": None,
    "data_quality": "Data quality",
    "definitions": "Definitions",
    "changes": "Changes to measures",
}
"""Address of each page and its heading; the measure page is headed by its measure."""
LOOKS = {
    "desktop, light": ({"width": 1366, "height": 768}, "light"),
    "desktop, dark": ({"width": 1366, "height": 768}, "dark"),
    "phone, light": ({"width": 390, "height": 844}, "light"),
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALLOWED: dict[str, str] = {}
"""Rules of axe that may fail, each with the reason why that is not ours to mend. None at present."""
LONGEST_WAIT = 120_000
"""Milliseconds that a page may take to draw: other tests keep the machine busy meanwhile."""
HARMLESS = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit's own page looks for these below the page's address first, then where they are."""


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The dashboard on a free port, as it is run in service, over a data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SCORECARD_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _when_ready(f"http://localhost:{port}", server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _when_ready(address: str, server: "subprocess.Popen[bytes]") -> str:
    for _ in range(300):
        assert server.poll() is None, "the dashboard stopped while starting"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                json.load(answer)
            return address
        except urllib.error.HTTPError:
            return address
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the dashboard did not answer within a minute")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    path = os.environ.get("SCORECARD_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("needs Chromium: set SCORECARD_CHROMIUM, or run make test")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def demonstration_site(demonstration: Path) -> Iterator[str]:
    """The dashboard of the demonstration council."""
    with serving(demonstration) as address:
        yield address


@pytest.fixture(scope="module")
def published_site(published: Path) -> Iterator[str]:
    """The dashboard of the published example."""
    with serving(published) as address:
        yield address


@pytest.fixture(params=["demonstration_site", "published_site"])
def site(request: pytest.FixtureRequest) -> str:
    """Each of the two dashboards in turn."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    """Each size and colour scheme in turn."""
    return str(request.param)


@pytest.fixture
def opened(browser: Browser, look: str) -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """Open an address in this look: the drawn page, and what the browser complained of."""
    size, scheme = LOOKS[look]
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(LONGEST_WAIT)

    def visit(address: str) -> tuple[Page, list[str]]:
        page, complaints = context.new_page(), []
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.wait_for_selector("h1")
        _wait_until_drawn(page)
        return page, [one for one in complaints if not one.endswith(HARMLESS) and "status of 404" not in one]

    yield visit
    context.close()


def _wait_until_drawn(page: Page) -> None:
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_function("() => !document.querySelector('[data-testid=stApp][data-test-script-state=running]')")
    page.wait_for_timeout(700)


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(
        page.evaluate(
            "() => Math.max(document.documentElement.scrollWidth,"
            " document.querySelector('[data-testid=stMain]').scrollWidth) - window.innerWidth"
        )
    )


def violations(page: Page) -> list[tuple[str, Any]]:
    """WCAG 2.2 AA rules that axe finds broken, with the first place of each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:300]) for one in found if one["id"] not in ALLOWED]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_draws_and_can_be_read(
    site: str, path: str, opened: Callable[[str], tuple[Page, list[str]]]
) -> None:
    """A heading, no fault, nothing to scroll sideways, no complaint of the browser and no barrier that axe knows."""
    page, complaints = opened(f"{site}/{path}")
    heading = page.locator("h1").inner_text()
    assert heading.strip() == (PAGES[path] or heading.strip())
    assert page.locator(".stException").count() == 0
    assert page.get_by_text("cannot be shown just now").count() == 0
    assert complaints == []
    assert overflow(page) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("look", ["desktop, light"], indirect=True)
def test_an_exception_leads_to_its_measure(
    demonstration_site: str, opened: Callable[[str], tuple[Page, list[str]]]
) -> None:
    """The first link of the list opens that measure, whose chart has words and a table; going back returns."""
    page, _ = opened(demonstration_site)
    card = page.locator(
        "[data-testid=stMain] [data-testid=stVerticalBlock]", has=page.get_by_text("See the figures")
    ).last
    titles = card.locator("strong").all_inner_texts()
    card.get_by_text("See the figures").click()
    page.wait_for_selector("[data-testid=stVegaLiteChart]")
    _wait_until_drawn(page)
    assert page.locator("h1").inner_text().strip() in titles
    assert "measure?measure=" in page.url
    assert page.locator("[data-testid=stVegaLiteChart] [aria-label]").count() > 0
    assert page.locator("table").count() > 0
    page.go_back()
    page.wait_for_function("() => document.querySelector('h1')?.innerText.includes('What needs attention')")


@pytest.mark.parametrize(
    ("path", "words"),
    [("", "Why it is here"), ("measure?measure=council_tax_collected", "What could not be judged, and why")],
)
def test_what_is_folded_opens_from_the_keyboard(
    demonstration_site: str, path: str, words: str, opened: Callable[[str], tuple[Page, list[str]]]
) -> None:
    """Enter unfolds the reasons; they fit, and axe finds no barrier in them."""
    page, _ = opened(f"{demonstration_site}/{path}")
    folded = page.locator("[data-testid=stExpander]", has_text=words).first
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    folded.locator("li").first.wait_for(state="visible")
    page.wait_for_timeout(500)
    assert folded.locator("li strong").first.inner_text().endswith(":")
    assert overflow(page) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("look", ["phone, light"], indirect=True)
def test_nothing_published_is_a_plain_card(tmp_path: Path, opened: Callable[[str], tuple[Page, list[str]]]) -> None:
    """Before the first run every page says what to do, and /healthz answers 503."""
    with serving(tmp_path) as address:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}/healthz", timeout=10)
        assert refused.value.code == 503
        page, _ = opened(f"{address}/measure")
        assert page.get_by_text("No figures have been published yet.").count() == 1
        assert page.locator(".stException").count() == 0
        assert violations(page) == []
