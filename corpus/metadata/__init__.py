"""From the text of a document to its record: title, issuer, number, dates, kind, status."""

from corpus.metadata.proposal import Proposal, corrected, document_id, propose

__all__ = ["Proposal", "corrected", "document_id", "propose"]
