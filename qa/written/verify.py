"""Whether a written sentence says what its cited passages say: the first thing against it, or none.

In this order: a citation of a given passage; quotations verbatim in it; documents and places that
are the passage's own or named in it, and that stand up to ``Engine.check``; numbers and dates; the
binding words; and words enough in common. What a sentence means is not judged: one that passes has
nothing against it that can be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus import bracketed_names
from index import normal, simplified
from qa.check import find_quotations
from qa.records import FAULTS, VERDICTS, Hit, WrittenRecord
from qa.wording import strict
from qa.written.amounts import lacking
from qa.written.modals import changed_modals
from qa.written.places import strange_places
from qa.written.sentences import cited, without_citations

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Verifier", "WrittenSentence"]

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.:/@_-]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_QUOTE_END = "。，、；：！？,;:!?. "
# Words of telling, which say nothing of what is told.
_TELLING = re.compile(
    "根据|按照|依据|规定|规划|提出|要求|明确|强调|指出|其中|此外|同时|因此|以及|并且|还|上述|该|有关|相关"
    "|具体|主要|包括|对此|即|由此|可见|文件|材料|原文|方面|内容|通过|进行|为了|对于|关于|第|款|条|项"
)
# By eye, on the sentences of tests/test_qa_written.py: no real model was within reach.
_LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as written, the ranks it cites, and what is said against it ("" for nothing)."""

    text: str
    hits: tuple[int, ...]
    reason: str

    def record(self) -> WrittenRecord:
        """The contract's sentence."""
        return {
            "text": self.text,
            "hits": list(self.hits),
            "verified": not self.reason,
            "reason": self.reason,
        }


class Verifier:
    """Verifies sentences written from these passages in answer to a question."""

    def __init__(self, engine: Engine, question: str, given: Sequence[Hit]) -> None:
        self._engine = engine
        self._question = question
        self._given = {hit["rank"]: hit for hit in given}

    def verify(self, text: str) -> WrittenSentence:
        """The sentence with the first thing that is said against it."""
        ranks = cited(text)
        return WrittenSentence(text, ranks, next(self._against(text, ranks), ""))

    def _against(self, text: str, ranks: Sequence[int]) -> Iterator[str]:
        unknown = [rank for rank in ranks if rank not in self._given]
        if not ranks:
            yield "没有注明出处"
        elif unknown:
            yield f"没有编号为 {unknown[0]} 的材料"
        else:
            hits = [self._given[rank] for rank in ranks]
            words = without_citations(text)
            sources = [f"{_head(hit)}\n{hit['text']}" for hit in hits]
            yield from _quotations(words, sources)
            yield from self._places(words, hits)
            yield from self._words(words, hits, sources)

    def _places(self, words: str, hits: Sequence[Hit]) -> Iterator[str]:
        yield from strange_places(words, hits)
        allowed = {place for hit in hits for place in self._named(hit)}
        for item in self._engine.check(words).record()["items"]:
            # What is told without quotation marks is told in other words, and judged by these.
            if item["kind"] == "unmarked":
                continue
            if item["verdict"] in FAULTS:
                yield f"“{item['surface'][:40]}”{VERDICTS[item['verdict']]}"
            elif item["kind"] == "citation" and item["document"]:
                document = item["document"]["id"] or item["document"]["title"]
                if (document, item["article"] or "") not in allowed:
                    yield f"“{item['surface'][:40]}”不是所引材料的出处"

    def _named(self, hit: Hit) -> Iterator[tuple[str, str]]:
        """The documents and articles that a passage is of or names."""
        own = hit["document"]["id"]
        yield own, ""
        yield own, hit["article"] or ""
        for link in self._engine.links(own, hit["start"])["cites"]:
            document = link["document_id"] or link["title"]
            yield document, ""
            yield document, link["article"] or ""

    def _words(self, words: str, hits: Sequence[Hit], sources: Sequence[str]) -> Iterator[str]:
        own = _outside(words, [(q.outer_start, q.outer_end) for q in find_quotations(words)])
        source = "\n".join(sources)
        named = _outside(words, bracketed_names(words))
        for number in lacking(named, source):
            yield f"原文没有“{number}”这个数"
        for run in _LATIN.findall(words):
            if run.lower() not in source.lower():
                yield f"原文没有“{run[:40]}”"
        yield from changed_modals(words, own, [hit["text"] for hit in hits])
        if _shared(words, source, self._question) < _LEAST_SHARED:
            yield "多数用词不在所引的材料里"


def _head(hit: Hit) -> str:
    """What is said of a passage beside its text."""
    return "\n".join([hit["citation"], hit["document"]["title"], *hit["section"]])


def _quotations(words: str, sources: Sequence[str]) -> Iterator[str]:
    held = [strict(source).text for source in sources]
    for quotation in find_quotations(words):
        quoted = words[quotation.start : quotation.end]
        if quotation.marked and not quotation.closed:
            yield "引号没有成对"
        elif quotation.marked:
            plain = strict(quoted.strip(_QUOTE_END)).text
            if not plain or not any(plain in source for source in held):
                yield f"引文与原文不一致：“{quoted[:40]}”"


def _outside(words: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words without these stretches."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(words[at : max(at, start)])
        at = max(at, end)
    return " ".join([*kept, words[at:]])


def _shared(words: str, source: str, question: str) -> float:
    """Which part of what a sentence says, by pairs of characters, stands in its source.

    The question's own words count neither for nor against; a sentence of nothing else has none.
    """
    said = _pairs(_TELLING.sub(" ", _folded(words))) - _pairs(_folded(question))
    return len(said & _pairs(_folded(source))) / len(said) if said else 0.0


def _folded(text: str) -> str:
    return simplified(normal(text))


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}
