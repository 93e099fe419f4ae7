"""The read-only HTTP API: what it answers to whom, in which form, and that only the public's figures leave it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from scorecard.open_data.fields import SOURCES, TABLES
from tests.asking import Server, serving_our_routes
from tests.small_snapshot import HOME, NAME, insert, publish

ROOT = Path(__file__).resolve().parent.parent
ATOM = "{http://www.w3.org/2005/Atom}"
PLANTED = "Zebra-4471"
"""Stands in every word of what is not for the public."""
SECRET, SECRET_FIGURE, WITHHELD = "sickness", 73911.25, 31337
EVERY_PATH = [
    "/api",
    *(f"/api/{name}{ending}" for name in TABLES for ending in ("", ".json", ".csv", ".csv-metadata.json")),
    "/api/exceptions.atom",
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small snapshot, with a restricted measure, a withheld small number and text that looks like a formula."""
    folder = tmp_path_factory.mktemp("api")
    with duckdb.connect(str(publish(folder))) as held:
        held.execute(
            "update measure set audience = 'restricted', title = $1, definition = $1, counted = $1, caveat = $1,"
            " owner = $1 where measure_id = $2",
            [PLANTED, SECRET],
        )
        held.execute("update measure set counter_measure = $1 where measure_id = 'missed_bins'", [SECRET])
        held.execute("update observation set value = $1, load_id = 77 where measure_id = $2", [SECRET_FIGURE, SECRET])
        insert(held, "source", source_id="zebra", title=PLANTED, publisher=PLANTED, licence=PLANTED, link=PLANTED)
        insert(held, "load", load_id=77, sha256="e" * 64, path=PLANTED, source_id="zebra", outcome="loaded",
               rows_found=1, rows_accepted=1, rows_set_aside=0, rows_skipped=0)  # fmt: skip
        insert(held, "exception", measure_id=SECRET, area_code=HOME, rule="off_target", since=datetime(2026, 7, 1),
               severity="high", sentence=PLANTED, position=-1, period_start=datetime(2026, 7, 1), owner=PLANTED,
               period_end=datetime(2026, 9, 30), evidence="{}", question=PLANTED)  # fmt: skip
        held.execute(
            "update observation set numerator = $1, denominator = $1, lower = $1, upper = $1 where marker = 'c'",
            [WITHHELD],
        )
        held.execute("update area set name = '=1+1' where area_code = 'E05000001'")
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    """Our routes over that snapshot, where the pages are for everybody who may see anything at all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_DATA", str(data))
        patch.setenv("SCORECARD_AUDIENCE", "restricted")
        with serving_our_routes() as running:
            yield running


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("path", EVERY_PATH)
def test_only_what_is_public_leaves(server: Server, path: str) -> None:
    """No byte of any answer tells of a restricted measure or a withheld number, though the pages may show them."""
    answer = server.ask(path)
    assert answer.status == 200
    for planted in (PLANTED, PLANTED.lower(), SECRET, "zebra", str(SECRET_FIGURE), str(WITHHELD), "audit_actions"):
        assert planted.encode() not in answer.body
    assert not re.search("zebra|sickness", str(answer.headers), re.IGNORECASE)


@pytest.mark.parametrize("table", TABLES)
def test_rows_have_exactly_the_fields_that_are_documented(server: Server, table: str) -> None:
    """In JSON and in CSV, in the same order."""
    names = [field.name for field in TABLES[table]]
    found = server.ask(f"/api/{table}").json
    assert found["count"] == len(found[table]) == found["total"] > 0
    assert all(list(row) == names for row in found[table])
    text = server.ask(f"/api/{table}.csv").text
    assert text.split("\r\n", 1)[0].split(",") == names
    assert len(rows_of(text)) == found["total"]


def test_values_are_of_the_kind_that_is_documented(server: Server) -> None:
    """Numbers are numbers, days are days, and what is not known is null."""
    kinds: dict[str, Any] = {"string": str, "number": float | int, "integer": int, "boolean": bool}
    for table, fields in TABLES.items():
        for row in server.ask(f"/api/{table}").json[table]:
            for field in fields:
                value = row[field.name]
                if value is None:
                    continue
                if field.kind in ("date", "datetime"):
                    assert datetime.fromisoformat(value)
                    assert value.endswith("Z") == (field.kind == "datetime")
                else:
                    assert isinstance(value, kinds[field.kind]), (table, field.name, value)


def test_an_observation_says_all_that_is_known_of_it(server: Server) -> None:
    """Figure, unit, marker, provisional or not, days of the period, target, source, receipt and day of publishing."""
    found = server.ask(f"/api/observations?measure=recycling&area={HOME}").json["observations"]
    assert [row["period_end"] for row in found] == sorted(row["period_end"] for row in found)
    assert found[-1] | {"source_id": "", "received_on": ""} == {
        "measure_id": "recycling", "measure": "Household waste recycled", "area_code": HOME,
        "area": "Exampleton Council", "period": "2025/26", "period_start": "2025-04-01", "period_end": "2026-03-31",
        "value": 44.8, "unit": "%", "marker": "p", "provisional": True, "lower": None, "upper": None,
        "numerator": 44.8, "denominator": 100.0, "target_low": 50.0, "target_high": 50.0, "status": "off_target",
        "source_id": "", "load_id": 1, "received_on": "", "published_since": "2026-11-20T09:30:00Z",
    }  # fmt: skip
    assert found[-1]["source_id"] == "collections"
    assert found[-1]["received_on"] == "2026-11-20"


def test_withheld_figures_are_null_with_their_marker(server: Server) -> None:
    """The marker says why; numerator, denominator and interval are withheld with the figure."""
    rows = [
        row for row in server.ask("/api/observations?measure=turnover").json["observations"] if row["marker"] == "c"
    ]
    assert rows
    for row in rows:
        assert [row[name] for name in ("value", "numerator", "denominator", "lower", "upper")] == [None] * 5


def test_a_measure_that_is_not_public_is_answered_as_one_that_is_not_there(server: Server) -> None:
    """Byte for byte, for every table and form."""
    for table in TABLES:
        for ending in ("", ".csv"):
            secret = server.ask(f"/api/{table}{ending}?measure={SECRET}")
            nothing = server.ask(f"/api/{table}{ending}?measure=no_such_measure")
            assert (secret.status, secret.body) == (nothing.status, nothing.body)
            assert secret.status == 404
            assert secret.headers["Content-Type"] == "application/problem+json"


def test_filters_leave_what_they_say(server: Server) -> None:
    """By measure, area and days between which whole periods lie."""
    every = server.ask("/api/observations").json["observations"]
    asked = "/api/observations?measure=missed_bins&area=E05000002&from=2026-02-01&to=2026-06-30"
    expected = [
        row
        for row in every
        if (row["measure_id"], row["area_code"]) == ("missed_bins", "E05000002")
        and row["period_start"] >= "2026-02-01"
        and row["period_end"] <= "2026-06-30"
    ]
    assert len(expected) == 4
    assert server.ask(asked).json["observations"] == expected
    assert [row["period"] for row in rows_of(server.ask(asked.replace("?", ".csv?")).text)] == [
        row["period"] for row in expected
    ]


@pytest.mark.parametrize("form", ["", ".csv"])
def test_pages_together_are_the_whole(server: Server, form: str) -> None:
    """Each row once, in order, by following `next` or the Link header."""
    whole = server.ask(f"/api/observations{form}?measure=missed_bins")
    expected = rows_of(whole.text) if form else whole.json["observations"]
    found, path = [], f"/api/observations{form}?measure=missed_bins&limit=7"
    while path:
        answer = server.ask(path)
        found += rows_of(answer.text) if form else answer.json["observations"]
        link = re.search(r'<([^>]+)>; rel="next"', answer.headers["Link"] or "")
        path = link.group(1) if link else ""
        assert form or answer.json["next"] == (path or None)
    assert found == expected


def test_a_csv_longer_than_one_piece_is_whole(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made piece by piece, with one row of names."""
    whole = server.ask("/api/observations.csv").text
    monkeypatch.setattr("pages.server.api.AT_ONCE", 100)
    assert server.ask("/api/observations.csv").text == whole
    assert len(rows_of(server.ask("/api/observations.csv?limit=150").text)) == 150


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/csv, application/json;q=0.5", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv;q=nonsense", "application/json"),
    ],
)
def test_the_form_follows_the_accept_header(server: Server, accept: str, kind: str) -> None:
    """Where the address names none; caches are told so."""
    answer = server.ask("/api/measures", Accept=accept)
    assert answer.headers["Content-Type"] == kind
    assert "Accept" in answer.headers["Vary"]
    assert server.ask("/api/measures.json", Accept="text/csv").headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", EVERY_PATH)
