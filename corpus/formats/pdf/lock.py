"""PDFium is not made for two threads at once."""

from __future__ import annotations

from threading import Lock

__all__ = ["PDFIUM"]

PDFIUM = Lock()
