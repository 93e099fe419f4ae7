"""A large council: 300 measures of 20 wards and the council over ten years, published by the real pipeline."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from ruamel.yaml import YAML

from bench.cost import cost_of
from scorecard.periods import between

MEASURES, WARDS, MONTHS = 300, 20, 120
SERVICES: Final = 40
THEMES: Final = ("organisational_health", "critical_service_delivery", "compliance_and_risk", "citizen_intelligence")
LAST_MONTH: Final = 2026 * 12 + 9
"""October 2026."""
_RULES: Final[dict[str, dict[str, Any]]] = {
    "off_target": {"title": "Off target", "when": "off_target", "severity": "medium"},
    "sudden": {"title": "Sudden change", "when": "sudden", "severity": "medium"},
    "sustained": {"title": "Sustained change", "when": "sustained", "severity": "high"},
    "hidden_part": {"title": "Hidden ward", "when": "hidden_part", "severity": "low"},
    "improved": {"title": "Better", "when": "improved"},
}


def publish_large(folder: Path, command: list[str]) -> Path:
    """Write the council's files and load them with `command`; the data folder, in which it is published."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    with (folder / "metrics.yaml").open("w", encoding="utf-8") as handle:
        YAML().dump(_catalogue(), handle)
    for year in range(MONTHS // 12):
        with (inbox / f"returns {year}.csv").open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows(_rows(year))
    given = ["--catalogue", str(folder / "metrics.yaml"), "--inbox", str(inbox), "--data", str(folder)]
    cost_of([*command, *given], good_codes=(0, 3))
    return folder


def _rows(year: int) -> Iterator[list[str | int]]:
    """The headings and a year's rows: code, place, month, count and out of, from a seed for each year."""
    yield ["Code", "Place", "Month", "Count", "Out of"]
    dice = np.random.default_rng(year)
    first = LAST_MONTH - MONTHS + 1 + 12 * year
    for measure in range(MEASURES):
        level = 0.6 + 0.3 * (measure % 7) / 7
        # One measure in twenty gets lastingly worse in its last year, so that there is something to see.
        worse = 0.08 if measure % 20 == 0 and year == MONTHS // 12 - 1 else 0.0
        shares = np.clip(level - worse + dice.normal(0, 0.02, (12, WARDS + 1)), 0, 1)
        for month in range(12):
            for place in range(WARDS + 1):
                out_of = 400 if place else 400 * WARDS
                name = f"W{place:02d}" if place else "Largeborough"
                label = between(first + month, first + month).label
                yield [f"M{measure:03d}", name, label, round(float(shares[month, place]) * out_of), out_of]


def _catalogue() -> dict[str, Any]:
    wards = {
        f"W{n:02d}": {"name": f"Ward {n}", "also": [f"W{n:02d}"], "level": "ward", "within": "H1"}
        for n in range(1, WARDS + 1)
    }
    home = {"name": "Largeborough Council", "also": ["Largeborough"], "level": "council"}
    columns = {
        "code": {"header": "Code", "required": True},
        "place": {"header": "Place", "required": True},
        "month": {"header": "Month", "required": True},
        "count": {"header": "Count", "type": "integer", "minimum": 0},
        "out_of": {"header": "Out of", "type": "integer", "minimum": 1},
    }
    return {
        "council": {"name": "Largeborough Council", "home": "H1", "as_at": "2026-11-20"},
        "themes": {each: {"title": each.replace("_", " ").capitalize(), "question": "How?"} for each in THEMES},
        "services": {f"s{n:02d}": {"title": f"Service {n}", "owner": f"Head of Service {n}"} for n in range(SERVICES)},
        "areas": {"listed": {"H1": home, **wards}},
        "sources": {
            "returns": {
                "title": "Monthly returns", "publisher": "Services", "files": ["returns *.csv"],
                "format": "delimited", "columns": columns, "area": {"column": "place", "by": "name"},
                "period": {"column": "month", "forms": ["month"]}, "key": ["code"],
                "expected": {"every": "month", "within_days": 30},
            }
        },
        "exception_rules": _RULES,
        "measures": {f"m{n:03d}": _measure(n) for n in range(MEASURES)},
    }  # fmt: skip


def _measure(number: int) -> dict[str, Any]:
    figures = {
        "source": "returns",
        "where": {"code": f"M{number:03d}"},
        "numerator": "count",
        "denominator": "out_of",
        "per": 100,
    }
    return {
        "title": f"Cases of kind {number} closed in time",
        "definition": f"The share of the cases of kind {number} that were closed in time.",
        "theme": THEMES[number % len(THEMES)],
        "service": f"s{number % SERVICES:02d}",
        "unit": "%",
        "polarity": "higher",
        "frequency": "month",
        "figures": figures,
        "targets": [{"kind": "fixed", "value": 55 + 30 * (number % 7) / 7, "reason": "The council's plan"}],
        "tolerance": {"points": 3},
    }
