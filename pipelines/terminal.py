"""Text for a terminal: what comes from anybody's file must not steer it."""


def printable(text: str) -> str:
    """The text without characters that would steer the terminal."""
    return "".join(each if each.isprintable() or each in "\n\t" else "\N{REPLACEMENT CHARACTER}" for each in text)
