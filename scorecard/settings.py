"""The few settings there are, each with its environment variable, its default and what it means.

A command-line option wins over the environment, the environment over the default. README's table is
checked against SETTINGS.
"""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scorecard.audiences import AUDIENCES
from scorecard.errors import SettingError

ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One setting: its name as an option, its environment variable, default and help."""

    name: str
    default: str
    help: str

    @property
    def variable(self) -> str:
        """The environment variable, e.g. SCORECARD_DATA."""
        return f"SCORECARD_{self.name.upper()}"


SETTINGS: Final = (
    Setting("catalogue", "metrics.yaml", "The catalogue to use."),
    Setting("inbox", "inbox below data", "The folder that services put their files in; it is only read."),
    Setting("data", "data", "The folder for snapshots, the archive of accepted files and the run log."),
    Setting("council", "the catalogue's", "Name or code of the home council, in place of the catalogue's."),
    Setting("audience", "officers", "Whom the pages are for: public, members, officers or restricted."),
    Setting("stale_hours", "26", "Hours without a run after which pages say that the figures are old."),
    Setting("settle_seconds", "10", "Seconds a file in the inbox must have stayed the same before it is read."),
)


@dataclass(frozen=True)
class Settings:
    """The settings of this process, with paths made absolute."""

    catalogue: Path
    inbox: Path
    data: Path
    council: str | None
    stale_hours: float
    audience: str = "officers"
    settle_seconds: float = 0
    """Nothing is waited for where it is not said, as where every file is known to be whole."""


def read_settings(given: Mapping[str, str | None] | None = None) -> Settings:
    """Settings from what was given on the command line, else the environment, else the defaults.

    A path that is given is relative to where the command is run; a default to the project's own folder.
    Raises SettingError when stale_hours or settle_seconds is not a number of zero or more, or audience is unknown.
    """
    told = {s.name: (given or {}).get(s.name) or os.environ.get(s.variable) for s in SETTINGS}

    defaults = {s.name: s.default for s in SETTINGS}

    def path(name: str) -> Path:
        value = told[name]
        return Path(value).expanduser().absolute() if value else ROOT / defaults[name]

    data = path("data")
    return Settings(
        catalogue=path("catalogue"),
        inbox=path("inbox") if told["inbox"] else data / "inbox",
        data=data,
        council=told["council"] or None,
        audience=_audience(told["audience"] or defaults["audience"]),
        stale_hours=_span("SCORECARD_STALE_HOURS", told["stale_hours"] or defaults["stale_hours"], "hours"),
        settle_seconds=_span(
            "SCORECARD_SETTLE_SECONDS", told["settle_seconds"] or defaults["settle_seconds"], "seconds"
        ),
    )


def _audience(text: str) -> str:
    if text not in AUDIENCES:
        raise SettingError(f"SCORECARD_AUDIENCE is '{text}'; it must be one of {', '.join(AUDIENCES)}.")
    return text


def _span(variable: str, text: str, unit: str) -> float:
    try:
        span = float(text)
    except ValueError as fault:
        raise SettingError(f"{variable} is '{text}', which is not a number of {unit}.") from fault
    if not 0 <= span < math.inf:
        raise SettingError(f"{variable} is '{text}'; it must be a number of {unit} of zero or more.")
    return span
