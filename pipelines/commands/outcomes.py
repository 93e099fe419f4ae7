"""How a command can end: the exit codes that README tells."""

from typing import Final

DONE: Final = 0
FAILED: Final = 1
NOT_STARTED: Final = 2
SOME_REFUSED: Final = 3
BUSY: Final = 4
