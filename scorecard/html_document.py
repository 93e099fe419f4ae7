"""Documents to print or keep: one self-contained HTML page each, without scripts."""

from pathlib import Path
from typing import Any


def rendered(template: str, **values: Any) -> str:
    """A template of this folder with its values, every one of which is escaped. Raises where one is not given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only for who asks for a document

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)
