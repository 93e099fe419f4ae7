"""Records: read in blocks, staged, and counted into the figures of measures."""
