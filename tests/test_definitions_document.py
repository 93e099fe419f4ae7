"""Targets in words, the catalogue as rows, and the printable definitions."""

from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from small_council import CATALOGUE

from pipelines.tables import catalogue_tables
from scorecard.catalogue import Catalogue, Measure, Tolerance, read_catalogue
from scorecard.definitions_document import definitions_document
from scorecard.judge.target_words import target_in_words, tolerance_in_words
from scorecard.measure_words import decision_in_words
from scorecard.snapshot.printable import definitions
from scorecard.snapshot.store import open_snapshot
from tests.small_snapshot import AS_AT, EXAMPLES, catalogue_of, publish

VOID = {"meta", "br", "link", "img", "hr"}


class Page(HTMLParser):
    """A page read: ids, links within it, headings by level, its whole text; unbalanced tags fail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens."""
        held = dict(attrs)
        self.ids += [str(held["id"])] if "id" in held else []
        self.links += [str(held["href"])] if "href" in held else []
        if tag in {"h1", "h2", "h3"}:
            self.headings.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes what was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text."""
        if "style" in self.open:
            return
        self.text += data
        if {"h1", "h2", "h3"} & set(self.open):
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)


def whole() -> Catalogue:
    """The catalogue of the small snapshot, with markup where somebody may type it."""
    held = catalogue_of(EXAMPLES).model_dump(by_alias=True)
    held["measures"]["agency"]["title"] = "Spend <b>on</b> agency & others"
    held["measures"]["agency"]["definition"] = "<script>alert('x')</script>"
    return Catalogue.model_validate(held)


def test_every_measure_is_there_once_under_its_theme() -> None:
    """One heading, one place and one line in the contents for each; every link leads somewhere."""
    catalogue = whole()
    page = Page(definitions_document(catalogue, AS_AT))
    titles = [words.replace(" Proposed", "").replace(" Removed", "") for level, words in page.headings if level == "h3"]
    goals = [goal.title for goal in catalogue.plan.goals.values()] if catalogue.plan else []
    assert Counter(titles) == Counter([*(measure.title for measure in catalogue.measures.values()), *goals])
    assert len(set(page.ids)) == len(page.ids)
    assert {f"measure-{name}" for name in catalogue.measures} <= set(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)
    assert page.headings[0] == ("h1", "Definitions of measures")
    assert "Journeys by shared bicycle Proposed" in dict.fromkeys(words for _, words in page.headings)


def test_what_somebody_typed_stays_text() -> None:
    """Markup in a catalogue is shown, never run; and nothing is fetched from elsewhere."""
    html = definitions_document(whole(), AS_AT)
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in html
    assert "Spend <b>on</b> agency & others" in Page(html).text
    assert "://" not in html


def test_it_tells_all_that_the_catalogue_says() -> None:
    """Targets with dates and reasons, life, owner, the path of services, goals and leadership."""
    text = " ".join(Page(definitions_document(whole(), AS_AT)).text.split())
    for words in (
        "Exampleton Council, as at 20 November 2026",
        "Place > Waste and recycling",
        "From 1 April 2026 60 per 100,000 collections Waste contract, 2026 From the start 70 per 100,000 collections",
        "Within 3 per 100,000 collections.",
        "never below 100% (statutory)",
        "Amended from 1 April 2026 (Corporate Board): Assisted collections are counted too. Figures before and after"
        " cannot be compared. New usual level from 1 August 2026: Rounds were drawn anew.",
        "Read it beside Household waste recycled",
        "The year so far, at the end of each month.",
        "LG Inform 46, Local Outcomes Framework: Waste 3, formerly BV 88",
        "Meant for members and officers",
        "Clean streets We collect every bin on its day. Missed bin collections",
        "Leadership Director of Place Director of Resources",
    ):
        assert words in text


def test_a_measure_that_is_left_out_is_mentioned_nowhere() -> None:
    """Neither its title nor its id, not as a counter-measure, in the contents or beside the goal it serves."""
    held = catalogue_of(EXAMPLES).model_dump(by_alias=True)
    held["measures"]["recycling"] |= {"title": "A planted secret", "audience": "restricted"}
    held["measures"]["recycling"]["links"] = {"plan_goal": "clean"}
    catalogue = Catalogue.model_validate(held)
    assert catalogue.measures["missed_bins"].counter_measure == "recycling"
    assert definitions_document(catalogue, AS_AT).count("A planted secret") >= 3
    narrowed = definitions_document(catalogue, AS_AT, set(catalogue.measures) - {"recycling"})
    assert "A planted secret" not in narrowed
    assert 'recycling"' not in narrowed
    assert "Read it beside" not in narrowed
    assert {link.removeprefix("#") for link in Page(narrowed).links} <= set(Page(narrowed).ids)
    assert "Missed bin collections" in narrowed


def test_a_bare_catalogue_makes_a_document_too(tmp_path: Path) -> None:
    """Without plan, leadership, targets or lives, only what there is to say is said."""
    (tmp_path / "metrics.yaml").write_text(CATALOGUE, encoding="utf-8")
    page = Page(definitions_document(read_catalogue(tmp_path / "metrics.yaml"), date(2026, 11, 20)))
    assert [words for level, words in page.headings if level == "h2"] == ["Contents", "Organisational health"]
    assert "None" not in page.text


def test_the_page_gets_it_from_the_snapshot(tmp_path: Path) -> None:
    """The catalogue that the snapshot was made with, as at the council's day."""
    snapshot = open_snapshot(publish(tmp_path))
    assert definitions(snapshot).decode() == definitions_document(catalogue_of(EXAMPLES), AS_AT)
    snapshot.close()


