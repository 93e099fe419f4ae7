"""Snapshots: where they lie, what is in them, and the one door through which they are read."""
