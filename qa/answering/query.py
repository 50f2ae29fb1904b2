"""What a question must be before it is searched."""

from __future__ import annotations

import re

from corpus import InputError
from index import normal, simplified

__all__ = ["LONGEST_QUERY", "clean_query"]

LONGEST_QUERY = 2000
_WORD = re.compile(r"\w")


def clean_query(query: str) -> tuple[str, str]:
    """The query in simplified characters and normal form, and a notice ("" when there is none).

    Raises InputError for a blank query and for one without a single letter or number; a very long
    one is searched by its beginning, and the notice says so.
    """
    notice = ""
    if len(query) > LONGEST_QUERY:
        notice = f"问题有 {len(query)} 个字，太长了，只按前 {LONGEST_QUERY} 个字查找。"
        query = query[:LONGEST_QUERY]
    cleaned = simplified(normal(query.encode("utf-8", "ignore").decode("utf-8")))
    if not cleaned:
        raise InputError("问题是空的，请输入想问的内容。")
    if not _WORD.search(cleaned):
        raise InputError("问题里只有标点符号，请输入想问的内容。")
    return cleaned, notice
