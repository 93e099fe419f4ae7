"""Faults done to a small council on purpose: what is killed, filled up, damaged or made hostile must cost nothing."""
