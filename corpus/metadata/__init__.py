"""From the text of a document to its record: title, issuer, number, dates, kind, status."""

from corpus.metadata.days import status_on
from corpus.metadata.frame import Annex, Frame, framed
from corpus.metadata.head import stands_around
from corpus.metadata.proposal import Proposal, corrected, document_id, propose

__all__ = [
    "Annex",
    "Frame",
    "Proposal",
    "corrected",
    "document_id",
    "framed",
    "propose",
    "stands_around",
    "status_on",
]
