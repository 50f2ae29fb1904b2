"""From the bytes of a document of any format to its clean text."""

from corpus.formats.extracted import Extracted, HeadingMark, Page
from corpus.formats.kinds import extract, odd_ending
from corpus.formats.labels import FACT_LABEL

__all__ = ["FACT_LABEL", "Extracted", "HeadingMark", "Page", "extract", "odd_ending"]
