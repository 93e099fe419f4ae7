"""What a cell shows in place of a value when its formula has failed. Imports nothing, so that any reader may use it."""

from typing import Final

UNFINISHED: Final = "#formula without a value"
"""What we show for a formula that the program which wrote the file never worked out."""

OF_EXCEL: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Code in the binary formats → what the cell shows."""

ERRORS: Final = frozenset(
    {*OF_EXCEL.values(), "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", UNFINISHED}
)


def is_error(text: str) -> bool:
    """Whether a cell's text is what Excel or LibreOffice ("Err:502") shows for an error."""
    return text in ERRORS or (text.startswith("Err:5") and text[4:].isdigit() and len(text) == 7)
