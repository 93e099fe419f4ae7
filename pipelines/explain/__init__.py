"""A measure explained on the terminal: what it is, how it is worked out, and the rows behind its latest figure."""

from pipelines.explain.explanation import explanation

__all__ = ["explanation"]
