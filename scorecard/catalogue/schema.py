"""The JSON Schema that lets an editor complete and check metrics.yaml, made from the models."""

import json
from pathlib import Path
from typing import Final

from scorecard.catalogue.catalogue import Catalogue

SCHEMA_FILE: Final = Path(__file__).with_name("metrics.schema.json")


def json_schema() -> str:
    """The schema as text, the same each time for the same models."""
    schema = Catalogue.model_json_schema(by_alias=True)
    _allow_one_figures_block(schema)
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


def _allow_one_figures_block(schema: dict) -> None:  # type: ignore[type-arg]
    """`figures` may be written as one block instead of a list of one; the validator accepts both."""
    properties = schema["$defs"]["Measure"]["properties"]
    many = properties["figures"]
    one = many["items"]
    properties["figures"] = {
        "description": many.get("description", ""),
        "anyOf": [one, {k: v for k, v in many.items() if k != "description"}],
    }
