"""The aims of the judgement, and whether a run of the benchmark reached them."""

from collections.abc import Iterator
from statistics import fmean
from typing import Final

from bench.judgement.results import OfFamily, Results
from bench.judgement.table import per_cent, times

MOST_ALARMS: Final = 0.01
"""Adverse false alarms for each healthy measure in each period."""
BETTER: Final = 1.5
"""Times as many sustained falls seen as by the plain NHS rules, on normal figures."""
UNAVOIDABLE: Final = 0.9
"""Of what one who knows the healthy law sees: a loss on spikes down to this is put down to the law."""


def aims(results: Results) -> str:
    """Lines of text: each aim, whether it was reached, and where not."""
    lines = ["Aims", *_alarms(results), *_falls(results), *_spikes(results)]
    return "\n".join(lines)


def _alarms(results: Results) -> Iterator[str]:
    over = [each for each in results.families if each.healthy.flagged["ours"] > MOST_ALARMS]
    nhs = [each.healthy.flagged["plain NHS"] for each in results.families]
    yield (
        f"  At most {per_cent(MOST_ALARMS)}% false alarms in every family: {_verdict(not over)} "
        f"({len(results.families) - len(over)} of {len(results.families)} families; "
        f"the plain NHS rules: {sum(share <= MOST_ALARMS for share in nhs)})"
    )
    for each in over:
        share, margin = each.healthy.flagged["ours"], each.healthy.margin("ours")
        chance = ", within the margin" if share - margin <= MOST_ALARMS else ""
        yield f"    above it: {each.family.title}, {per_cent(share, 2)} ±{per_cent(margin, 2)}{chance}"


def _falls(results: Results) -> Iterator[str]:
    normal = [each for each in results.families if each.family.title.startswith("normal")]
    months = [each for each in normal if each.family.phases == 12]
    if not months:
        return
    together = fmean(each.ratio for each in months)
    yield (
        f"  {BETTER:g} times as many sustained falls as the plain NHS rules on normal months: "
        f"{_verdict(together >= BETTER)} ({times(together)} on average of the lengths)"
    )
    yield from (f"    {each.family.title}: {times(each.ratio)}" for each in normal)


def _spikes(results: Results) -> Iterator[str]:
    lost = [each for each in results.families if _lost(each)]
    yield f"  No loss of spikes beyond the unavoidable: {_verdict(not lost)}"
    for each in lost:
        ours, nhs = each.spike.flagged["ours"], each.spike.flagged["plain NHS"]
        best = "" if each.knowing != each.knowing else f", knowing the law {per_cent(each.knowing)}%"
        yield f"    {each.family.title}: {per_cent(ours)}% against {per_cent(nhs)}%{best}"


def _lost(each: OfFamily) -> bool:
    """Whether ours sees fewer spikes than the NHS rules, beyond the margin, and than the law leaves to be seen."""
    ours, nhs = each.spike.flagged["ours"], each.spike.flagged["plain NHS"]
    return ours + each.spike.margin("ours") < nhs and not ours >= UNAVOIDABLE * each.knowing


def _verdict(reached: bool) -> str:
    return "reached" if reached else "not reached"
