"""The definitions as a document, from the catalogue that a snapshot was made with."""

from scorecard.snapshot.store import Snapshot, first_row


def definitions(snapshot: Snapshot) -> bytes:
    """The printable definitions as one HTML file, of the measures meant for the snapshot's audience and no others."""
    # Loading the catalogue's models costs more than a page: only whoever asks for definitions pays for it.
    from scorecard.catalogue import Catalogue
    from scorecard.definitions_document import definitions_document

    # The catalogue is kept whole, so what the audience may see is asked of the measures' own table.
    shown = frozenset(snapshot.query("select measure_id from measure")["measure_id"])
    held = first_row(snapshot.query("select catalogue, as_at from council"))
    catalogue = Catalogue.model_validate_json(held["catalogue"])
    return definitions_document(catalogue, held["as_at"].date(), shown).encode("utf-8")
