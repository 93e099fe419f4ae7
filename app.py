"""The entry point: `streamlit run app.py`. The pages begin in pages/shell.py."""

import streamlit as st

from pages.components.server import MIDDLEWARE, ROUTES, SHELL, lifespan, log_script_error

app = st.App(SHELL, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=log_script_error)