def test_what_is_held_already_is_not_sent_again(server: Server, path: str) -> None:
    """ETag and Last-Modified are answered with 304 and no body; another tag with the whole."""
    first = server.ask(path)
    assert first.headers["Last-Modified"] == "Fri, 20 Nov 2026 09:30:00 GMT"
    assert first.headers["Cache-Control"] == "public, max-age=60"
    tag = first.headers["ETag"]
    for asked in ({"If_None_Match": tag}, {"If_None_Match": f'"other", {tag.removeprefix("W/")}'},
                  {"If_None_Match": "*"}, {"If_Modified_Since": first.headers["Last-Modified"]}):  # fmt: skip
        again = server.ask(path, **asked)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    for asked in ({"If_None_Match": '"other"'}, {"If_Modified_Since": "Thu, 19 Nov 2026 09:30:00 GMT"},
                  {"If_None_Match": '"other"', "If_Modified_Since": first.headers["Last-Modified"]}):  # fmt: skip
        assert server.ask(path, **asked).body == first.body


def test_tags_differ_where_answers_do(server: Server) -> None:
    """By address, form and parameters, whatever the parameters' order."""
    paths = [*EVERY_PATH, "/api/measures?limit=1", "/api/measures?limit=2", "/api/measures.csv?limit=1"]
    tags = [server.ask(path).headers["ETag"] for path in paths]
    assert len(set(tags)) == len(paths)
    assert server.ask("/api/measures", Accept="text/csv").headers["ETag"] not in tags
    one, other = ("/api/measures?limit=1&offset=2", "/api/measures?offset=2&limit=1")
    assert server.ask(one).headers["ETag"] == server.ask(other).headers["ETag"]


