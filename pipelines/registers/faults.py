"""What is wrong with the rows of registers: each a stated problem; the derived status wins."""

from collections.abc import Mapping

from pipelines.problems import Problem
from pipelines.registers.item_rows import Judged
from scorecard.catalogue import Catalogue


def register_faults(catalogue: Catalogue, judged: Mapping[str, Judged], paths: Mapping[int, str]) -> list[Problem]:
    """The problems of all registers."""
    return []
