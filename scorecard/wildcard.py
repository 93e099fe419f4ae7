"""Names with "*" for any text, as people write them in the catalogue. Nothing else is special."""

import re
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.IGNORECASE | re.DOTALL)


def matches(pattern: str, name: str) -> bool:
    """Whether the whole of `name` fits `pattern`; case is forgiven."""
    return _compiled(pattern).fullmatch(name) is not None


def matches_any(patterns: Iterable[str], name: str) -> bool:
    """Whether `name` fits one of the patterns."""
    return any(matches(pattern, name) for pattern in patterns)
