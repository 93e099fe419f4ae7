"""What somebody may try through words in files and through addresses: nothing runs, is asked of others, or is told.

Hostile words stand wherever words come from outside: names of places, measures, services and files, units, reasons,
sentences, cells of rows set aside.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reader import ROOT, Reader, chromium, reading, serving
from tests.small_snapshot import publish

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>window.pwned=1;alert(1)</script>",
    "<img src=x onerror=\"window.pwned=1;alert('x')\">",
    "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "<iframe src=https://evil.example/></iframe>",
    "<a href='javascript:alert(1)'>click</a>",
    "</td></tr></table><h1>taken over</h1>",
    "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>",
    "[click here](javascript:alert(1))",
    "[click here](https://evil.example/steal)",
    "![](https://evil.example/pixel.png)",
    "![x][1]\n\n[1]: https://evil.example/pixel.png",
    "<https://evil.example/auto>",
    "https://evil.example/bare",
    "www.evil.example/bare",
    "`code` ~~struck~~ **bold** _slanted_",
    "# heading\n\n- list\n- of things\n\n> quoted\n\n---",
    "| a | b |\n|---|---|\n| c | d |",
    ":red[red] :material/delete: :blue-badge[fake] :smile: :streamlit:",
    "$\\href{javascript:alert(1)}{x}$ $$\\input{/etc/passwd}$$",
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% raw %}",
    "'; drop table measure; --",
    '=HYPERLINK("https://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202egnp.exe",
    "\u200b\u2066\ufeffunseen",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334",
    "\\\\evil.example\\share",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3C;b&#x3E;",
    '"onmouseover="alert(1)" x=\'',
    "datum.constructor.constructor('alert(1)')()",
)
"""Markup, markdown, directives, formulas and characters that would do harm wherever they were not taken as words."""
WORDS = {
    "council": ("name", "notice", "contact"),
    "area": ("name",),
    "theme": ("title", "question"),
    "goal": ("title", "promise", "plan"),
    "service": ("title", "owner"),
    "source": ("title", "publisher", "licence"),
    "measure": ("title", "owner", "unit", "definition", "counted", "caveat", "tolerance", "judged_how", "former"),
    "lifecycle": ("reason", "approved_by"),
    "rebase": ("reason",),
    "target": ("in_words", "reason"),
    "source_file": ("path",),
    "load": ("path", "sheet"),
    "check_result": ("rule", "sentence"),
    "quarantined_row": ("sentence",),
    "problem": ("path", "sheet", "column_name", "sentence", "fix"),
    "breakdown": ("category", "dimension_title"),
    "judgement": ("status_sentence", "direction_sentence"),
    "finding": ("sentence",),
    "exception": ("sentence", "question", "owner"),
    "exception_evidence": ("sentence",),
    "exception_summary": ("sentence",),
    "restatement": ("old_path", "new_path"),
}
"""Columns whose words come from a file or a catalogue."""
PATHS = (
    "?tour=off", "exceptions", "measure?measure=missed_bins", "measure?measure=repairs", "service",
    "service?service=waste", "theme?theme=compliance_and_risk", "measures", "scrutiny", "peers", "data_quality",
    "definitions", "changes", "help", "accessibility", "board", "cycle", "plan", "plan?goal=clean", "owner", "register",
)  # fmt: skip
_FOREIGN = """(own) => {
    const main = document.querySelector('[data-testid=stMain]'), found = [];
    const add = (what, of) => found.push(what + ': ' + of.outerHTML.slice(0, 200));
    const never = 'script, iframe, object, embed, form:not(.vega-bindings), link, meta, base, math, marquee';
    main.querySelectorAll(never).forEach(e => add('element', e));
    main.querySelectorAll('.katex').forEach(e => add('formula', e));
    for (const e of main.querySelectorAll('*'))
        for (const a of e.attributes)
            if (a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value)) add('handler', e);
    main.querySelectorAll('a[href]').forEach(e => {
        const to = new URL(e.href, location.href);
        if (to.origin !== location.origin && !own.includes(to.hostname)) add('link', e);
    });
    for (const e of main.querySelectorAll('img'))
        if (!e.src.startsWith('data:') && !e.src.startsWith(location.origin)) add('picture', e);
    for (const e of main.querySelectorAll('h1'))
        if (e.innerText.trim() === 'taken over') add('heading', e);
    if (window.pwned) found.push('a script ran');
    return found;
}"""
"""What should not be in the page: anything that runs, asks other hosts, or leads to them."""
OUR_LINKS = ["github.com", "www.equalityadvisoryservice.com", "www.equalityni.org", "example.org"]
"""Hosts that the accessibility statement links to, and the link that the small catalogue gives for a source."""
SECRET = "Zirconium audit of the harbour"
HIDDEN = "foi"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as one:
        yield one


def hostile_words() -> list[str]:
    """The strings above, and file names of the collection of nasty input where that lies beside the checkout."""
    collection = ROOT.parent / "shared" / "badinput" / "files" / "patt" / "filenames.json"
    names = json.loads(collection.read_text(encoding="utf-8"))["names"] if collection.is_file() else []
    return [*HOSTILE, *(name[:300] for name in names if "\u0000" not in name)]


def poison(path: Path, words: list[str]) -> None:
    """Put hostile words into every column of a snapshot that holds words, row after row."""
    next_words = cycle(words)
    with duckdb.connect(str(path)) as connection:
        for table, columns in WORDS.items():
            rows = [row for (row,) in connection.execute(f"select rowid from {table} order by rowid").fetchall()]
            for column in columns:
                pairs = [[f"{next(next_words)} {row}", row] for row in rows]
                if pairs:
                    connection.executemany(f"update {table} set {column} = ? where rowid = ?", pairs)
        held = connection.execute("select rowid, cells from quarantined_row").fetchall()
        for row, cells in held:
            read = json.loads(cells)
            spoilt = (
                {key: next(next_words) for key in read} if isinstance(read, dict) else [next(next_words) for _ in read]
            )
            connection.execute("update quarantined_row set cells = ? where rowid = ?", [json.dumps(spoilt), row])


@pytest.fixture(scope="module")
def poisoned(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the small council after somebody has put hostile words into everything that holds words."""
    folder = tmp_path_factory.mktemp("poisoned")
    poison(publish(folder), hostile_words())
    with serving(folder) as site, reading(browser, site) as one:
        yield one


