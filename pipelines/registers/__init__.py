"""Registers made from the records of a run."""
