"""What is asked of somebody who adds a measure, in the order in which it is thought of."""

from typing import Any, get_args

from pipelines.authoring.figures_asked import ask_for_figures
from pipelines.authoring.questions import (
    Unfit,
    a_whole_number,
    any_text,
    ask,
    choose,
    new_id,
    some_text,
)
from pipelines.authoring.records_asked import ask_for_records
from pipelines.authoring.target_asked import ask_for_target
from scorecard.catalogue import Catalogue
from scorecard.catalogue.measure import Basis, Class, Polarity
from scorecard.judge.kinds import KIND_RULES
from scorecard.measure_words import POLARITY_WORDS, basis_in_words
from scorecard.periods import Frequency

Entry = dict[str, Any]


def ask_for_measure(catalogue: Catalogue) -> tuple[str, Entry]:
    """The id of a new measure and its entry, as plain values in the order of the catalogue.

    Raises EOFError when the answers end, KeyboardInterrupt at Ctrl-C.
    """
    print(
        "A new measure. Enter takes what stands in [brackets]; Ctrl-C stops, and nothing is written before the end.\n"
    )
    measure_id = ask("Id, e.g. missed_collections", new_id(list(catalogue.measures)))
    title, definition, counted = _words(catalogue)
    theme = choose("Theme", {name: each.title for name, each in catalogue.themes.items()})
    service = choose("Service that answers for it", {name: each.title for name, each in catalogue.services.items()})
    unit = ask("\nUnit, as it is read after the figure (%, days, per 1,000 people), or £", some_text)
    polarity = choose("What is good", {name: POLARITY_WORDS[name] for name in get_args(Polarity)})
    frequency = choose("How often is it told", {each.value: f"every {each.value}" for each in Frequency}, "month")
    basis = choose("What does one figure span", {b: basis_in_words(b, frequency) for b in get_args(Basis)}, "period")
    kind = choose("Class", {name: KIND_RULES[name].sentence for name in get_args(Class)}, "operational")
    decimals = ask("\nDecimals to show", a_whole_number(0, 4), "1")
    entry: Entry = {"title": title, "definition": definition}
    entry |= {"counted": counted} if counted else {}
    entry |= {"theme": theme, "service": service} | ({"kind": kind} if kind != "operational" else {})
    entry |= {"unit": unit} | ({"decimals": decimals} if decimals != 1 else {})
    entry |= {"polarity": polarity, "frequency": frequency} | ({"basis": basis} if basis != "period" else {})
    if _holds(catalogue, basis) == "records":
        entry["records"] = ask_for_records(catalogue, entry)
    else:
        entry["figures"] = ask_for_figures(catalogue, unit)
    target = ask_for_target(polarity, kind, Frequency(frequency))
    return measure_id, entry | ({"targets": [target]} if target else {})


def _words(catalogue: Catalogue) -> tuple[str, str, str]:
    titles = {measure.title.casefold(): name for name, measure in catalogue.measures.items()}

    def new_title(text: str) -> str:
        title = some_text(text)
        if title.casefold() in titles:
            raise Unfit(f"'{title}' is already the title of '{titles[title.casefold()]}'; take another.")
        return title

    title = ask("Title, as it stands on the pages", new_title)
    definition = ask("Definition, in plain words for a member of the public", some_text)
    counted = ask("What exactly is counted, and what is left out (Enter to say it later)", any_text)
    return title, definition, counted


def _holds(catalogue: Catalogue, basis: str) -> str:
    """Whether its figures stand in returns or are counted from records; only what the catalogue has is offered."""
    words = {
        "returns": "a service sends the figure, or its numerator and denominator, for each period",
        "records": "a service sends a row for each case, and the figure is counted from them",
    }
    there = {source.holds for source in catalogue.sources.values()}
    if basis == "snapshot" and there == {"returns", "records"}:
        words["records"] += " (of records: how many are open on the last day)"
    return choose("Where do its figures come from", {name: said for name, said in words.items() if name in there})