def asked_of_others(page: Page, site: str) -> list[str]:
    """Addresses of other hosts that the browser is asked to fetch from now on."""
    asked: list[str] = []
    host = urlsplit(site).netloc

    def note(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
            asked.append(address)

    page.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket: note(socket.url))
    return asked


def test_hostile_words_are_shown_as_words(poisoned: Reader) -> None:
    """On every page: no script, no question box, no request to another host, no new element; the words stand there."""
    page, shown = poisoned.page, ""
    boxes: list[str] = []
    asked = asked_of_others(page, poisoned.site)

    def close(box: object) -> None:
        boxes.append(str(box))
        box.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", close)
    found: dict[str, list[str]] = {}
    for path in PATHS:
        poisoned.opens(path)
        for fold in page.locator("[data-testid=stMain] summary").all()[:4]:
            fold.click()
        poisoned.waits()
        wrong = page.evaluate(_FOREIGN, OUR_LINKS) + poisoned.faults()
        found |= {path: wrong} if wrong else {}
        shown += page.locator("[data-testid=stMain]").inner_text().replace("\N{WORD JOINER}", "")
    assert found == {}
    assert boxes == []
    assert asked == []
    for words in ("<script>window.pwned=1;alert(1)</script>", "[click here](javascript:alert(1))", "![](https://evil"):
        assert words in shown, "the test must have put its words where pages show them"


@pytest.fixture(scope="module")
def public(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the public's pages of a council one of whose measures is for named officers only."""
    folder = tmp_path_factory.mktemp("public")
    with duckdb.connect(str(publish(folder))) as connection:
        connection.execute("update measure set audience = 'public'")
        connection.execute(
            "update measure set audience = 'restricted', title = ?, owner = ?, definition = ? where measure_id = ?",
            [SECRET, SECRET, SECRET, HIDDEN],
        )
        for table, column in (("judgement", "status_sentence"), ("finding", "sentence"), ("exception", "sentence")):
            connection.execute(f"update {table} set {column} = ? where measure_id = ?", [SECRET, HIDDEN])
    with serving(folder, "public") as site, reading(browser, site) as one:
        yield one


@pytest.mark.parametrize(
    "path",
    [
        "measure?measure={}", "peers?measure={}", "measures?measure={}&compare={}", "exceptions?measure={}",
        "definitions?search={}", "scrutiny?measure={}", "changes?search={}",
    ],
)  # fmt: skip
def test_a_measure_not_for_this_audience_is_as_one_that_does_not_exist(public: Reader, path: str) -> None:
    """The same words for its id as for an invented one, and nothing of it in any frame sent to the browser."""
    frames: list[bytes] = []

    def listen(socket: object) -> None:
        socket.on("framereceived", lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()))  # type: ignore[attr-defined]

    public.page.on("websocket", listen)
    answers = []
    for measure_id in (HIDDEN, "zzz"):
        page = public.opens(path.replace("{}", measure_id))
        answers.append(page.locator("[data-testid=stMain]").inner_text().replace(measure_id, "…"))
    assert answers[0] == answers[1]
    assert frames
    assert not any(SECRET.encode() in frame for frame in frames)


def test_the_api_answers_alike_for_a_hidden_measure_and_an_invented_one(public: Reader) -> None:
    """The status and the words are the same but for the id that was asked."""

    def asked(measure_id: str) -> tuple[int, str]:
        address = f"{public.site}/api/observations?measure={measure_id}"
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.status, answer.read().decode().replace(measure_id, "…")
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode().replace(measure_id, "…")

    assert asked(HIDDEN) == asked("zzz")
    with urllib.request.urlopen(f"{public.site}/api/measures", timeout=20) as answer:
        assert SECRET not in answer.read().decode()


@pytest.mark.parametrize("guessed", ["admin", "restricted", "shell", "components"])
def test_a_guessed_page_is_not_found(public: Reader, guessed: str) -> None:
    """A name that is no page shows what any other invented name shows, and nothing of the server."""
    answers = []
    for name in (guessed, "no-such-page"):
        public.opens(name)
        answers.append(public.page.inner_text("body").replace(name, "…"))
    assert answers[0] == answers[1]
    assert "Page not found" in answers[0]


@pytest.mark.parametrize(
    "guessed", ["pages/measure.py", "pages/shell.py", "metrics.yaml", "data/runs.jsonl", ".git/HEAD"]
)
def test_no_file_of_the_server_is_handed_out(public: Reader, guessed: str) -> None:
    """The name of a file that is there is answered as one that is not there."""

    def asked(path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"{public.site}/{path}", timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    assert asked(guessed) == asked("/".join(["zzz"] * (guessed.count("/") + 1)))
