"""PDF files as text."""

from corpus.formats.pdf.pdf_file import read_pdf

__all__ = ["read_pdf"]
