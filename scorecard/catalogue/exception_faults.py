"""Do measures name exception rules that exist, and change only what those have?"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.exception_rule import ExceptionRule, altered
from scorecard.catalogue.fault import Path
from scorecard.nearest import did_you_mean


def exception_faults(catalogue: Catalogue) -> Iterator[tuple[Path, str]]:
    """(path, message) of everything wrong with the measures' `exceptions` and `accepted`."""
    rules = catalogue.exception_rules
    for name, measure in catalogue.measures.items():
        for rule_id, change in measure.exceptions.items():
            path: Path = ("measures", name, "exceptions", rule_id)
            if rule_id not in rules:
                yield path, _unknown(rule_id, rules)
            elif not isinstance(change, str):
                yield from _misfits(path, rules[rule_id], change)
        for index, acceptance in enumerate(measure.accepted):
            if acceptance.rule not in rules:
                yield ("measures", name, "accepted", index, "rule"), _unknown(acceptance.rule, rules)


def _unknown(rule_id: str, rules: Mapping[str, ExceptionRule]) -> str:
    return f"there is no exception rule '{rule_id}'.{did_you_mean(rule_id, rules)}"


def _misfits(path: Path, rule: ExceptionRule, change: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    if "when" in change:
        yield (*path, "when"), f"a measure cannot change what the rule is about (when: {rule.when}); add a rule."
        return
    try:
        altered(rule, change)
    except ValidationError as error:
        for fault in error.errors():
            yield (*path, *(fault["loc"])), _in_words(rule, str(fault["loc"][0]), dict(fault))


def _in_words(rule: ExceptionRule, name: str, fault: dict[str, Any]) -> str:
    if fault["type"] == "extra_forbidden":
        known = [field for field in type(rule).model_fields if field != "when"]
        return f"'{name}' is not a parameter of a rule with 'when: {rule.when}'.{did_you_mean(name, known)}"
    message = str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{message} (given: {str(fault['input'])[:60]!r})."