def measure(**changes: Any) -> Measure:
    """A monthly measure in per cent, higher is better."""
    entry = {
        "title": "m", "definition": "d", "theme": "t", "service": "s", "unit": "%", "polarity": "higher",
        "frequency": "month", "figures": {"source": "f", "value": "v"},
    }  # fmt: skip
    return Measure.model_validate({**entry, **changes})


@pytest.mark.parametrize(
    ("target", "about", "words"),
    [
        ({"kind": "fixed", "value": 85}, {}, "85%"),
        ({"kind": "fixed", "value": 0.25}, {"unit": "£ million"}, "£0.25 million"),
        ({"kind": "fixed", "value": -2.5}, {"unit": "days"}, "−2.5 days"),
        ({"kind": "band", "low": 8, "high": 15}, {"polarity": "band"}, "8% to 15%"),
        ({"kind": "band", "low": 7.5, "high": 10}, {"polarity": "band", "unit": "days"}, "7.5 to 10.0 days"),
        ({"kind": "profile", "values": {"Q1": 35.9, "Q2": 57}}, {"basis": "year_to_date"}, "35.9% by Q1, 57.0% by Q2"),
        ({"kind": "profile", "values": {"Apr": 10, "May": 12}}, {"unit": "days"}, "10 in Apr, 12 in May"),
        ({"kind": "last_year", "change_per_cent": -1}, {}, "1% less than the same period a year before"),
        ({"kind": "last_year", "change_per_cent": 2.5}, {}, "2.5% more than the same period a year before"),
        ({"kind": "last_year"}, {}, "no less than the same period a year before"),
        ({"kind": "last_year"}, {"polarity": "lower"}, "no more than the same period a year before"),
        ({"kind": "peer_median"}, {}, "the middle of its peers"),
        ({"kind": "peer_quartile"}, {}, "the best quarter of its peers"),
        ({"kind": "limit", "value": 0, "statutory": True}, {"polarity": "lower", "unit": "breaches"},
         "never above 0 breaches (statutory)"),
        ({"kind": "limit", "value": 95}, {}, "never below 95%"),
    ],
)  # fmt: skip
def test_targets_read_as_they_were_set(target: dict[str, Any], about: dict[str, Any], words: str) -> None:
    """Every kind of target in words, with as many decimals as it was given."""
    held = measure(targets=[{**target, "reason": "r"}], **about)
    assert target_in_words(held.targets[0], held) == words


@pytest.mark.parametrize(
    ("tolerance", "unit", "words"),
    [
        (Tolerance(per_cent=5), "%", "5% of the target"),
        (Tolerance(points=1), "%", "1 percentage point"),
        (Tolerance(points=2.5), "%", "2.5 percentage points"),
        (Tolerance(points=0.5), "days", "0.5 days"),
        (Tolerance(points=100), "£", "£100"),
    ],
)
def test_tolerances_read_as_they_were_set(tolerance: Tolerance, unit: str, words: str) -> None:
    """A share of the target, or points of the unit."""
    assert tolerance_in_words(tolerance, unit) == words


def test_decisions_say_from_when_who_and_why() -> None:
    """One sentence, with one full stop after the reason."""
    said = decision_in_words("removed", date(2026, 4, 1), "Nobody used it.", "Cabinet", breaks_comparability=False)
    assert said == "Removed on 1 April 2026 (Cabinet): Nobody used it."


def test_the_catalogue_becomes_rows() -> None:
    """Stages as at the day asked for, targets in the order of their dates, goals with their plan, links and words."""
    tables = catalogue_tables(catalogue_of(EXAMPLES), AS_AT)
    measures = tables["measure"].set_index("measure_id")
    assert measures["stage"].value_counts().to_dict() == {"live": 16, "proposed": 1, "removed": 1}
    assert (measures.at["missed_bins", "lg_inform"], measures.at["repairs", "small_numbers"]) == (46, 5)
    assert measures["judged_how"].str.startswith("Judged against").all()
    aims = tables["target"].query("measure_id == 'missed_bins'")
    assert aims["in_words"].tolist() == ["70 per 100,000 collections", "60 per 100,000 collections"]
    assert aims["position"].tolist() == [0, 1]
    assert tables["goal"]["plan"].unique().tolist() == ["Our plan 2026"]
    assert tables["rebase"]["measure_id"].tolist() == ["missed_bins"]
    assert tables["lifecycle"]["breaks_comparability"].sum() == 1
    earlier = catalogue_tables(catalogue_of(EXAMPLES), date(2026, 9, 30))["measure"].set_index("measure_id")
    assert earlier.at["counter_visits", "stage"] == "live"
