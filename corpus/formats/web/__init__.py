"""Saved web pages as text, and HTML that stands in other files."""

from corpus.formats.web.saved_page import read_fragment, read_page

__all__ = ["read_fragment", "read_page"]
