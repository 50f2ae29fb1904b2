"""PDF files as text."""

from corpus.formats.pdf.pdf_file import read_pdf
from corpus.formats.pdf.pictures import page_pictures

__all__ = ["page_pictures", "read_pdf"]
