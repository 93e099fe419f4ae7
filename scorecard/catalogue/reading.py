"""Read a catalogue and list everything that is wrong with it, all at once."""

from pathlib import Path as FilePath
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.fault import Fault, Path, dotted
from scorecard.catalogue.rules import cross_check
from scorecard.catalogue.yaml_file import YamlFile, read_yaml
from scorecard.errors import CatalogueError
from scorecard.nearest import did_you_mean, nearest


def read_catalogue(path: FilePath) -> Catalogue:
    """The catalogue at `path`. Raises CatalogueError with every fault when it cannot be used."""
    catalogue, faults = examine(path)
    if catalogue is None or faults:
        count = f"{len(faults)} faults" if len(faults) != 1 else "one fault"
        raise CatalogueError(
            f"The catalogue {path.name} has {count}.",
            faults=tuple(str(fault) for fault in faults),
            fix=f"Mend each and run: python -m pipelines check --catalogue {path}",
        )
    return catalogue


def examine(path: FilePath) -> tuple[Catalogue | None, list[Fault]]:
    """The catalogue, if it could be read, and every fault found in it, in file order."""
    file = read_yaml(path)
    if isinstance(file, Fault):
        return None, [file]
    try:
        catalogue = Catalogue.model_validate(file.values)
    except ValidationError as error:
        return None, sorted({_as_fault(file, dict(fault)) for fault in _causes([dict(e) for e in error.errors()])})
    found = cross_check(catalogue)
    return catalogue, sorted(Fault(file.name, file.line_of(path), dotted(path), text) for path, text in found)


def _causes(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what only follows from another fault: a field missing because it is misspelt beside, a list
    called too short because one of its entries is wrong."""
    meant = set()
    for error in errors:
        if error["type"] == "extra_forbidden":
            match = nearest(str(error["loc"][-1]), _fields_at(error["loc"][:-1]))
            meant.add((*error["loc"][:-1], match))
    inside = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    return [
        error
        for error in errors
        if not (error["type"] == "missing" and error["loc"] in meant)
        and not (error["type"] == "too_short" and error["loc"] in inside)
    ]


def _as_fault(file: YamlFile, error: dict[str, Any]) -> Fault:
    path = _without_kinds(tuple(part for part in error["loc"] if _stands_for_an_entry(part)), file.values)
    return Fault(file.name, file.line_of(path), dotted(path), _in_words(error, path))


def _stands_for_an_entry(part: str | int) -> bool:
    return isinstance(part, int) or (part != "[key]" and "(" not in part and "[" not in part)


def _without_kinds(path: Path, values: object) -> Path:
    """The path as it stands in the file: which kind of entry was meant is said by `kind`, not by a place."""
    kept: list[str | int] = []
    for part in path:
        if isinstance(values, dict) and part not in values and values.get("kind") == part:
            continue
        kept.append(part)
        inside = isinstance(values, dict) and part in values
        listed = isinstance(values, list) and isinstance(part, int) and part < len(values)
        values = values[part] if inside or listed else None  # type: ignore[index]
    return tuple(kept)


def _in_words(error: dict[str, Any], path: Path) -> str:
    given, kind, context = error["input"], error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"'{path[-1]}' is not a field here.{did_you_mean(str(path[-1]), _fields_at(error['loc'][:-1]))}"
    if kind == "missing":
        return f"'{path[-1]}' is missing."
    if kind in {"literal_error", "enum"}:
        choices = [choice.strip("' ") for choice in context["expected"].replace(" or ", ", ").split(",")]
        return f"'{given}' is not one of {', '.join(choices)}.{did_you_mean(str(given), choices)}"
    if kind == "union_tag_invalid":
        choices = [choice.strip("' ") for choice in context["expected_tags"].split(",")]
        return f"kind '{context['tag']}' is not one of {', '.join(choices)}.{did_you_mean(context['tag'], choices)}"
    if kind == "union_tag_not_found":
        return "'kind' is missing: say what kind of target this is."
    if kind == "string_pattern_mismatch" and error["loc"][-1] == "[key]":
        return f"'{path[-1]}' cannot be an id: use small letters, digits and '_', beginning with a letter."
    message = str(error["msg"]).removeprefix("Value error, ")
    shown = f" (given: {str(given)[:60]!r})" if isinstance(given, str | int | float) else ""
    return f"{message}{shown}."


def _fields_at(path: Path) -> set[str]:
    """The fields that the entry at `path` may have, for suggesting the one that was meant."""
    kinds: list[Any] = [Catalogue]
    for part in path:
        kinds = [below for kind in kinds for below in _below(kind, part)]
    names: set[str] = set()
    for kind in kinds:
        names |= {field.alias or name for name, field in kind.model_fields.items()}
    return names


def _below(kind: Any, part: str | int) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(str(part))
        if field:
            return _models_in(field.annotation)
        said = get_args(kind.model_fields["kind"].annotation) if "kind" in kind.model_fields else ()
        return [] if isinstance(part, str) and len(said) == 1 and part != said[0] else [kind]
    return []


def _models_in(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) is None:
        return []
    return [model for argument in get_args(annotation) for model in _models_in(argument)]
