"""A reader in front of a real browser: opens an address, changes the look of the page, and says what is in the way."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP, PHONE, NARROWEST = (1366, 768), (390, 844), (320, 640)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HARMLESS = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit's own page looks for these below the page's address first, then where they are."""
LONGEST_WAIT = 150_000
"""Milliseconds that anything may take: other tests keep the machine busy meanwhile."""
_QUIET = """() => {
    if (!window.lastChange) {
        window.lastChange = performance.now();
        new MutationObserver(() => { window.lastChange = performance.now(); })
            .observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    }
    const app = document.querySelector('[data-testid=stApp]');
    return app?.dataset.testScriptState === 'notRunning' && document.querySelector('h1')
        && !document.querySelector('[data-testid=stSkeleton]') && performance.now() - window.lastChange > 350;
}"""
"""The script has run, nothing waits to be drawn, and nothing has changed for a while."""

_WIDER = """() => Math.max(document.documentElement.scrollWidth,
    document.querySelector('[data-testid=stMain]').scrollWidth) - window.innerWidth"""


@contextmanager
def serving(data: Path, audience: str = "officers") -> Iterator[str]:
    """The dashboard on a free port, as it is run in service, over a data folder and for an audience."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SCORECARD_DATA": str(data), "SCORECARD_AUDIENCE": audience},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _when_ready(f"http://localhost:{port}", server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _when_ready(address: str, server: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        assert server.poll() is None, "the dashboard stopped while starting"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                json.load(answer)
            return address
        except urllib.error.HTTPError:
            return address
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the dashboard did not answer within two minutes")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window; skips where there is none."""
    path = os.environ.get("SCORECARD_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("needs Chromium: set SCORECARD_CHROMIUM, or run make test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Reader:
    """One page in one browser, of the dashboard at an address; `complaints` are what the browser itself objected to."""

    site: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def opens(self, path: str) -> Page:
        """Go to an address of the dashboard and wait until it is drawn."""
        self.complaints.clear()
        self.page.goto(f"{self.site}/{path}")
        return self.waits()

    def waits(self) -> Page:
        """Wait until the page is drawn."""
        self.page.wait_for_function(_QUIET, timeout=LONGEST_WAIT, polling=60)
        return self.page

    def looks(self, size: tuple[int, int], scheme: str = "light") -> None:
        """The same page in another window or in the other colours."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if self.page.url.startswith(self.site):  # before the first page there is nothing to wait for
            self.waits()

    def overflow(self) -> int:
        """Pixels by which the page stays wider than the window; a chart may take a moment to fit a new one."""
        for _ in range(20):
            wider = int(self.page.evaluate(_WIDER))
            if wider <= 0:
                break
            self.page.wait_for_timeout(100)
        return wider

    def barriers(self) -> list[tuple[str, Any]]:
        """WCAG 2.2 AA rules that axe finds broken, with the first place of each, those in the statement aside."""
        found = Axe().run(
            self.page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        )
        places = [(one["id"], node) for one in found.response["violations"] for node in one["nodes"]]
        kept = [(rule, node["html"][:300]) for rule, node in places if not self._in_statement(rule, node["target"])]
        return list({rule: (rule, html) for rule, html in reversed(kept)}.values())

    def _in_statement(self, rule: str, target: list[str]) -> bool:
        """Whether a place is in Streamlit's own menu on a phone, whose list the accessibility statement tells of."""
        within = "place => !!document.querySelector(place)?.closest('[data-testid=stSidebarNav]')"
        return rule in ("list", "listitem") and bool(self.page.evaluate(within, target[0]))

    def faults(self) -> list[str]:
        """Parts of the page that could not be drawn, and what the browser complained of."""
        broken = self.page.locator(".stException, [data-testid=stAlert]:has-text('cannot be shown just now')")
        return broken.all_inner_texts() + self.complaints

    def hears(self, page: Page) -> None:
        """Keep what the browser objects to while this page is drawn."""
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("response", lambda answer: self._notes(answer.url) if answer.status >= 400 else None)
        page.on("console", lambda said: self._notes(said.text) if said.type == "error" else None)

    def _notes(self, said: str) -> None:
        if not said.endswith(HARMLESS) and "status of 404" not in said:
            self.complaints.append(said)


@contextmanager
def reading(browser: Browser, site: str, size: tuple[int, int] = DESKTOP, **context: Any) -> Iterator[Reader]:
    """A reader of the dashboard at `site`, with a browser profile of their own."""
    profile = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
    profile.set_default_timeout(LONGEST_WAIT)
    reader = Reader(site, profile, profile.new_page())
    reader.hears(reader.page)
    try:
        yield reader
    finally:
        profile.close()
