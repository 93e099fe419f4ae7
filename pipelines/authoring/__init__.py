"""A new measure: asked for step by step, written as a block of YAML, put into the catalogue."""
