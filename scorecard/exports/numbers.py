"""Numbers as text for programs."""


def number(value: float) -> str:
    """A number as text that reads back as the same number: "48", "0.1", "-5.2"."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
