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
    concern: str
    improvement: str
    shades: tuple[str, ...] = ()
    """From the least to the most, for maps."""


LIGHT: Final = Palette(
    figure="#0072b2", target="#b35900", peer="#6b7682", text="#0b0c0c", background="#ffffff",
    concern="#9b1c5c", improvement="#007a5e", shades=("#e3eef8", "#b5d3ea", "#7fb2d8", "#3f8ac0", "#0b5f9e"),
)  # fmt: skip
DARK: Final = Palette(
    figure="#56b4e9", target="#e69f00", peer="#9aa6b2", text="#ffffff", background="#10151b",
    concern="#ff9ecb", improvement="#2fbf9b", shades=("#1d3447", "#245072", "#2c6f9f", "#3b93cb", "#56b4e9"),
)  # fmt: skip


def palette() -> Palette:
    """The palette of the visitor's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT
