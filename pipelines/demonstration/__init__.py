"""An invented council's files, with ordinary mess and planted stories; docs/demonstration.md tells them."""

from pipelines.demonstration.council import make_demonstration, write_demonstration

__all__ = ["make_demonstration", "write_demonstration"]
