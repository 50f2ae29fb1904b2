"""Saved web pages as text."""

from corpus.formats.web.saved_page import read_page

__all__ = ["read_page"]
