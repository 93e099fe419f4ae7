"""How do we compare with councils like ours: where do we stand, are we moving as they are, how old are the figures?"""

from functools import partial

import streamlit as st

from pages.components import comparisons, exports, filters, glossary, links, peer_cards, peer_group, snapshot, states
from pages.components.palette import palette
from pages.components.peer_words import PLACES
from scorecard.exports.listings import peers_export

st.title("How do we compare with councils like ours?")
found = peer_cards.cards(palette())
name = str(snapshot.council()["name"])
with states.guarded("The summary"):
    st.markdown(peer_cards.answer(found, name, peer_group.size()))
if not found:
    peer_group.show()
    st.stop()

titles = {one.measure_id: one.title for one in found}
themes = {one.theme_id: one.theme for one in found}
with st.container(horizontal=True):
    theme = filters.choose("Theme", "theme", {"": "All themes", **themes})
    held = {one.place for one in found}
    place = filters.choose("Where we stand", "place", {"": "Anywhere"} | {k: v for k, v in PLACES.items() if k in held})
    measure_id = filters.choose("One measure", "measure", {"": "All measures", **titles})

if measure_id:
    with states.guarded("The comparison"):
        comparisons.whole(measure_id, next(one for one in found if one.measure_id == measure_id), name)
        exports.buttons(partial(peers_export, snapshot.opened(), measure_id), f"{measure_id}_peers")
    links.here("All comparisons")
else:
    fitting = [one for one in found if theme in ("", one.theme_id) and place in ("", one.place)]
    if not fitting:
        states.nothing("No measure fits these filters.")
    with states.guarded("The comparisons"):
        peer_cards.draw(peer_cards.page_of(fitting))

with states.guarded("The group"):
    peer_group.show()
with states.guarded("The words used here"):
    glossary.words_used("peers", "median", "quarter", "break", "provisional")
