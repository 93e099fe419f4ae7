"""explain: one measure in plain English, from its definition down to the rows behind its latest figure."""

import argparse

from pipelines.commands.outcomes import DONE
from scorecard.catalogue import read_catalogue
from scorecard.errors import SettingError
from scorecard.nearest import did_you_mean
from scorecard.settings import Settings


def explain_measure(settings: Settings, given: argparse.Namespace) -> int:
    """Print all there is to know of a measure. Raises SettingError for an id that the catalogue does not have."""
    from pipelines.explain import explanation

    catalogue = read_catalogue(settings.catalogue)
    if given.measure not in catalogue.measures:
        raise SettingError(
            f"There is no measure '{given.measure}' in {settings.catalogue.name}."
            f"{did_you_mean(given.measure, catalogue.measures)}",
            fix="Give its id, as it stands under 'measures' in the catalogue.",
        )
    print(explanation(catalogue, given.measure, settings, given.area))
    return DONE
