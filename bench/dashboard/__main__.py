"""The command line: python -m bench.dashboard reruns|crowd|painted|soak|kills|large --data DIR [...]."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from bench.cost import ROOT, BenchFailed
from bench.dashboard.crowd import Visit, gather
from bench.dashboard.kills import times_to_serve_again
from bench.dashboard.large import publish_large
from bench.dashboard.painted import Painted, paint
from bench.dashboard.reruns import PAGES, cost_of_reruns
from bench.dashboard.soak import soak
from bench.server import Server, empty_page, plain_page, serving

THINK: Final = (1.0, 3.0)
CROWDS: Final = (20, 50, 80, 100)
LONG_ENOUGH: Final = 30.0
"""Seconds that each crowd stays."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure one thing and print its table. Returns an exit code."""
    given = _parser().parse_args(arguments)
    try:
        for line in _PARTS[given.part](given):
            print(line, flush=True)
    except BenchFailed as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _reruns(given: argparse.Namespace) -> Iterator[str]:
    """CPU of a rerun of each page, each on a server of its own, beside an empty page's in the same run."""
    with TemporaryDirectory() as folder:
        floor = cost_of_reruns(empty_page(Path(folder)), given.data, Visit(""))
    yield f"{'an empty page':40} {1000 * floor.cpu:6.1f} ms"
    for name, visit in PAGES.items():
        cost = cost_of_reruns(ROOT / "app.py", given.data, visit)
        yield (
            f"{name:40} {1000 * cost.cpu:6.1f} ms  {cost.cpu / floor.cpu:5.1f} x  {cost.elements:4d} elements,"
            f" first visit {1000 * cost.first:5.0f} ms"
        )


def _crowd(given: argparse.Namespace) -> Iterator[str]:
    """Waits of more and more visitors, on one server or several."""
    visits = [PAGES[name] for name in ("Exceptions", "Deep dive")]
    for sessions in given.sessions or CROWDS:
        with _servers(given.replicas, given.data) as servers:
            ports = [server.port for server in servers]
            before = sum(server.cpu for server in servers)
            crowd = asyncio.run(gather(ports, visits, sessions, LONG_ENOUGH, THINK))
            used = sum(server.cpu for server in servers) - before
        yield (
            f"{sessions:4d} visitors, {given.replicas} server(s): {len(crowd.waits):5d} reruns, middle"
            f" {1000 * crowd.percentile(0.5):5.0f} ms, p95 {1000 * crowd.percentile(0.95):5.0f} ms, first visits up to"
            f" {max(crowd.first, default=0):4.1f} s, {len(crowd.failures)} failures, {used / LONG_ENOUGH:4.2f} cores"
        )


@contextmanager
def _servers(how_many: int, data: Path) -> Iterator[list[Server]]:
    with ExitStack() as open_until_done:
        settings = {"SCORECARD_DATA": str(data)}
        servers = [open_until_done.enter_context(serving(ROOT / "app.py", settings)) for _ in range(how_many)]
        for server in servers:
            server.wait_until_healthy("/healthz")
        yield servers


def _painted(given: argparse.Namespace) -> Iterator[str]:
    """Seconds to a painted title and chart, turn about with a plain Streamlit page with one chart."""
    found: dict[str, list[Painted]] = {"a plain page with a chart": [], "Deep dive": []}
    with TemporaryDirectory() as folder:
        for _ in range(given.repeats):
            for name, script, address in (
                ("a plain page with a chart", plain_page(Path(folder)), ""),
                ("Deep dive", ROOT / "app.py", f"measure?{PAGES['Deep dive'].query}"),
            ):
                with serving(script, {"SCORECARD_DATA": str(given.data)}) as server:
                    server.wait_until_healthy("/_stcore/health")
                    found[name].append(paint(server.port, address))
    for name, turns in found.items():
        parts = [f"{part} {median(getattr(turn, part) for turn in turns):5.2f} s" for part in Painted.__annotations__]
        yield f"{name:28} {', '.join(parts)}"


def _soak(given: argparse.Namespace) -> Iterator[str]:
    """Memory, failures and snapshots over a long time."""
    found = soak(given.data, list(PAGES.values()), given.minutes * 60)
    yield (
        f"{given.minutes:g} minutes, {len(found.crowd.waits)} reruns, {found.publications} publications,"
        f" {len(found.crowd.failures)} failures, {found.mixed} mixed, {found.late} late;"
        f" p95 {1000 * found.crowd.percentile(0.95):.0f} ms; memory at the end {found.memory[-1][1]:.0f} MiB,"
        f" growth {found.growth:+.0f} MiB"
    )
    yield from sorted(set(found.crowd.failures))[:10]


def _kills(given: argparse.Namespace) -> Iterator[str]:
    """Seconds until it serves again after kill -9 under a crowd."""
    waits = times_to_serve_again(given.data, list(PAGES.values()), given.kills)
    yield f"{len(waits)} kills: serving again after {median(waits):.1f} s (middle), {max(waits):.1f} s (longest)"


def _large(given: argparse.Namespace) -> Iterator[str]:
    """Publish the large council."""
    yield str(publish_large(given.data, [sys.executable, "-m", "pipelines", "run"]))


_PARTS: Final[dict[str, Callable[[argparse.Namespace], Iterator[str]]]] = {
    "reruns": _reruns, "crowd": _crowd, "painted": _painted, "soak": _soak, "kills": _kills,
    "large": _large,
}  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.dashboard", description="See bench/README.md.")
    parser.add_argument("part", choices=list(_PARTS), help="what to measure; large: publish the large council")
    parser.add_argument("--data", type=Path, required=True, help="a data folder in which figures are published")
    parser.add_argument("--replicas", type=int, default=1, help="servers that the crowd is shared out over (1)")
    parser.add_argument("--sessions", type=int, action="append", help="visitors at once, again for more (20 to 100)")
    parser.add_argument("--repeats", type=int, default=3, help="turns of painted (3)")
    parser.add_argument("--minutes", type=float, default=30, help="how long to soak (30)")
    parser.add_argument("--kills", type=int, default=20, help="how often the server is killed (20)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
