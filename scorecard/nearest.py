"""Which known name did the writer mean? One place, so that every message suggests in the same words."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when nothing is near enough to be worth offering."""
    by_fold = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """` Did you mean 'x'?` with its leading space, or an empty string."""
    match = nearest(name, known)
    return f" Did you mean '{match}'?" if match else ""
