"""The whole server as it runs in service: what strangers may ask of it, and that it asks nothing of anybody."""

import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.datastructures import Headers
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from pages.server.closed import CLOSED
from pages.server.headers import HEADERS
from tests.asking import Server
from tests.small_snapshot import publish

ROOT = Path(__file__).resolve().parent.parent
BASES = ("/", "/static/", "/media/", "/component/", "/app/static/", "/_stcore/", "/api/", "/healthz/", "/measure/")
CLIMBS = (
    "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%252f..%252f..%252fetc%252fpasswd", "....//....//....//etc/passwd",
    "..\\..\\..\\etc\\passwd", "..%5c..%5c..%5cetc%5cpasswd", "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    "..%00/..%00/etc/passwd", "/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd", "..;/..;/etc/passwd",
    "\\\\evil.example\\share", "%5c%5cevil.example%5cshare", "//evil.example/share", "file:///etc/passwd",
    "C:/Windows/win.ini", "..%2fapp.py", "../metrics.yaml", "..%2f.streamlit%2fconfig.toml",
    "../.streamlit/secrets.toml", "~/.ssh/id_rsa", ".git/config", "%2e%2e%2f.git%2fconfig", "proc/self/environ",
)  # fmt: skip
OURS = re.compile(rb"root:|\[server\]|st\.App|^council:|SCORECARD_DATA|\[core\]", re.MULTILINE)
"""What stands in files that nobody may read."""
REFUSED = (400, 403, 404, 405)


class Running(NamedTuple):
    """The server, its process, and the log of its connections where the machine lets us watch them."""

    server: Server
    process: "subprocess.Popen[bytes]"
    connections: Path | None


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The dashboard on a free port over the small snapshot, watched by strace where that is allowed."""
    folder = tmp_path_factory.mktemp("routes")
    publish(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "connections" if can_watch() else None
    watch = ["strace", "--seccomp-bpf", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(log)]
    process = subprocess.Popen(
        [*(watch if log else []), sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SCORECARD_DATA": str(folder), "SCORECARD_AUDIENCE": "public"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield Running(when_ready(Server(port), process), process, log)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)


def can_watch() -> bool:
    """Whether this machine has strace and lets us use it."""
    if not shutil.which("strace"):
        return False
    tried = subprocess.run(
        ["strace", "--seccomp-bpf", "-f", "-o", os.devnull, "true"], capture_output=True, check=False
    )
    return tried.returncode == 0


def when_ready(server: Server, process: "subprocess.Popen[bytes]") -> Server:
    """The server, once it answers."""
    for _ in range(600):
        assert process.poll() is None, "the dashboard stopped while starting"
        try:
            if server.ask("/healthz").status == 200:
                return server
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the dashboard did not answer within two minutes")


@pytest.fixture(scope="module")
def server(running: Running) -> Server:
    """Where to ask."""
    return running.server


@pytest.fixture(scope="module")
def shell(server: Server) -> bytes:
    """The page that Streamlit sends for every address of its own; its script then looks what the address means."""
    answer = server.ask("/")
    assert answer.status == 200
    return answer.body


def script_of(shell: bytes) -> str:
    """The path of the page's first script."""
    found = re.search(rb'src="\.?(/static/js/[^"]+\.js)"', shell)
    assert found
    return found.group(1).decode()


@pytest.mark.parametrize("base", BASES)
def test_no_path_leads_out_of_what_is_served(server: Server, shell: bytes, base: str) -> None:
    """Climbing paths are refused, or answered with the empty shell of the pages; no file of the machine is sent."""
    for climb in CLIMBS:
        answer = server.ask(f"{base}{climb}")
        assert answer.status in REFUSED or (answer.status == 200 and answer.body == shell), (base, climb, answer.status)
        assert not OURS.search(answer.body), (base, climb)
        assert with_headers(answer.headers), (base, climb)


