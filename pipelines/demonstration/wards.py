"""The twelve wards of Alderbrook and their share of its homes and roads."""

from typing import Final

WARDS: Final = {
    "Abbey": 0.092,
    "Bridge Street": 0.081,
    "Canalside": 0.088,
    "Castle Mead": 0.079,
    "Eastfield": 0.086,
    "Foundry": 0.094,
    "Highfields": 0.083,
    "Kingsmoor": 0.077,
    "Larkhill": 0.075,
    "Marsh Lane": 0.084,
    "Priory": 0.087,
    "Weirside": 0.074,
}
"""Ward name to share; the shares add up to one."""

NORTHERN: Final = ("Abbey", "Canalside", "Foundry", "Kingsmoor", "Larkhill", "Weirside")
"""Highways works in two areas and puts a subtotal under each."""