def test_a_new_snapshot_is_served_at_once_under_a_new_tag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a client holds of the one before is no longer taken for current; after a rollback neither."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    asked = f"/api/observations?measure=recycling&area={HOME}"
    with serving_our_routes() as running:
        publish(tmp_path)
        old = running.ask(asked)
        publish(tmp_path, "2026-11-21T093000Z.duckdb", factor=2.0)
        new = running.ask(asked, If_None_Match=old.headers["ETag"], If_Modified_Since=old.headers["Last-Modified"])
        assert new.status == 200
        assert new.json["snapshot"] == "2026-11-21T093000Z"
        assert new.json["observations"][-1]["value"] == 2 * old.json["observations"][-1]["value"]
        publish(tmp_path, NAME)
        assert running.ask(asked, If_Modified_Since=new.headers["Last-Modified"]).body == old.body


@pytest.mark.parametrize("path", EVERY_PATH)
def test_head_is_get_without_its_body(server: Server, path: str) -> None:
    """The same status and headers."""
    got, head = server.ask(path), server.ask(path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    for name in ("ETag", "Content-Type", "Last-Modified", "Cache-Control", "Link", "Content-Disposition"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(server: Server, method: str) -> None:
    """405 with the methods there are, on every address of the API."""
    for path in (*EVERY_PATH, "/api/nothing"):
        answer = server.ask(path, method, body=b"{}")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert answer.json["status"] == 405


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/api/observations?colour=red", "colour"),
        ("/api?measure=missed_bins", "measure"),
        ("/api/measures?area=X", "area"),
        ("/api/observations?measure=a&measure=b", "measure"),
        ("/api/observations?from=yesterday", "from"),
        ("/api/observations?from=2026-13-01", "from"),
        ("/api/observations?to=2026-02-30", "to"),
        ("/api/observations?from=2026-05-01&to=2026-04-01", "from"),
        ("/api/observations?limit=0", "limit"),
        ("/api/observations?limit=-1", "limit"),
        ("/api/observations?limit=10001", "limit"),
        ("/api/observations?limit=1e3", "limit"),
        ("/api/observations?limit=%D9%A3", "limit"),
        ("/api/observations?limit=99999999999999999999", "limit"),
        ("/api/observations?offset=-1", "offset"),
        ("/api/observations?offset=' or 1=1".replace(" ", "%20"), "offset"),
        ("/api/observations.csv?limit=100001", "limit"),
        ("/api/observations?measure=%00", "measure"),
        ("/api/observations?measure=" + "x" * 5000, "measure"),
    ],
)
def test_a_wrong_parameter_is_refused_in_words(server: Server, path: str, named: str) -> None:
    """400 with a problem document: which parameter, why, and what to ask instead; nothing long is repeated."""
    answer = server.ask(path)
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")
    said = answer.json
    assert set(said) == {"type", "title", "status", "detail", "why", "fix"}
    assert f"'{named}'" in said["detail"]
    assert all(said.values())
    assert len(answer.body) < 600
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api/measures.xml", "/api/measures.atom", "/api/measures/1", "/api/.json", "/api/../app"]
)
def test_an_address_that_is_not_there_is_404(server: Server, path: str) -> None:
    """In words, and not with a page."""
    answer = server.ask(path)
    assert answer.status == 404
    if path.startswith("/api/") and ".." not in path:
        assert "/api" in answer.json["fix"]


