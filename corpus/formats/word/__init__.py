"""Word files (.docx) as text."""

from corpus.formats.word.word_file import Element, W, in_fallback, leaves, notes, open_word
from corpus.formats.word.word_text import read_docx

__all__ = ["W", "Element", "in_fallback", "leaves", "notes", "open_word", "read_docx"]