def with_headers(headers: Message | Headers) -> bool:
    """Whether every security header stands among these, whatever the case of their names."""
    found = {str(name).lower(): value for name, value in headers.items()}
    return all(found.get(name.lower()) == value for name, value in HEADERS.items())


def test_every_answer_carries_the_security_headers(server: Server, shell: bytes) -> None:
    """Pages, scripts, Streamlit's own addresses, ours, errors and answers without a body."""
    tag = server.ask("/api").headers["ETag"]
    for path, status in {
        "/": 200, "/measure": 200, script_of(shell): 200, "/_stcore/health": 200, "/_stcore/host-config": 200,
        "/_stcore/metrics": 404, "/_stcore/nothing": 200, "/media/nothing.csv": 404, "/component/nothing/x": 404,
        "/healthz": 200, "/api": 200, "/api/nothing": 404, "/api/measures?x=1": 400, "/api/measures.csv": 200,
        "/..%2f": 400,
    }.items():  # fmt: skip
        answer = server.ask(path)
        assert answer.status == status, path
        assert with_headers(answer.headers), path
    for answer in (
        server.ask("/api", "DELETE"),
        server.ask("/healthz", "POST", body=b""),
        server.ask("/api", If_None_Match=tag),
        server.ask("/_stcore/upload_file/a/b", "PUT", body=b"x"),
        server.ask("/_stcore/stream"),
    ):
        assert with_headers(answer.headers)
        assert answer.status in (200, 304, 400, 403, 404, 405)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused(server: Server, method: str) -> None:
    """On pages, scripts, health and the API alike; nothing is echoed."""
    for path in ("/", "/measure", "/healthz", "/api", "/api/measures", "/_stcore/health", "/media/x"):
        answer = server.ask(path, method, X_Planted="planted-7731")
        assert answer.status in REFUSED, path
        assert b"planted-7731" not in answer.body


@pytest.mark.parametrize("closed", CLOSED)
def test_streamlits_inner_addresses_are_closed(server: Server, closed: str) -> None:
    """Counts of sessions and the agent API answer as if they were not there, by every method."""
    for path in (closed, f"{closed}/", f"{closed}/interact", f"{closed}/openapi.json", f"{closed}/mcp"):
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            assert server.ask(path, method, body=b"{}" if method == "POST" else None).status == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1@evil.example", "[::1]", "x" * 300])
def test_a_strange_host_changes_nothing(server: Server, shell: bytes, host: str) -> None:
    """No answer repeats the Host header: not in its body, and not in a redirect."""
    for path in ("/", "/measure", "/measure/", "/healthz", "/healthz/", "/api", "/api/", "/api/exceptions.atom"):
        answer = server.ask(path, Host=host, X_Forwarded_Host=host)
        assert answer.status in (200, 301, 400, 403, 404), path
        assert "evil" not in answer.headers.get("Location", "")
        assert host not in str(answer.headers)
        assert host.encode() not in answer.body
    assert server.ask("/", Host=host).body in (shell, b"") or server.ask("/", Host=host).status == 400


def test_other_sites_can_neither_read_nor_connect(server: Server) -> None:
    """No address allows a foreign origin, and the websocket refuses it."""
    for path in ("/", "/healthz", "/api", "/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b"):
        for method in ("GET", "OPTIONS"):
            headers = server.ask(path, method, Origin="https://evil.example").headers
            assert headers.get("Access-Control-Allow-Origin") in (None, f"http://localhost:{server.port}"), path
    with pytest.raises(InvalidStatus) as refused, socket_of(server, Origin("https://evil.example")):
        pass
    assert refused.value.response.status_code == 403
    assert with_headers(refused.value.response.headers)
    for origin in (f"http://127.0.0.1:{server.port}", f"http://localhost:{server.port}", None):
        with socket_of(server, Origin(origin) if origin else None) as connection:
            assert connection.subprotocol == "streamlit"


