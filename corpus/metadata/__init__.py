"""From the text of a document to its record: title, issuer, number, dates, kind, status."""

from corpus.metadata.frame import Annex, Frame, framed
from corpus.metadata.head import FACT_LABEL
from corpus.metadata.proposal import Proposal, corrected, document_id, propose

__all__ = [
    "FACT_LABEL",
    "Annex",
    "Frame",
    "Proposal",
    "corrected",
    "document_id",
    "framed",
    "propose",
]
