"""Judging a measure: each judgement is a small pure function that returns a status and its sentence.

`series.judge` is the one place where they are put together; a new judgement is a module here and a line there.
"""
