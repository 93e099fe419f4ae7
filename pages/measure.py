"""One measure assembled by itself: is it on track, is it moving, is that usual, and what should be asked?"""

import streamlit as st

from pages.components import (
    about,
    breakdowns,
    charts,
    comparisons,
    confidence,
    discussion,
    filters,
    findings,
    glossary,
    linked,
    picks,
    places,
    printed,
    receipt,
    series_table,
    snapshot,
    states,
)
from pages.components.plan import done_about

if not picks.measures():
    st.title("Deep dive")
    states.nothing("There are no measures yet.")
    st.stop()

heading = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    measure_id = filters.choose("Measure", "measure", picks.measures())
    area_code = filters.choose("Area", "area", picks.areas(measure_id))
    years = filters.choose_if_several("Years shown", "years", charts.stretches(measure_id, area_code))
    with states.guarded("The printable page"):
        printed.offer(measure_id, area_code)
with heading:
    about.heading(measure_id)

found = findings.found(measure_id, area_code)
if found is None:
    states.nothing(f"There are no figures for {picks.areas(measure_id)[area_code]} yet.")
else:
    with states.guarded("The latest figure"):
        findings.show(found)
    chart, table = st.columns([2, 1], gap="large")
    with chart, states.guarded("The chart"):
        charts.trend(measure_id, area_code, years)
    with table, states.guarded("The table"):
        series_table.show(measure_id, area_code)
with states.guarded("The counter-measure"):
    linked.counter(measure_id, area_code)

discussion.show(measure_id, area_code)
with states.guarded("What is being done about it"):
    done_about.show(measure_id)
with states.guarded("The breakdown"):
    breakdowns.show(measure_id, area_code)
places.show(measure_id, area_code)
compared = snapshot.comparison(measure_id)
if compared:
    st.header("Is that usual?")
    with states.guarded("The comparison"):
        measure, council = snapshot.definition(measure_id), snapshot.council()
        comparisons.show(compared, str(council["name"]), measure["unit"], measure["decimals"])
with states.guarded("The linked measures"):
    linked.others(measure_id)

with states.guarded("The targets"):
    about.targets(measure_id)
with states.guarded("The definition"):
    about.definition(measure_id)
with states.guarded("How far to rely on it"):
    confidence.show(measure_id, area_code)
with states.guarded("The receipt"):
    receipt.show(measure_id, area_code)
with states.guarded("The words"):
    glossary.words_used("variation", "assurance", "direction", "tolerance", "run_rate", "provisional", "receipt")
