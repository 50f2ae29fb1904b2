"""PDF files, and OFD ones, as text."""

from corpus.formats.pdf.ofd_file import read_ofd
from corpus.formats.pdf.pdf_file import read_pdf
from corpus.formats.pdf.pictures import page_pictures

__all__ = ["page_pictures", "read_ofd", "read_pdf"]
