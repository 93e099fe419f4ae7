"""Which few measures need attention, why, since when, what to ask, and who answers for them?"""

import streamlit as st

from pages.components import cards, filters, rows, snapshot, states, summary
from pages.components.status import SEVERITY_WORDS

st.title("What needs attention")
found = snapshot.exceptions()
with states.guarded("The summary"):
    st.markdown(summary.of_exceptions(found))
    st.markdown(summary.of_statuses(snapshot.latest()))
    st.caption(states.as_text(snapshot.by_chance()))

with st.container(horizontal=True):
    theme = filters.choose("Theme", "theme", filters.all_of("All themes", found, "theme_id", "theme"))
    service = filters.choose("Service", "service", filters.all_of("All services", found, "service_id", "service"))
    severity = filters.choose("Concern", "severity", {"": "Any concern", **SEVERITY_WORDS})

shown = filters.kept(found, theme_id=theme, service_id=service, severity=severity)
if found.empty:
    states.nothing("No measure needs attention: no exception rule was met.")
elif shown.empty:
    states.nothing("No exception fits these filters.")
for exception in rows.of(shown):
    with states.guarded("This exception"):
        cards.exception(exception, snapshot.evidence(exception.measure_id, exception.area_code, exception.part))

for heading, others in (("Getting better", snapshot.improvements()), ("Settled", snapshot.settled())):
    if len(others):
        st.header(heading)
    for one in rows.of(others):
        with states.guarded("This entry"):
            cards.improvement(one)
