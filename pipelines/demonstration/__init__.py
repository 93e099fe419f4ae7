"""An invented council's files, with ordinary mess and planted stories; docs/demonstration.md tells them."""

from pipelines.demonstration.council import write_demonstration

__all__ = ["write_demonstration"]
