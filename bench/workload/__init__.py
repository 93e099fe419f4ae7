"""6,720 series of 120 months, counted, charted and judged: what the judgements cost beside the same work in SQL."""
