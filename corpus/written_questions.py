"""What people ask, and where the answer stands: questions written for the library's texts.

Documents say 行政相对人 and people say 老百姓: a question in people's words finds another such
question more surely than the text that answers both (Nogueira et al., doc2query, 2019).
``documents/questions.jsonl`` has one place a line: a document's id or title, its ``article`` or the
first words of a paragraph (``evidence``), and ``questions``. A language model wrote them, reading
nothing but the texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.records import Asked, Document

__all__ = ["with_questions"]

_Places = Mapping[str, tuple[Mapping[str, Any], ...]]


def with_questions(document: Document) -> Document:
    """The same document with the questions that its places answer; older versions have none."""
    places = _places().get(document.id) or _places().get(document.title, ())
    if not places or not document.current:
        return document
    articles: dict[str | None, int] = {}
    for passage in document.passages:
        articles.setdefault(passage.article, passage.start)
    asked = []
    for place in places:
        if "article" in place:
            start = articles.get(place["article"], -1)
        else:
            start = document.text.find(place["evidence"])
        asked += [Asked(start, question) for question in place["questions"] if start >= 0]
    return replace(document, asked=tuple(asked))


@cache
def _places() -> _Places:
    text = (files("corpus") / "documents" / "questions.jsonl").read_text(encoding="utf-8")
    places: dict[str, list[Mapping[str, Any]]] = {}
    for line in text.splitlines():
        place = json.loads(line)
        places.setdefault(place["document"], []).append(place)
    return {name: tuple(listed) for name, listed in places.items()}
