"""One fault of the catalogue, as a line that says where it is and how to mend it."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """Something in metrics.yaml that must be mended before it can be used."""

    file: str
    line: int
    """1-based; 0 when the fault belongs to the file as a whole."""
    path: str
    """Where in the catalogue, e.g. measures.sickness_days.polarity."""
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}, {self.path}: {self.message}" if self.path else f"{where}: {self.message}"


def dotted(path: Path) -> str:
    """("measures", "x", "targets", 0) becomes measures.x.targets[0]."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
