"""A first visitor's guide at the top of the overview: what is seen, where to click, how to share.

Putting it away is remembered for the session, and in the browser by a cookie that a picture brings along: pages
themselves cannot set one. `tour=on` in an address shows it again, `tour=off` never does.
"""

from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PARAMETER: Final = "tour"
COOKIE: Final = "scorecard_tour"
PICTURE: Final = "tour-put-away.svg"
_PUT_AWAY: Final = "tour_put_away"
_A_YEAR: Final = 365 * 24 * 60 * 60
_NOTHING: Final = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"
STEPS: Final = (
    "1. **Read the sentence at the top.** It says how many measures are on and off target, and what is new.\n"
    "2. **Open what needs attention.** Each line says what is wrong, since when, and who answers for it; its link"
    " leads to the figures behind it.\n"
    "3. **Find your own part** in the menu: My service and My items for managers, Board for leadership, Scrutiny for"
    " members, Data quality for whoever sends in files.\n"
    "4. **Share what you see** by copying the address: it holds your filters. What a word or a symbol means is"
    " under Help."
)


def show() -> None:
    """The guide, unless it was put away in this session or this browser; an address can ask for either."""
    asked = st.query_params.get(PARAMETER)
    if asked == "on":
        st.session_state.pop(_PUT_AWAY, None)
    elif _PUT_AWAY in st.session_state:
        # The browser fetches the picture, and keeps the cookie that comes with it.
        st.markdown(f"![]({PICTURE})")
        return
    elif asked == "off" or st.context.cookies.get(COOKIE) == "off":
        return
    with st.container(border=True, gap="small"):
        st.markdown(f"**New here? Four steps**\n\n{STEPS}")
        st.button("Put this guide away", icon=":material/close:", on_click=_put_away)


def link() -> None:
    """A link that shows the guide again."""
    st.page_link("overview.py", label=":blue[**Show the guide for a first visit**]", query_params={PARAMETER: "on"})


def _put_away() -> None:
    st.session_state[_PUT_AWAY] = True
    st.query_params.pop(PARAMETER, None)


def remember(_request: Request) -> Response:
    """An empty picture with the cookie by which this browser remembers that the guide was put away, for a year."""
    answer = Response(_NOTHING, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
    answer.set_cookie(COOKIE, "off", max_age=_A_YEAR, httponly=True, samesite="lax")
    return answer


ROUTE: Final = Route(f"/{PICTURE}", remember)
"""To be served beside the pages."""
