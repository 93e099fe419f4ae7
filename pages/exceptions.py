"""Which few measures need attention, why, since when, what to ask, and who answers for them?"""

import streamlit as st

from pages.components import cards, filters, outcomes, rows, snapshot, states, summary
from pages.components.status import SEVERITY_WORDS, STATE_WORDS

st.title("What needs attention")
found = snapshot.exceptions()
with states.guarded("The summary"):
    st.markdown(summary.of_exceptions(found))
    st.markdown(states.as_text(snapshot.by_chance()))
    st.markdown(summary.of_statuses(snapshot.latest()))

with st.container(horizontal=True):
    theme = filters.choose("Theme", "theme", filters.all_of("All themes", found, "theme_id", "theme"))
    service = filters.choose("Service", "service", filters.all_of("All services", found, "service_id", "service"))
    severity = filters.choose("Concern", "severity", {"": "Any concern", **SEVERITY_WORDS})
    state = filters.choose("State", "state", {"": "Any state", **STATE_WORDS})

shown = filters.kept(found, theme_id=theme, service_id=service, severity=severity, state=state)
if found.empty:
    states.nothing("No measure needs attention: no exception rule was met.")
elif shown.empty:
    states.nothing("No exception fits these filters.")
for exception in rows.of(shown):
    with states.guarded("This exception"):
        cards.exception(exception, snapshot.evidence(exception.measure_id, exception.area_code, exception.part))

better, settled = (
    filters.kept(frame, theme_id=theme, service_id=service) for frame in (snapshot.improvements(), snapshot.settled())
)
with states.guarded("What is getting better"):
    outcomes.show("Getting better", better, "No measure here has lastingly got better, or come back on target.")
with states.guarded("What is settled"):
    outcomes.show("Settled", settled, "No exception here has just been resolved, or is accepted for a time.")
