"""How much may be brought at a time: one table, for the page, for programs and for files."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["LIMITS", "Limits"]

_MB = 2**20


class Limits(NamedTuple):
    """Sizes are in bytes, lengths in characters.

    A draft's file is large by its pictures, its text is what is checked. ``questions`` are those of
    a batch on the page; the command line takes as many as a table has rows. An upload is held in
    the browser's memory twice. ``text_length`` is that of what a program gives in one call.
    """

    draft_size: int = 50 * _MB
    draft_length: int = 3_000_000
    table_size: int = 20 * _MB
    table_rows: int = 20_000
    questions: int = 5000
    upload_size: int = 100 * _MB
    uploads: int = 30
    excerpts: int = 500
    text_length: int = 300_000
    hits: int = 100


LIMITS: Final = Limits()
