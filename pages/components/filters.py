"""Filters whose state stands in the address, so that a view can be shared. Everything in an address is checked."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from scorecard.measure_words import day_in_words
from scorecard.period_forms import parse_date

LONGEST_SEARCH: Final = 80
LONGEST_DAY: Final = 20
EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2099, 12, 31)
"""Days that can be asked for."""


def choose(label: str, name: str, options: Mapping[str, str]) -> str:
    """One of `options` (key to words) as the address says, else the first, with a notice when it was asked wrongly.

    The address holds the key under `name`, and nothing when it is the first option.
    """
    first = next(iter(options))
    asked = st.query_params.get(name, first)
    if asked not in options:
        st.info(f"This address asks for a {label.lower()} that is not here: showing {options[first]} instead.")
        del st.query_params[name]
        asked = first
    key = f"filter_{name}"
    # The address is the state: it may have been changed by a link since the widget was last drawn.
    st.session_state[key] = asked

    def into_address() -> None:
        _write(name, st.session_state[key], first)

    return st.selectbox(label, list(options), format_func=lambda one: options[one], key=key, on_change=into_address)


def choose_if_several(label: str, name: str, options: Mapping[str, str]) -> str:
    """The same as `choose`, without asking where there is only one."""
    return choose(label, name, options) if len(options) > 1 else next(iter(options))


def several(label: str, name: str, options: Mapping[str, str], most: int) -> list[str]:
    """Up to `most` of `options` as the address says (`name` once for each), in the order chosen.

    What is not there, and what is one too many, is left out with a notice.
    """
    asked = list(dict.fromkeys(st.query_params.get_all(name)))
    chosen = [one for one in asked if one in options][:most]
    if chosen != asked:
        st.info(f"This address asks for a {label.lower()} that is not here, or for too many: they were left out.")
        st.query_params[name] = chosen
    key = f"filter_{name}"
    st.session_state[key] = chosen

    def into_address() -> None:
        st.query_params[name] = st.session_state[key]

    st.multiselect(
        label, list(options), format_func=lambda one: options[one], key=key, max_selections=most,
        on_change=into_address,
    )  # fmt: skip
    return chosen


def yes(label: str, name: str) -> bool:
    """Whether the address has `name=yes`; with a switch to change it."""
    key = f"filter_{name}"
    st.session_state[key] = st.query_params.get(name) == "yes"

    def into_address() -> None:
        _write(name, "yes" if st.session_state[key] else "", "")

    return st.toggle(label, key=key, on_change=into_address)


def page_of(frame: pd.DataFrame, rows: int, name: str = "page") -> pd.DataFrame:
    """As many `rows` of a frame as stand on one page, which the address names; nonsense shows the first.

    Nothing is asked where all fit on one.
    """
    pages = max(-(-len(frame) // rows), 1)
    asked = st.query_params.get(name, "1")
    at = int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= pages and len(asked) < 7 else 1
    if pages > 1:
        key = f"filter_{name}"
        st.session_state[key] = at

        def into_address() -> None:
            _write(name, str(st.session_state[key]), "1")

        st.pagination(pages, key=key, on_change=into_address)
    return frame.iloc[(at - 1) * rows : at * rows]


def search(label: str, name: str) -> str:
    """Words to look for, from the address; empty for none."""
    key = f"filter_{name}"
    st.session_state[key] = st.query_params.get(name, "")[:LONGEST_SEARCH]

    def into_address() -> None:
        _write(name, st.session_state[key], "")

    return st.text_input(label, key=key, max_chars=LONGEST_SEARCH, on_change=into_address, type="search").strip()


def day(label: str, name: str, default: date) -> date:
    """A day as the address says it (2026-04-01), else `default`, with a notice when it was asked wrongly.

    It is typed as text, in any form that files have it: the parts of Streamlit's own field are too small to touch.
    """
    asked = st.query_params.get(name, default.isoformat())
    try:
        chosen = date.fromisoformat(asked)
    except ValueError:
        chosen = date.min
    if not EARLIEST <= chosen <= LATEST:
        st.info(f"This address asks for a date that cannot be used: showing {day_in_words(default)} instead.")
        del st.query_params[name]
        chosen = default
    key = f"filter_{name}"
    st.session_state[key] = f"{chosen:%d/%m/%Y}"

    def into_address() -> None:
        typed = st.session_state[key].strip()
        read = parse_date(typed) if typed else default
        _write(name, read.isoformat() if read else typed, default.isoformat())

    st.text_input(f"{label} (day/month/year)", key=key, max_chars=LONGEST_DAY, on_change=into_address)
    return chosen


def in_use(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of measures that are live or proposed."""
    return frame[frame["stage"] != "removed"]


def measures(latest: pd.DataFrame) -> dict[str, str]:
    """Options for `choose`: every measure; those without figures after the others, the removed ones last."""
    removed = latest[latest["stage"] == "removed"]
    with_figures, without = reported(latest.drop(removed.index))
    held = titles(with_figures, "measure_id", "title") | titles(without, "measure_id", "title")
    return held | {one: f"{title} (removed)" for one, title in titles(removed, "measure_id", "title").items()}


def titles(frame: pd.DataFrame, key: str, title: str) -> dict[str, str]:
    """Options for `choose`: each of a frame's keys with its title, in the frame's order."""
    return dict(zip(frame[key], frame[title], strict=True))


def all_of(words: str, frame: pd.DataFrame, key: str, title: str) -> dict[str, str]:
    """Options for `choose`: `words` for all, then each of a frame's keys with its title, in the frame's order."""
    return {"": words} | titles(frame, key, title)


def kept(frame: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    """The rows whose columns equal what is wanted; an empty text wants everything."""
    for column, value in wanted.items():
        if value:
            frame = frame[frame[column] == value]
    return frame


def from_day(frame: pd.DataFrame, column: str, since: date) -> pd.DataFrame:
    """The rows dated on or after a day."""
    return frame[frame[column] >= pd.Timestamp(since)]


def reported(latest: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The measures that home has, or should have, figures for; and those that no figure ever came for."""
    never = latest["period"].isna()
    return latest[~never], latest[never]


def matching(frame: pd.DataFrame, words: str, columns: list[str]) -> pd.DataFrame:
    """The rows that have every word somewhere in the columns, whatever its case."""
    if frame.empty:
        return frame
    text = frame[columns].fillna("").agg(" ".join, axis=1).str.casefold()
    for word in words.casefold().split():
        text = text[text.str.contains(word, regex=False)]
    return frame.loc[text.index]


def _write(name: str, value: str, default: str) -> None:
    if value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
