"""Which hits are relevant to a question, judged by words and articles, whatever the chunking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus import Document
from qa.inputs import Question, Relevant, words_only
from qa.records import DocumentLabel, PassageRecord

__all__ = [
    "Names",
    "doubts",
    "holds",
    "is_relevant",
    "item_key",
    "names_of",
    "passage_key",
    "ranking",
]

Names = Mapping[str, frozenset[str]]
"""From a document's name as compared (title, id, alias) to the ids of the documents so called."""

_LEAST_OVERLAP = 8
"""Characters; a shorter piece of evidence at a passage's edge may stand there by chance."""


def names_of(documents: Iterable[Document]) -> Names:
    """Every name under which a question set may speak of one of ``documents``."""
    names: dict[str, frozenset[str]] = {}
    for document in documents:
        for name in (document.id, document.title, document.name, *document.aliases):
            key = words_only(name)
            names[key] = names.get(key, frozenset()) | {document.id}
    return names


def item_key(number: int) -> str:
    """The name of a question's ``number``-th relevant item (from 1) in qrels and runs."""
    return f"relevant-{number}"


def passage_key(passage_id: str) -> str:
    """The name of a passage in runs: its id without white space."""
    return "_".join(passage_id.split())


def ranking(question: Question, hits: Sequence[PassageRecord], names: Names) -> list[str]:
    """What ``hits`` found, best first: relevant items by their key, other passages by their id.

    An item stands once, where it was first found; a hit that holds several items puts them one
    after the other. So recall counts items, and a split article or paragraph counts once.
    """
    found: dict[str, None] = {}
    for hit in hits:
        items = [
            item_key(number)
            for number, relevant in enumerate(question.relevant, start=1)
            if is_relevant(hit, relevant, names)
        ]
        found.update(dict.fromkeys(items or [passage_key(hit["passage_id"])]))
    return list(found)


def is_relevant(hit: PassageRecord, relevant: Relevant, names: Names) -> bool:
    """Whether ``hit`` is of the named document and holds the article and the words asked for."""
    if not _same_document(hit["document"], relevant.document, names):
        return False
    if relevant.article is not None:
        article = hit["article"]
        if article is None or words_only(article) != words_only(relevant.article):
            return False
    return relevant.evidence is None or holds(
        words_only(hit["text"]), words_only(relevant.evidence)
    )


def holds(text: str, evidence: str) -> bool:
    """Whether ``evidence`` stands in ``text``, or half of it at its edge; both ``words_only``."""
    if evidence in text:
        return True
    least = max((len(evidence) + 1) // 2, _LEAST_OVERLAP)
    if len(text) >= least and text in evidence:
        return True
    return any(
        text.endswith(evidence[:length]) or text.startswith(evidence[-length:])
        for length in range(least, len(evidence))
    )


def doubts(questions: Iterable[Question], documents: Iterable[Document]) -> list[str]:
    """What in the set no search can find: documents not held, articles and words not in them."""
    held = {document.id: document for document in documents}
    names = names_of(held.values())
    texts: dict[str, str] = {}
    return [
        f"题目 {question.id}：{doubt}"
        for question in questions
        for relevant in question.relevant
        for doubt in _doubts(relevant, names, held, texts)
    ]


def _doubts(
    relevant: Relevant, names: Names, held: Mapping[str, Document], texts: dict[str, str]
) -> Iterator[str]:
    ids = names.get(words_only(relevant.document), frozenset())
    if not ids:
        yield f"库中没有“{relevant.document}”"
        return
    if relevant.article is not None:
        labels = {passage.article for id_ in ids for passage in held[id_].passages}
        if words_only(relevant.article) not in {words_only(label) for label in labels if label}:
            yield f"“{relevant.document}”中没有{relevant.article}"
    if relevant.evidence is not None:
        for id_ in ids - texts.keys():
            texts[id_] = words_only(held[id_].text)
        if not any(words_only(relevant.evidence) in texts[id_] for id_ in ids):
            yield f"“{relevant.document}”中没有“{relevant.evidence}”"


def _same_document(document: DocumentLabel, name: str, names: Names) -> bool:
    key = words_only(name)
    own = {words_only(document["id"]), words_only(document["title"])}
    return key in own or document["id"] in names.get(key, frozenset())
