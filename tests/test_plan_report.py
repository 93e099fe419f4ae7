"""The annual strategic report: one page to print, and sentences that say no more than the figures beside them."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from pages.components.plan.figures_of_year import figure_of
from pages.components.plan.statement import Held, drafted
from scorecard.plan_report import GoalPart, MeasureRow, Report, Sentence, plan_report

EVIL = '<script>alert(1)</script> & "quoted"'


class Reading(HTMLParser):
    """The tags of a document, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)


def measure(**more: Any) -> SimpleNamespace:
    """A row of `goal_years.year_measures`: a share that met its target in the year."""
    return SimpleNamespace(
        **{
            "measure_id": "m", "title": "Repairs in time", "stage": "live", "unit": "%", "decimals": 1,
            "polarity": "higher", "frequency": "quarter", "basis": "period", "period": "Q4 2025/26", "value": 66.7,
            "marker": None, "numerator": 200.0, "denominator": 300.0, "target_low": 60.0, "target_high": 60.0,
            "status": "on_target", "last_year": "better", "is_of_year": True, "is_year_end": True,
            "outturn": float("nan"), "is_small": False, "figures": [50.0, 66.7], "peers_period": None,
            "home": float("nan"), "peers": float("nan"), "median": float("nan"), "q1": float("nan"),
            "q3": float("nan"), "judged": None, **more,
        }
    )  # fmt: skip


def said_of(*measures: SimpleNamespace) -> dict[str, tuple[str, ...]]:
    """The draft of a goal with these measures: each sentence with what it rests on."""
    return {one.sentence: one.rests_on for one in drafted(Held("2025/26", measures, (), (), ()))}


def test_every_word_is_escaped_and_nothing_is_fetched() -> None:
    """One HTML page without scripts, whatever the catalogue and the files say."""
    goal = GoalPart(
        "g", EVIL, EVIL, [Sentence(EVIL, [EVIL])], [MeasureRow(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL)], [{"Action": EVIL}],
        [{"Risk": EVIL}],
    )  # fmt: skip
    page = plan_report(Report(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, [goal, goal], EVIL))
    read = Reading()
    read.feed(page)
    assert not {"script", "link", "iframe", "object", "form"} & set(read.tags)
    assert "http" not in page
    assert read.tags.count("h1") == 1
    assert "".join(read.words).count(EVIL) >= 20


def test_every_sentence_has_what_it_rests_on() -> None:
    """None stands without a figure beside it, whatever there is to say."""
    held = (
        measure(), measure(title="Calls answered", status="off_target", last_year="worse"),
        measure(title="Never", value=float("nan"), status=None, is_of_year=False, period=None, last_year="unknown"),
        measure(title="Beside others", peers=12.0, peers_period="2024/25", home=66.7, median=60.0, q1=55.0, q3=62.0),
    )  # fmt: skip
    told = said_of(*held)
    assert all(rests for rests in told.values())
    assert told["Of 4 measures, 3 have figures in 2025/26: 2 are on target and 1 is off target."]
    assert told["Off target by the latest figure of the year: Calls answered."] == (
        "Calls answered: 66.7% in Q4 2025/26, target 60.0%",
    )
    assert told["1 measure has no figure for a period that ended in 2025/26."] == ("Never: never had one",)
    assert told["Of 1 measure that can be compared with councils like ours, 1 is better than most."] == (
        "Beside others: 66.7% here; half of 12 councils lie between 55.0% and 62.0%, in 2024/25",
    )
    assert told["No action of 2025/26 is shown for this goal."] == ("Actions that name the goal: none",)


def test_small_numbers_and_provisional_figures_are_said() -> None:
    """A share of few cases has them beside it, and a figure that may change says so."""
    told = said_of(measure(numerator=2.0, denominator=3.0, is_small=True, marker="p"))
    assert told["1 of these figures is provisional."] == (
        "Repairs in time: 66.7% (provisional) in Q4 2025/26 (2 of 3)",
    )
    assert "1 measure rests on small counts, so that one case more or fewer moves the figure." in told


def test_peers_of_few_councils_are_not_called_most() -> None:
    """Below five there is no most to speak of."""
    told = said_of(measure(peers=4.0, peers_period="2024/25", home=66.7, median=60.0, q1=55.0, q3=62.0))
    assert not [each for each in told if "councils like ours" in each]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"frequency": "year", "period": "2025/26"}, "66.7% in 2025/26, the outturn"),
        ({"basis": "year_to_date"}, "66.7% in Q4 2025/26, the outturn"),
        ({"outturn": 64.2}, "66.7% in Q4 2025/26; 64.2% over the year"),
        ({"is_year_end": False, "period": "Q2 2025/26"}, "66.7% in Q2 2025/26, the latest"),
        ({"is_of_year": False, "period": "2024/25"}, "none for the year; 66.7% in 2024/25 before it"),
        ({"value": float("nan")}, "no figure yet"),
    ],
)
def test_outturn_or_latest_figure(more: dict[str, Any], words: str) -> None:
    """An outturn is called so only where the figure is of the whole year or its end."""
    assert figure_of(measure(**more)) == words


def test_of_a_year_that_is_over_neither_ratings_nor_risks_are_told() -> None:
    """They are known only as they stand now."""
    told = " ".join(said_of(measure()))
    assert "rate" not in told.split()
    assert "risk" not in told
