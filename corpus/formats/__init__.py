"""From the bytes of a document of any format to its clean text."""

from corpus.formats.extracted import Extracted, HeadingMark, Page
from corpus.formats.kinds import extract

__all__ = ["Extracted", "HeadingMark", "Page", "extract"]
