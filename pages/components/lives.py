"""The life of a measure in sentences."""

import pandas as pd

from pages.components.rows import of as rows_of
from scorecard.measure_words import decision_in_words


def in_words(decisions: pd.DataFrame) -> list[str]:
    """Each row of `changes.decisions` as a sentence."""
    return [
        decision_in_words(
            one.decision, one.decided_on, one.reason, one.approved_by, breaks_comparability=one.breaks_comparability
        )
        for one in rows_of(decisions)
    ]
