"""A stream of pieces of text, cut into whole sentences with their citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus import sentence_spans

__all__ = ["cited", "sentences", "without_citations"]

_MARK = r"[\[［【]\s*\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\s*[\]］】]"
_CITATION = re.compile(_MARK)
# After a full stop: the marks of the sentence that ends there, whole or still coming in.
_BELATED = re.compile(rf"(?:(?:\s*{_MARK})+[。．.]?)?(?:\s*[\[［【][\d\s,，、]*\Z)?")
_DECORATION = re.compile(r"^\s*(?:[-*•·>]+\s+|#+\s*|\d{1,2}\s*[.．)）]\s*)+|\*\*|__|`")
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.S)


def cited(sentence: str) -> tuple[int, ...]:
    """The numbers in a sentence's citations, each once, in order."""
    marks = _CITATION.findall(sentence)
    return tuple(dict.fromkeys(int(n) for mark in marks for n in re.findall(r"\d+", mark)))


def without_citations(sentence: str) -> str:
    """The sentence's own words."""
    return _CITATION.sub("", sentence)


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Each sentence as soon as the next begins, the marks after its full stop with it.

    What the model thinks aloud (``<think>``), bullets and other decoration are left out.
    """
    rest = ""
    for piece in pieces:
        rest += piece
        if rest.lstrip()[:7] in {"<think>"[:n] for n in range(1, 8)}:
            if not _THOUGHT.match(rest):
                continue
            rest = _THOUGHT.sub("", rest)
        *whole, rest = _cut(rest)
        yield from _plain(whole)
    yield from _plain(_cut(rest))


def _cut(text: str) -> list[str]:
    """The sentences of a text, the last one perhaps not at its end; at least one, perhaps "".

    What follows a sentence is cut as if nothing had been before it, as it is when it streams in.
    """
    found: list[str] = []
    while len(spans := sentence_spans(text)) > 1:
        end = spans[0][1]
        belated = _BELATED.match(text, end)
        cut = belated.end() if belated else end
        if cut >= len(text):
            break
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def _plain(whole: Iterable[str]) -> Iterator[str]:
    for sentence in whole:
        words = _DECORATION.sub("", sentence).strip()
        if words:
            yield words
