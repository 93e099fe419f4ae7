"""The exceptions as an Atom feed (RFC 4287): one entry for each that needs attention, the most pressing first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as xml

ATOM: Final = "http://www.w3.org/2005/Atom"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SINCE: Final = 2026
"""The year in which whoever names a feed held the name, as a tag: address needs one (RFC 4151)."""


@dataclass(frozen=True)
class About:
    """What stands above the entries. `site` is the dashboard's address, "" where nobody has told it."""

    council: str
    area_code: str
    published_at: datetime
    notice: str | None
    host: str
    site: str


def feed(entries: Iterable[Mapping[str, Any]], about: About) -> bytes:
    """The document; entries are rows of `snapshot.open_data.exceptions` as objects.

    Identifiers are tag: addresses that stay the same from snapshot to snapshot. An entry is `updated` when the figure
    behind it was published, so that a night without news marks nothing as unread.
    """
    xml.register_namespace("", ATOM)
    root = xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    moment = _moment(about.published_at)
    _add(root, "id", _tag(about, "exceptions"))
    _add(root, "title", f"{about.council}: what needs attention")
    _add(root, "subtitle", about.notice) if about.notice else None
    _add(root, "updated", moment)
    _add(_add(root, "author"), "name", about.council)
    _add(root, "generator", "Council Scorecard")
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{about.site}/api/exceptions.atom")
    _add(root, "link", rel="alternate", type="text/html", href=f"{about.site}/exceptions")
    for each in entries:
        _entry(root, each, about, moment)
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: xml.Element, each: Mapping[str, Any], about: About, latest: str) -> None:
    entry = _add(root, "entry")
    where = [each["area_code"], each["measure_id"], each["part"] or "", each["rule"]]
    _add(entry, "id", _tag(about, "exception/" + "/".join(quote(str(part), safe="") for part in where)))
    place = each["part"] or ("" if each["area_code"] == about.area_code else each["area"] or each["area_code"])
    _add(entry, "title", f"{each['measure']}{f' ({place})' if place else ''}: {each['state']}")
    # What is missing has no figure: it stands as at the end of the period that it is missing for.
    _add(entry, "updated", min(each["published_since"] or f"{each['period_end']}T00:00:00Z", latest))
    _add(entry, "summary", " ".join(said for said in (each["sentence"], each["question"]) if said))
    deep_dive = urlencode({"measure": each["measure_id"], "area": each["area_code"]})
    _add(entry, "link", rel="alternate", type="text/html", href=f"{about.site}/measure?{deep_dive}")
    for scheme, term in (("severity", each["severity"]), ("rule", each["rule"]), ("theme", each["theme"])):
        _add(entry, "category", scheme=_tag(about, scheme), term=str(term))


def _add(parent: xml.Element, name: str, text: str | None = None, **attributes: str) -> xml.Element:
    clean = {key: _NOT_IN_XML.sub("\ufffd", value) for key, value in attributes.items()}
    element = xml.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    element.text = None if text is None else _NOT_IN_XML.sub("\ufffd", text)
    return element


def _tag(about: About, what: str) -> str:
    return f"tag:{about.host},{_SINCE}:council-scorecard/{quote(about.area_code, safe='')}/{what}"


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
