"""What all charts share: a specification is authored once in Altair and then fed with the plotted columns alone."""

from typing import Any

import altair as alt

Specification = dict[str, Any]


def without_data(chart: alt.TopLevelMixin) -> Specification:
    """The specification of a layered chart without the data it was authored with."""
    specification: Specification = chart.to_dict()
    specification.pop("datasets", None)
    for part in (specification, *specification["layer"]):
        part.pop("data", None)
    return specification
