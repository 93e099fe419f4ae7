"""Is this measure on track, is it moving, is that usual for councils like ours, and where is the figure from?"""

import streamlit as st

from pages.components import (
    about,
    breakdowns,
    charts,
    comparisons,
    filters,
    findings,
    judgements,
    receipt,
    snapshot,
    states,
    tables,
)

measures = snapshot.latest()
if measures.empty:
    st.title("Measure")
    states.nothing("There are no measures yet.")
    st.stop()

heading = st.container()
with st.container(horizontal=True):
    measure_id = filters.choose("Measure", "measure", filters.measures(measures))
    areas = filters.titles(snapshot.areas(measure_id), "area_code", "name")
    area_code = filters.choose("Area", "area", areas)

measure = snapshot.definition(measure_id)
unit, decimals = measure["unit"], measure["decimals"]
series = snapshot.figures(measure_id, area_code)
decisions = filters.kept(snapshot.decisions(), measure_id=measure_id)
found = findings.finding(series, areas[area_code], unit, decimals)

with heading:
    st.title(states.as_text(measure["title"]))
    about.in_short(measure)
    about.stage(measure, decisions)
if found is None:
    states.nothing(f"There are no figures for {areas[area_code]} yet.")
else:
    with states.guarded("The latest figure"):
        findings.show(found)
    chart, table = st.columns([2, 1], gap="large")
    with chart, states.guarded("The chart"):
        st.header(states.as_text(found.sentence))
        st.markdown(states.as_text(found.movement))
        charts.trend(series, unit, decimals, f"{found.sentence} {found.movement}")
        charts.notes(series, about.unit_and_period(measure))
    with table, states.guarded("The table"):
        tables.series(series, unit, decimals, measure["title"])

with states.guarded("The judgements"):
    judgements.show(snapshot.findings(measure_id, area_code))

compared = snapshot.comparison(measure_id)
if compared:
    st.header("Is that usual?")
    with states.guarded("The comparison"):
        comparisons.show(compared, str(snapshot.council()["name"]), unit, decimals)

dimensions = filters.titles(snapshot.dimensions(measure_id, area_code), "dimension", "title")
if dimensions:
    dimension = filters.choose_if_several("Broken down by", "by", dimensions)
    with states.guarded("The breakdown"):
        parts = snapshot.breakdown(measure_id, area_code, dimension)
        breakdowns.show(parts, unit, decimals, dimensions[dimension])

with states.guarded("The targets"):
    about.what_good_looks_like(measure, filters.kept(snapshot.targets(), measure_id=measure_id))

with states.guarded("The definition"):
    about.definition(measure)
    about.decisions(decisions)

st.header("Where the latest figure comes from")
with states.guarded("The receipt"):
    receipt.show(snapshot.receipt(measure_id, area_code), snapshot.counted_files(measure_id, area_code))
