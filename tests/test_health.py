"""What /healthz answers."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPMessage
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from pages.server.headers import HEADERS
from pages.server.routes import MIDDLEWARE, ROUTES
from scorecard.snapshot.folder import folder_of, switch
from scorecard.snapshot.health import health
from tests.small_snapshot import publish


def now() -> str:
    """The name of a snapshot published this second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ.duckdb")


Answer = tuple[int, dict[str, str | int | None], HTTPMessage]
Get = Callable[[str], Answer]


@pytest.fixture
def get(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Get]:
    """Ask the web server's own routes, without Streamlit's, over an empty data folder."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    app = Starlette(routes=list(ROUTES), middleware=list(MIDDLEWARE))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield lambda path: ask(f"http://127.0.0.1:{port}{path}")
    server.should_exit = True
    thread.join()


def ask(address: str) -> Answer:
    """Status, JSON body (empty for other bodies) and headers of one answer."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, json.loads(answer.read()), answer.headers
    except urllib.error.HTTPError as refused:
        with refused:
            text = refused.read()
        return refused.code, json.loads(text) if text.startswith(b"{") else {}, refused.headers


def test_fresh_figures_are_ok(tmp_path: Path, get: Get) -> None:
    """200, with the snapshot that is open, its time in UTC, its age and the council."""
    path = publish(tmp_path, now())
    status, body, _ = get("/healthz")
    assert status == 200
    assert (body["status"], body["snapshot"], body["council"]) == ("ok", path.stem, "Exampleton Council")
    assert datetime.fromisoformat(str(body["published_at"])).tzinfo == UTC
    assert 0 <= int(body["age_seconds"] or 0) < 60
    assert body["problem"] is None


def test_old_figures_are_stale_but_served(tmp_path: Path, get: Get) -> None:
    """200 still: old figures are better than none, and the body says so."""
    publish(tmp_path, "2020-01-01T000000Z.duckdb")
    status, body, _ = get("/healthz")
    assert (status, body["status"]) == (200, "stale")
    assert "days ago" in str(body["problem"])


def test_no_figures_is_503(get: Get) -> None:
    """503 and what to do when nothing has been published."""
    status, body, _ = get("/healthz")
    assert (status, body["status"]) == (503, "unavailable")
    assert "python -m pipelines run" in str(body["problem"])


def test_a_nonsense_setting_is_503_not_a_crash(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that cannot be read is named in the answer."""
    monkeypatch.setenv("SCORECARD_STALE_HOURS", "soon")
    status, body, _ = get("/healthz")
    assert status == 503
    assert "SCORECARD_STALE_HOURS" in str(body["problem"])


def test_it_names_the_snapshot_really_open(tmp_path: Path) -> None:
    """While `current` points at a file that is gone, the last good snapshot is named, and why."""
    path = publish(tmp_path, now())
    assert health(tmp_path, 26, "officers")["status"] == "ok"
    switch(folder_of(tmp_path), "2099-01-01T000000Z.duckdb")
    state = health(tmp_path, 26, "officers")
    assert (state["status"], state["snapshot"]) == ("stale", path.stem)
    assert "2099-01-01T000000Z" in str(state["problem"])


def test_every_answer_carries_the_security_headers(get: Get) -> None:
    """Also those for pages that do not exist."""
    for path in ("/healthz", "/nowhere"):
        _, _, headers = get(path)
        assert {name: headers[name] for name in HEADERS} == HEADERS
