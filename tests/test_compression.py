"""Scripts kept compressed are whole, whoever asked for them first."""

import asyncio
import gzip

from starlette.types import Message, Receive, Scope, Send

from pages.server.compression import CompressedAssets

SCRIPT = b"export const answer = 42;\n" * 400
SCOPE: Scope = {
    "type": "http", "method": "GET", "path": "/static/js/one.js", "headers": [(b"accept-encoding", b"gzip")],
}  # fmt: skip


async def half_way(scope: Scope, receive: Receive, send: Send) -> None:
    """A file server that stops half-way when the browser has gone, as Starlette's does."""
    headers = [(b"content-type", b"text/javascript"), (b"content-length", str(len(SCRIPT)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    middle = len(SCRIPT) // 2
    await send({"type": "http.response.body", "body": SCRIPT[:middle], "more_body": True})
    if (await receive())["type"] != "http.disconnect":
        await send({"type": "http.response.body", "body": SCRIPT[middle:], "more_body": False})


def asked(app: CompressedAssets, *, goes_away: bool) -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body of one answer, to a browser that stays or goes away at once."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect" if goes_away else "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(dict(SCOPE), receive, send))
    return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_a_script_that_was_cut_off_is_not_kept_for_others() -> None:
    """A browser that goes away half-way gets what came; the next one gets all of it, packed, and so does the third."""
    app = CompressedAssets(half_way)
    _, cut_off = asked(app, goes_away=True)
    assert len(cut_off) < len(SCRIPT)
    for _ in range(2):
        headers, body = asked(app, goes_away=False)
        assert headers[b"content-encoding"] == b"gzip"
        assert gzip.decompress(body) == SCRIPT


def test_what_is_kept_is_given_to_whoever_goes_away_too() -> None:
    """Once kept, it is sent without asking for the file again."""
    app = CompressedAssets(half_way)
    asked(app, goes_away=False)
    assert gzip.decompress(asked(app, goes_away=True)[1]) == SCRIPT
