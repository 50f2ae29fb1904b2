"""What several tabs show, and what the 文档库 tab renews when the library has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qa.inputs import LIMITS
from qa.markup import Html, render
from qa.records import AboutRecord, DocumentRecord, day, holdings

__all__ = ["filter_grid", "masthead", "told_apart"]


def masthead(about: AboutRecord) -> Html:
    """The name of the program and one sentence on what the library holds and as of when."""
    return render(
        "page/masthead.html",
        library=about["library"],
        holdings=holdings(about),
        most_excerpts=LIMITS.excerpts,
    )


def told_apart(documents: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """The documents, those that share a name with their date behind it."""
    counts = Counter(document["name"] for document in documents)
    return [
        {**document, "name": f"{document['name']}（{day(document['published'])}）"}
        if counts[document["name"]] > 1 and document["published"]
        else document
        for document in documents
    ]


def filter_grid(documents: Sequence[DocumentRecord]) -> Html:
    """What a question can be limited to: a document and its sections, kinds, statuses."""
    kinds = dict.fromkeys(document["kind"] for document in documents if document["kind"])
    statuses = dict.fromkeys(document["status"] for document in documents if document["status"])
    return render(
        "page/filters.html", documents=told_apart(documents), kinds=kinds, statuses=statuses
    )
