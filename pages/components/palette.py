"""Colours of the charts, for light and for dark: colour-blind safe, and at least 3:1 on the background."""

from dataclasses import dataclass
from typing import Final

import streamlit as st


@dataclass(frozen=True)
class Palette:
    """The colours of one chart."""

    figure: str
    target: str
    peer: str
    text: str
    background: str


LIGHT: Final = Palette(figure="#0072b2", target="#b35900", peer="#6b7682", text="#0b0c0c", background="#ffffff")
DARK: Final = Palette(figure="#56b4e9", target="#e69f00", peer="#9aa6b2", text="#ffffff", background="#10151b")


def palette() -> Palette:
    """The palette of the visitor's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT
