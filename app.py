"""The entry point: `streamlit run app.py`. The pages begin in pages/shell.py."""

import streamlit as st

from pages.server.faults import log_script_error
from pages.server.routes import MIDDLEWARE, ROUTES, SHELL
from pages.server.warming import lifespan

app = st.App(SHELL, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=log_script_error)
