"""check, schema, definitions: what can be asked of the catalogue as it stands."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipelines.commands.outcomes import DONE, NOT_STARTED
from pipelines.target_problems import doubtful_targets
from scorecard.catalogue import Catalogue, Fault, examine, json_schema, read_catalogue
from scorecard.catalogue.fault import dotted
from scorecard.catalogue.schema import SCHEMA_FILE
from scorecard.catalogue.yaml_file import read_yaml
from scorecard.errors import NoSnapshot, SettingError, SnapshotError
from scorecard.settings import Settings
from scorecard.snapshot.history import catalogue_of, home_observations
from scorecard.snapshot.store import open_current
from scorecard.wording import count


def check(settings: Settings, given: argparse.Namespace) -> int:
    """Print every fault of the catalogue; of a sound one, what is in it and which targets are doubtful."""
    catalogue, faults = examine(settings.catalogue)
    if catalogue is None or faults:
        print(*faults, sep="\n")
        print(f"{settings.catalogue.name}: {count(len(faults), 'fault')}.")
        return NOT_STARTED
    print(
        f"{settings.catalogue.name} is sound: {count(len(catalogue.measures), 'measure')}, "
        f"{count(len(catalogue.sources), 'source')}, {count(len(catalogue.themes), 'theme')}."
    )
    doubtful = _tell_doubts(catalogue, settings)
    return NOT_STARTED if doubtful and given.strict else DONE


def _tell_doubts(catalogue: Catalogue, settings: Settings) -> bool:
    """Print the doubts about targets; without a snapshot there is nothing to doubt them by."""
    try:
        snapshot = open_current(settings.data)
        observations, held = home_observations(snapshot), catalogue_of(snapshot)["measures"]
    except NoSnapshot:
        return False
    except SnapshotError as error:
        print(f"Targets were not compared with figures. {error}", file=sys.stderr)
        return False
    now = catalogue.model_dump(mode="json", by_alias=True)["measures"]
    same = [name for name in now if name in held and _is_counted_alike(now[name], held[name])]
    found = doubtful_targets(catalogue, observations[observations["measure_id"].isin(same)])
    file = read_yaml(settings.catalogue)
    if not found or isinstance(file, Fault):
        return False
    print(f"Doubts about targets (from snapshot {snapshot.name}):")
    for path, sentence in found:
        print(Fault(file.name, file.line_of(path), dotted(path), sentence))
    return True


def _is_counted_alike(now: dict[str, object], held: dict[str, object]) -> bool:
    """Whether figures of the snapshot can be put beside the targets of the catalogue as it is now."""
    return all(now.get(field) == held.get(field) for field in ("unit", "basis", "figures", "records"))


def write_schema(settings: Settings, given: argparse.Namespace) -> int:
    """Write the JSON Schema that editors complete the catalogue from."""
    SCHEMA_FILE.write_text(json_schema(), encoding="utf-8")
    print(f"Wrote {SCHEMA_FILE.name}: editors complete metrics.yaml from it.")
    return DONE


def write_definitions(settings: Settings, given: argparse.Namespace) -> int:
    """Write the printable definitions document. Raises CatalogueError, or SettingError where it cannot be written."""
    from scorecard.definitions_document import definitions_document

    catalogue = read_catalogue(settings.catalogue)
    document = definitions_document(catalogue, catalogue.council.as_at or datetime.now(UTC).date())
    place = Path(given.output).expanduser()
    try:
        place.write_text(document, encoding="utf-8")
    except OSError as fault:
        raise SettingError(
            f"The document cannot be written to {place}.",
            why=f"{fault.strerror or fault}.",
            fix="Name another file with --output.",
        ) from fault
    print(f"Wrote {place}: {count(len(catalogue.measures), 'measure')}. Open it in a browser to read or print it.")
    return DONE
