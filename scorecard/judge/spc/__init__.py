"""Statistical process control: XmR charts after NHS England's 'Making Data Count', for many series at once.

`chart` works out limits and flags, `outcome` what they say of a series; `python -m scorecard.judge.spc CASES.json`
answers cases from a file. Needs nothing beyond NumPy, so that importing it costs little.
"""

from scorecard.judge.spc.chart import Chart, chart
from scorecard.judge.spc.limits import Limits
from scorecard.judge.spc.outcome import assurance, variation
from scorecard.judge.spc.rules import MDC, REFERENCE, Rules
from scorecard.judge.spc.signals import Signals

__all__ = ["MDC", "REFERENCE", "Chart", "Limits", "Rules", "Signals", "assurance", "chart", "variation"]
