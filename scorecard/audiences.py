"""The circles that figures are meant for, from the widest: a later one sees what the earlier ones see."""

from typing import Final

AUDIENCES: Final = ("public", "members", "officers", "restricted")


def seen_by(audience: str) -> tuple[str, ...]:
    """The audiences whose measures `audience` may see: its own and every wider circle's."""
    return AUDIENCES[: AUDIENCES.index(audience) + 1]


def are_officers(audience: str) -> bool:
    """Whether the audience may see what services' files hold: cells, names of files, and their checksums.

    A withheld small number could be guessed, and the guess tried against the checksum of its file.
    """
    return "officers" in seen_by(audience)
