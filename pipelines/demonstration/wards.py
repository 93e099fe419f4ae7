"""The wards of Alderbrook, their people, and so their share of its homes, roads and cases."""

from typing import Final

POPULATION: Final = {
    "Abbey": 10_705,
    "Ashgrove": 11_217,
    "Brickfields": 11_447,
    "Bridge Street": 12_081,
    "Canalside": 11_209,
    "Castle Mead": 11_995,
    "Church End": 8_149,
    "Dunmore": 10_028,
    "Eastfield": 12_085,
    "Fairlight": 10_818,
    "Foundry": 11_902,
    "Greenway": 8_511,
    "Highfields": 10_043,
    "Hollybrook": 9_085,
    "Kingsmoor": 10_365,
    "Larkhill": 10_495,
    "Marsh Lane": 8_080,
    "Millbank": 8_957,
    "Northgate": 9_227,
    "Oakwell": 11_969,
    "Priory": 11_320,
    "Weirside": 8_712,
}
"""Ward name to people, as the catalogue lists them."""

PEOPLE: Final = sum(POPULATION.values())
WARDS: Final = {name: people / PEOPLE for name, people in POPULATION.items()}
"""Ward name to share; the shares add up to one."""

NORTHERN: Final = tuple(list(POPULATION)[::2])
"""Highways works in two areas and puts a subtotal under each."""