def socket_of(server: Server, origin: Origin | None = None):  # type: ignore[no-untyped-def]
    """A session's websocket."""
    return connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=origin,
        max_size=1 << 28,
        proxy=None,
        close_timeout=2,
    )


def messages_of(server: Server, page: str) -> list[ForwardMsg]:
    """Everything that one run of a page sends."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    found: list[ForwardMsg] = []
    with socket_of(server) as connection:
        connection.send(asked.SerializeToString())
        while not found or found[-1].WhichOneof("type") != "script_finished":
            found.append(ForwardMsg.FromString(connection.recv(timeout=90)))
    return found


def test_scripts_and_styles_are_compressed_once_and_whole(server: Server, shell: bytes) -> None:
    """For browsers that take it, with the same content; the second answer is the first's; ranges pass untouched."""
    path = script_of(shell)
    plain = server.ask(path)
    assert "Content-Encoding" not in plain.headers
    first, second = (server.ask(path, Accept_Encoding="gzip, br") for _ in range(2))
    for packed in (first, second):
        assert packed.headers["Content-Encoding"] == "gzip"
        assert int(packed.headers["Content-Length"]) == len(packed.body) < len(plain.body) / 2
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.body) == plain.body
        assert packed.headers["Cache-Control"] == plain.headers["Cache-Control"]
    assert "Content-Encoding" not in server.ask(path, Accept_Encoding="gzip;q=0").headers
    part = server.ask(path, Accept_Encoding="gzip", Range="bytes=0-9")
    assert (part.status, part.body) == (206, plain.body[:10])
    assert server.ask(path, "HEAD", Accept_Encoding="gzip").body == b""
    assert server.ask("/static/js/nothing.js", Accept_Encoding="gzip").body == shell


def test_the_api_is_compressed(server: Server) -> None:
    """By the server around it; the content is the same."""
    for path in ("/api/observations", "/api/observations.csv"):
        packed = server.ask(path, Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == server.ask(path).body


def test_pages_run_and_report_nothing_home(server: Server) -> None:
    """The browser is told not to send usage statistics, and the page shows no fault."""
    sent = messages_of(server, "exceptions")
    sessions = [message.new_session for message in sent if message.WhichOneof("type") == "new_session"]
    assert [session.config.gather_usage_stats for session in sessions] == [False]
    assert sum(message.WhichOneof("type") == "delta" for message in sent) > 3
    assert sent[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def test_nothing_is_asked_of_anybody_outside(running: Running) -> None:
    """Not one connection leaves the machine: not at start, not for pages or the API, not for a stranger's origin."""
    if running.connections is None:
        pytest.skip("needs strace and the right to use it")
    for page in ("", "exceptions", "measure"):
        messages_of(running.server, page)
    for path in ("/api", "/api/observations.csv", "/api/exceptions.atom", "/healthz", "/_stcore/health"):
        assert running.server.ask(path, Origin="https://evil.example").status == 200
    with pytest.raises(InvalidStatus), socket_of(running.server, Origin("https://evil.example")):
        pass
    asked = running.connections.read_text(encoding="utf-8", errors="replace").splitlines()
    outside = [
        line
        for line in asked
        if re.search(r"AF_INET6?\b", line) and not re.search(r'"(127\.[\d.]+|::1|::ffff:127\.[\d.]+)"', line)
    ]
    assert outside == []
    assert not [line for line in asked if "sin_port=htons(53)" in line]


def test_a_connection_outside_would_be_seen(tmp_path: Path) -> None:
    """The watch above is worth something: it sees an attempt, though no network answers."""
    if not can_watch():
        pytest.skip("needs strace and the right to use it")
    log = tmp_path / "connections"
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    subprocess.run(
        ["strace", "--seccomp-bpf", "-f", "-qq", "-e", "trace=connect", "-o", str(log), sys.executable, "-c", code],
        check=False,
    )
    assert "192.0.2.1" in log.read_text(encoding="utf-8")
