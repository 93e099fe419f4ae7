"""What became of one fault, and the table of all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Result:
    """One fault done once: which (F1 and so on), what exactly, what came of it, and everything that should not have."""

    fault: str
    case: str
    outcome: str = ""
    wrong: list[str] = field(default_factory=list)


def as_table(results: Iterable[Result]) -> str:
    """A line for each fault, case and outcome: how often it was done, and how often something was wrong."""
    rows: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        rows.setdefault((result.fault, result.case, result.outcome), []).append(result)
    lines = ["| fault | case | outcome | times | wrong |", "| --- | --- | --- | --- | --- |"]
    for (fault, case, outcome), many in rows.items():
        wrong = sum(bool(result.wrong) for result in many)
        lines.append(f"| {fault} | {case} | {outcome} | {len(many)} | {wrong or ''} |")
    return "\n".join(lines)


def summary(results: Sequence[Result]) -> str:
    """How many of each fault, and how many of them went wrong."""
    said = []
    for fault in dict.fromkeys(result.fault for result in results):
        mine = [result for result in results if result.fault == fault]
        said.append(f"{fault}: {len(mine)} done, {sum(bool(result.wrong) for result in mine)} wrong.")
    return "\n".join(said)
