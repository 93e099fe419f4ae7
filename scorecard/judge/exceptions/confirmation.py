"""Do two detectors that can err separately see the same change for the worse?"""

from collections.abc import Iterable

from scorecard.judge.exceptions.evidence import is_clear, word
from scorecard.judge.finding import Finding


def detectors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of a change for the worse that stand by themselves, at most one of each judgement.

    They are the NHS rules (variation), our own detectors (change) and the direction of travel. A change found by
    its limits is the NHS rule for a figure outside them under another name, so beside variation it does not count.
    Being off target is no detector: one extraordinary figure is both off target and outside its limits, and
    counting it twice would confirm a figure by itself. Peers and parts are other figures, not the same change.
    """
    found: dict[str, Finding] = {}
    for finding in findings:
        if finding.adverse is True and finding.judgement in {"variation", "change", "direction"} and is_clear(finding):
            found.setdefault(finding.judgement, finding)
    change = found.get("change")
    if change and "variation" in found and word(change, "method") == "limits":
        del found["variation"]
    return [found[name] for name in ("change", "direction", "variation") if name in found]
