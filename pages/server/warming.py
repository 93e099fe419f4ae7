"""What is loaded before the first visitor."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.starlette import App


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[dict[str, object]]:
    """Import what every page needs, or the first visitor would wait for it."""
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()
    yield {}
    gc.unfreeze()  # or nothing of this is ever collected, and DuckDB reports it all as leaked
