"""The definitions as a document, from the catalogue that a snapshot was made with."""

from scorecard.snapshot.store import Snapshot, first_row


def definitions(snapshot: Snapshot) -> bytes:
    """The printable definitions as one HTML file."""
    # Loading the catalogue's models costs more than a page: only whoever asks for definitions pays for it.
    from scorecard.catalogue import Catalogue
    from scorecard.definitions_document import definitions_document

    held = first_row(snapshot.query("select catalogue, as_at from council"))
    catalogue = Catalogue.model_validate_json(held["catalogue"])
    return definitions_document(catalogue, held["as_at"].date()).encode("utf-8")
