"""What all charts share: a specification is authored once in Altair and then fed with the plotted columns alone.

Fed as an Arrow table that is made once a snapshot, a chart costs a third of one fed with a frame.
"""

from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

Specification = dict[str, Any]


def without_data(chart: alt.TopLevelMixin) -> Specification:
    """The specification of a chart without the data it was authored with."""
    specification: Specification = chart.to_dict()
    specification.pop("datasets", None)
    for part in (specification, *specification.get("layer", ())):
        part.pop("data", None)
    return specification


def plotted(frame: pd.DataFrame) -> pa.Table:
    """What a chart is fed with: the columns it plots and no others. To be made once and remembered."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def draw(data: pa.Table, specification: Specification, alt_text: str, height: int) -> None:
    """A chart as wide as its place; `alt_text` says what it shows to whoever does not see it."""
    st.vega_lite_chart(data, specification, alt=alt_text, height=height, width="stretch")