def test_an_unknown_area_is_404(server: Server) -> None:
    """As for measures."""
    assert server.ask("/api/observations?area=E99999999").status == 404
    assert (
        server.ask("/api/observations?measure=missed_bins'; drop table measure; --".replace(" ", "%20")).status == 404
    )


def test_without_figures_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 and when to ask again, without the server's paths."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    with serving_our_routes() as running:
        answer = running.ask("/api/measures")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert str(tmp_path) not in answer.text
        monkeypatch.setenv("SCORECARD_STALE_HOURS", "soon")
        assert running.ask("/api").status == 503


def test_a_fault_of_ours_is_an_answer_without_detail(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 in words; what happened stands in the log alone."""

    def broken(*_: object) -> bytes:
        raise RuntimeError("the inner workings")

    monkeypatch.setattr("pages.server.documents.index", broken)
    answer = server.ask("/api")
    assert (answer.status, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "inner workings" not in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_csv_carries_no_formula(server: Server) -> None:
    """A name that a spreadsheet would run has an apostrophe before it; JSON has it as it is."""
    asked = "/api/observations{}?measure=missed_bins&area=E05000001"
    assert {row["area"] for row in rows_of(server.ask(asked.format(".csv")).text)} == {"'=1+1"}
    assert {row["area"] for row in server.ask(asked.format("")).json["observations"]} == {"=1+1"}


def test_csv_metadata_describes_the_file(server: Server) -> None:
    """Its columns are those of the file, which links to it."""
    for table, fields in TABLES.items():
        answer = server.ask(f"/api/{table}.csv-metadata.json")
        told = answer.json
        assert answer.headers["Content-Type"] == "application/csvm+json"
        assert told["url"] == f"{table}.csv"
        assert [column["name"] for column in told["tableSchema"]["columns"]] == [field.name for field in fields]
        assert told["dialect"]["skipRows"] == 0
        rows = rows_of(server.ask(f"/api/{table}.csv").text)
        keys = [tuple(row[name] for name in told["tableSchema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys) > 0
        assert f"/api/{table}.csv-metadata.json" in server.ask(f"/api/{table}.csv").headers["Link"]


def test_the_index_describes_everything(server: Server) -> None:
    """Tables, their parameters and fields, sources with publisher and licence; every address in it answers."""
    told = server.ask("/api").json
    assert (told["audience"], told["snapshot"]) == ("public", NAME.removesuffix(".duckdb"))
    assert [table["name"] for table in told["tables"]] == list(TABLES)
    for table in told["tables"]:
        assert [each["name"] for each in table["fields"]] == [field.name for field in TABLES[table["name"]]]
        for form in ("json", "csv", "csv_metadata"):
            assert server.ask(table[form]).status == 200
    assert server.ask(told["feed"]).status == 200
    assert [list(source) for source in told["sources"]] == [[field.name for field in SOURCES]]
    assert told["sources"][0]["licence"] == "Internal"


def test_the_feed_is_valid_atom(server: Server) -> None:
    """As RFC 4287 asks: ids that are addresses and differ, moments, an author, titles, and a link to the deep dive."""
    answer = server.ask("/api/exceptions.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.body)
    assert root.tag == f"{ATOM}feed"
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert moment.fullmatch(element.findtext(f"{ATOM}updated") or "")
        assert re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[A-Za-z0-9/_%.-]+", element.findtext(f"{ATOM}id") or "")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Exampleton Council"
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    rows = server.ask("/api/exceptions").json["exceptions"]
    listed = [row for row in rows if row["adverse"] and row["state"] not in ("resolved", "accepted")]
    assert 0 < len(listed) < len(rows)
    assert [entry.findtext(f"{ATOM}summary") for entry in entries] == [
        f"{row['sentence']} {row['question']}".strip() for row in listed
    ]
    links = [entry.find(f"{ATOM}link[@rel='alternate']") for entry in entries]
    assert [link.get("href") for link in links if link is not None] == [
        f"/measure?measure={row['measure_id']}&area={row['area_code']}" for row in listed
    ]


def test_feed_ids_stay_from_snapshot_to_snapshot(
    server: Server, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night without news marks nothing as unread: same ids, same `updated` of entries."""
    first = ElementTree.fromstring(server.ask("/api/exceptions.atom").body)
    later = tmp_path / "snapshots" / "2026-11-23T093000Z.duckdb"
    later.parent.mkdir()
    later.write_bytes((data / "snapshots" / NAME).read_bytes())
    (later.parent / "current").symlink_to(later.name)
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    second = ElementTree.fromstring(server.ask("/api/exceptions.atom").body)
    assert second.findtext(f"{ATOM}updated") == "2026-11-23T09:30:00Z"
    pairs = list(zip(first.findall(f"{ATOM}entry"), second.findall(f"{ATOM}entry"), strict=True))
    assert pairs
    for one, other in pairs:
        assert one.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id")
        assert one.findtext(f"{ATOM}updated") == other.findtext(f"{ATOM}updated")


def test_the_feed_names_the_address_it_was_told_and_never_the_one_it_was_asked_at(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Host header is whatever a stranger writes; the setting browser.serverAddress is ours."""
    assert b"evil.example" not in server.ask("/api/exceptions.atom", Host="evil.example").body
    from streamlit import config

    monkeypatch.setattr(config, "get_option", lambda _: "scorecard.example.gov.uk")
    monkeypatch.setattr(config, "is_manually_set", lambda _: True)
    text = server.ask("/api/exceptions.atom").text
    assert 'href="https://scorecard.example.gov.uk/measure?' in text
    assert "<id>tag:scorecard.example.gov.uk,2026:" in text


def test_no_answer_lets_another_site_read_it(server: Server) -> None:
    """No CORS header, whatever the origin: a dashboard behind a council's own walls stays there."""
    for path in (*EVERY_PATH, "/healthz"):
        headers = server.ask(path, Origin="https://evil.example").headers
        assert not [name for name in headers if name.lower().startswith("access-control-")]


def test_every_field_is_documented() -> None:
    """docs/api.md has a row for each field, with its kind and words."""
    manual = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for fields in (*TABLES.values(), SOURCES):
        for field in fields:
            assert f"| `{field.name}` | {field.kind} | {field.words} |" in manual
    for name in (*TABLES, "exceptions.atom"):
        assert f"/api/{name}" in manual


def test_examples_in_the_manual_are_answered(server: Server) -> None:
    """Every address in docs/api.md's examples is one that works."""
    manual = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    asked = re.findall(r"https://scorecard\.example\.gov\.uk(/[^\s\"'`|)]+)", manual)
    assert len(asked) >= 3
    for path in asked:
        assert server.ask(path).status == 200, path


def test_json_is_strict(server: Server) -> None:
    """No NaN or infinity, which other languages refuse."""

    def refuse(word: str) -> None:
        pytest.fail(f"{word} is no JSON")

    for table in TABLES:
        assert json.loads(server.ask(f"/api/{table}").text, parse_constant=refuse)
