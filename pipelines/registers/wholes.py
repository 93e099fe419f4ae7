"""Items that are part of others: milestones of actions, parts of a project."""

from collections.abc import Mapping


def wholes_of(told: Mapping[str, str | None]) -> dict[str, str]:
    """Item → the item that it is part of, for `told` parts whose whole is there and not part of them in turn."""
    return {
        item_id: whole
        for item_id, whole in told.items()
        if whole is not None and whole in told and not goes_round(item_id, told)
    }


def goes_round(item_id: str, told: Mapping[str, str | None]) -> bool:
    """Whether the wholes of an item, one above the other, come back to it."""
    seen: set[str] = set()
    above = told.get(item_id)
    while above is not None and above not in seen:
        if above == item_id:
            return True
        seen.add(above)
        above = told.get(above)
    return False
