"""explain: one measure in plain English, from its definition to the rows behind its figure, or how it was judged."""

import argparse

from pipelines.commands.outcomes import DONE
from scorecard.catalogue import read_catalogue
from scorecard.errors import SettingError
from scorecard.nearest import did_you_mean
from scorecard.settings import Settings


def explain_measure(settings: Settings, given: argparse.Namespace) -> int:
    """Print all there is to know of a measure, or how it was judged as at a period.

    Raises SettingError for an id that the catalogue does not have, an area or a period without a figure.
    """
    from pipelines.explain import explanation, judgement_then

    catalogue = read_catalogue(settings.catalogue)
    if given.measure not in catalogue.measures:
        raise SettingError(
            f"There is no measure '{given.measure}' in {settings.catalogue.name}."
            f"{did_you_mean(given.measure, catalogue.measures)}",
            fix="Give its id, as it stands under 'measures' in the catalogue.",
        )
    if given.period is None:
        print(explanation(catalogue, given.measure, settings, given.area))
    else:
        print(judgement_then(catalogue, given.measure, settings, given.period, given.area))
    return DONE
