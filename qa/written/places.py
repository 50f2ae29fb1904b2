"""Places named in a sentence (第三章第三节, 第五条) against the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus import normal_article, parse_number
from qa.records import Hit

__all__ = ["strange_places"]

Label = tuple[int, str]

_N = "[〇零一二三四五六七八九十百千万两0-9０-９]{1,12}"
_ARTICLE = re.compile(rf"第\s?{_N}\s?条(?:之{_N})?")
_PART = rf"第\s?({_N})\s?(分编|编|章|节|部分)"
_PARTS = re.compile(rf"(?:{_PART}\s?)+")
_ONE_PART = re.compile(_PART)


def strange_places(words: str, hits: Sequence[Hit]) -> Iterator[str]:
    """The articles and sections in the words that no cited passage is of, or names."""
    articles = {
        label for hit in hits for label in _articles(f"{hit['article'] or ''} {hit['text']}")
    }
    for match in _ARTICLE.finditer(words):
        if normal_article(match.group().replace(" ", "")) not in articles:
            yield f"“{match.group()}”不是所引材料的条文"
    paths = [path for hit in hits for path in _paths(hit)]
    for match in _PARTS.finditer(words):
        said = _labels(match.group())
        if not any(_within(said, path) for path in paths):
            yield f"“{match.group()}”不是所引材料的章节"


def _articles(text: str) -> Iterator[str | None]:
    for match in _ARTICLE.finditer(text):
        yield normal_article(match.group().replace(" ", ""))


def _paths(hit: Hit) -> Iterator[list[Label]]:
    """Where a passage stands, and the sections that its text names."""
    yield _labels(" ".join(hit["section"]))
    yield from (_labels(match.group()) for match in _PARTS.finditer(hit["text"]))


def _labels(text: str) -> list[Label]:
    return [
        (number, match[2])
        for match in _ONE_PART.finditer(text)
        if (number := parse_number(match[1])) is not None
    ]


def _within(said: Sequence[Label], path: Sequence[Label]) -> bool:
    """Whether the labels stand in the path in this order."""
    rest = iter(path)
    return bool(said) and all(label in rest for label in said)
