"""Judging the items of registers: states, stock and flow, predictions, tallies."""
