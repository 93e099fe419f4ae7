"""An invented council's files, with ordinary mess and planted stories; docs/demonstration.md tells them."""

from pipelines.demonstration.council import names_of_files, write_demonstration

__all__ = ["names_of_files", "write_demonstration"]
