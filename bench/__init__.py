"""What the pipeline and the pages cost, as multiples of the least that could be done: `python -m bench`."""
