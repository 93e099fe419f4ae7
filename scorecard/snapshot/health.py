"""Whether there are figures to show, and how old they are: the answer of /healthz and of the banner."""

from datetime import UTC, datetime
from pathlib import Path

from scorecard.errors import SnapshotError
from scorecard.snapshot.folder import current
from scorecard.snapshot.log import last_checked
from scorecard.snapshot.store import Snapshot, open_current


def health(data: Path, stale_hours: float, audience: str) -> dict[str, str | int | None]:
    """The state of what is being served to an audience, cheap enough to be asked every few seconds.

    status is "ok", "stale" (no run has looked for new files within `stale_hours`, or this is not the
    snapshot that `current` names) or "unavailable"; snapshot and published_at (ISO, UTC) are those of the
    snapshot actually open; age_seconds; council; problem is a sentence, or null.
    """
    try:
        snapshot = open_current(data, audience)
        council = str(snapshot.query("select name from council").at[0, "name"])
    except (SnapshotError, KeyError) as fault:
        return {"status": "unavailable", "snapshot": None, "published_at": None, "age_seconds": None,
                "council": None, "problem": str(fault)}  # fmt: skip
    problem = what_is_stale(snapshot, data, stale_hours)
    return {
        "status": "stale" if problem else "ok",
        "snapshot": snapshot.name,
        "published_at": snapshot.published_at.isoformat().replace("+00:00", "Z"),
        "age_seconds": int(_hours_since(snapshot.published_at) * 3600),
        "council": council,
        "problem": problem,
    }


def what_is_stale(snapshot: Snapshot, data: Path, stale_hours: float) -> str | None:
    """A sentence on why the open snapshot is not what it should be, or None."""
    try:
        named = current(data).stem
    except SnapshotError:
        return "The newest snapshot has gone; these are the last good figures."
    if named != snapshot.name:
        return f"The snapshot {named} cannot be read; these are the last good figures."
    if _hours_since(snapshot.published_at) <= stale_hours:
        return None  # without a look at the run log: this is asked in every rerun
    age = _hours_since(max(snapshot.published_at, last_checked(data) or snapshot.published_at))
    if age <= stale_hours:
        return None
    passed = f"{age / 24:.0f} days" if age >= 48 else f"{age:.0f} hours"
    return f"New files were last looked for {passed} ago; it should be done every {stale_hours:g} hours."


def _hours_since(moment: datetime) -> float:
    """Never negative, whatever the clock says."""
    return max((datetime.now(UTC) - moment).total_seconds() / 3600, 0)
