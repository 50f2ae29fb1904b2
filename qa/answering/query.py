"""What a question must be before it is searched."""

from __future__ import annotations

import re

from corpus import InputError
from index import normal, simplified

__all__ = ["LONGEST_QUERY", "clean_query"]

LONGEST_QUERY = 2000
_WORD = re.compile(r"\w")
# Politeness and the final mark ask nothing: with and without them a question is the same.
_GREETING = re.compile(r"(?:(?:(?:[你您]|大家)好|请问|请教)(?:一下)?[呀啊啦,，。!！~\s]*)+")
_END = re.compile(r"[\s?？。!！~…]+$")
_SHORTEST = 2


def clean_query(query: str) -> tuple[str, str]:
    """The query in simplified characters and normal form, and a notice ("" when there is none).

    A greeting before it and the mark after it are taken off.

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
    return _without_manners(cleaned), notice


def _without_manners(query: str) -> str:
    """The query without greeting and final mark; as it is where nothing else is said."""
    greeting = _GREETING.match(query)
    asked = _END.sub("", query[greeting.end() :] if greeting else query)
    return asked if len(asked) >= _SHORTEST else query
