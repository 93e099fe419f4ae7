"""Is this measure on track, is it moving, is that usual for councils like ours, and where is the figure from?"""

import streamlit as st

from pages.components import about, charts, comparisons, filters, findings, receipt, snapshot, states, tables

measures = snapshot.latest()
if measures.empty:
    st.title("Measure")
    states.nothing("There are no measures yet.")
    st.stop()

heading = st.container()
with st.container(horizontal=True):
    with_figures, without = filters.reported(measures)
    titles = filters.titles(with_figures, "measure_id", "title") | filters.titles(without, "measure_id", "title")
    measure_id = filters.choose("Measure", "measure", titles)
    areas = filters.titles(snapshot.areas(measure_id), "area_code", "name")
    area_code = filters.choose("Area", "area", areas)

measure = snapshot.definition(measure_id)
unit, decimals = measure["unit"], measure["decimals"]
series = snapshot.figures(measure_id, area_code)
found = findings.finding(series, areas[area_code], unit, decimals)

with heading:
    st.title(states.as_text(measure["title"]))
    about.in_short(measure)
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
        st.caption(f"{about.unit_and_period(measure)} {charts.key(series)}")
    with table, states.guarded("The table"):
        tables.series(series, unit, decimals, measure["title"])

compared = snapshot.comparison(measure_id)
if compared:
    st.header("Is that usual?")
    with states.guarded("The comparison"):
        comparisons.show(compared, str(snapshot.council()["name"]), unit, decimals)

st.header("What it means")
with states.guarded("The definition"):
    about.definition(measure)

st.header("Where the latest figure comes from")
with states.guarded("The receipt"):
    receipt.show(snapshot.receipt(measure_id, area_code))
