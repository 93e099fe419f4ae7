"""How the cells of a column are spread over its values, and how far two files differ in it."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FEWEST_ROWS: Final = 300
"""Cells that a spread must be made of: of fewer, chance alone moves the index by as much as a change would."""
MOST_REMEMBERED: Final = 100_000
"""Numbers kept of one file; of a longer one every second, every fourth and so on."""
_PARTS: Final = 10
_MOST_NAMED: Final = 20
_RAREST_NAMED: Final = 0.02
_LEAST: Final = 0.0001
"""The share that a part without a cell is taken to have, so that the index stays finite."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Shares of a column's cells: for numbers between `edges` (ascending), for words by `names` and all others last."""

    cells: int
    shares: tuple[float, ...]
    edges: tuple[float, ...] = ()
    names: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What is kept of a file to hold the next one against."""
        return {"cells": self.cells, "shares": self.shares, "edges": self.edges, "names": self.names}

    @staticmethod
    def of_json(kept: Mapping[str, Any]) -> "Spread":
        """A spread that was kept."""
        shares, edges, names = tuple(kept["shares"]), tuple(kept["edges"]), tuple(kept["names"])
        return Spread(int(kept["cells"]), shares, edges, names)


@dataclass
class Cells:
    """The cells of one column of one file, gathered block by block; blank ones are not counted."""

    words: Counter[str] = field(default_factory=Counter)
    numbers: list[Numbers] = field(default_factory=list)
    step: int = 1
    """Of how many numbers one is kept."""
    total: int = 0

    def add(self, texts: pd.Series, values: pd.Series | None) -> None:
        """Take the cells of a block: their numbers if the column holds numbers, else their words."""
        if values is None:
            counted = texts.value_counts()
            self.words.update({str(word): int(times) for word, times in counted.items()})
            self.total += int(counted.sum())
            return
        found = values.dropna().to_numpy(dtype=np.float64)
        self.total += len(found)
        self.numbers.append(found[:: self.step])
        while sum(map(len, self.numbers)) > MOST_REMEMBERED:
            self.numbers, self.step = [np.concatenate(self.numbers)[::2]], self.step * 2

    def spread(self) -> Spread | None:
        """The spread to be kept; None for a column of too few cells."""
        if self.total < FEWEST_ROWS:
            return None
        if self.numbers:
            return self._over_numbers(_deciles(np.concatenate(self.numbers)))
        common = [(word, times) for word, times in self.words.most_common(_MOST_NAMED)]
        return self._over_words(tuple(word for word, times in common if times >= _RAREST_NAMED * self.total))

    def index(self, earlier: Spread) -> float | None:
        """Population stability index against an earlier file; None where there are too few cells to say.

        The sum over the parts of (share now - share then) * ln(share now / share then): 0 for the same spread;
        by convention below 0.1 is no change to speak of, and above 0.25 is a large one.
        """
        if self.total < FEWEST_ROWS or bool(earlier.edges) != bool(self.numbers):
            return None
        now = self._over_numbers(earlier.edges) if self.numbers else self._over_words(earlier.names)
        pairs = zip(now.shares, earlier.shares, strict=True)
        floored = ((max(here, _LEAST), max(there, _LEAST)) for here, there in pairs)
        return math.fsum((here - there) * math.log(here / there) for here, there in floored)

    def _over_numbers(self, edges: tuple[float, ...]) -> Spread:
        values = np.concatenate(self.numbers)
        counted = np.bincount(np.searchsorted(np.array(edges), values, side="left"), minlength=len(edges) + 1)
        return Spread(self.total, tuple((counted / len(values)).tolist()), edges=edges)

    def _over_words(self, names: tuple[str, ...]) -> Spread:
        named = [self.words[name] / self.total for name in names]
        return Spread(self.total, (*named, max(0.0, 1 - math.fsum(named))), names=names)


def _deciles(values: Numbers) -> tuple[float, ...]:
    """The numbers that part the cells into tenths; fewer where one number is so common that it fills several."""
    edges = np.quantile(values, np.linspace(0, 1, _PARTS + 1)[1:-1], method="lower")
    return tuple(np.unique(edges).tolist())


def written(spreads: Mapping[str, Spread]) -> str:
    """Spreads by column, as JSON."""
    return json.dumps({column: spread.as_json() for column, spread in spreads.items()}, ensure_ascii=False)


def read(text: str) -> dict[str, Spread]:
    """Spreads by column, from JSON."""
    return {column: Spread.of_json(kept) for column, kept in json.loads(text).items()}
