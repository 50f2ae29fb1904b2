"""From files to records: documents, their structure, the laws, citations."""

from corpus.errors import DamagedError, FajuError, InputError, MissingError
from corpus.records import Citation, Document, Furniture, Passage, Section

__all__ = [
    "Citation",
    "DamagedError",
    "Document",
    "FajuError",
    "Furniture",
    "InputError",
    "MissingError",
    "Passage",
    "Section",
]
