"""A measure explained on the terminal: what it is, how it is worked out and judged, and the rows behind its figure."""

from pipelines.explain.explanation import explanation
from pipelines.explain.judgement import judgement_then

__all__ = ["explanation", "judgement_then"]
