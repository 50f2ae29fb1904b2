"""The 摘编 of the page as HTML: the buttons that fill it, and what it holds."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from qa.library import place_of, places_of
from qa.page.marks import folds
from qa.records import ExcerptRecord

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["collect_button", "collection", "excerpt_calls", "place_tools"]

Record = dict[str, Any]


def collect_button(places: Sequence[tuple[str, int, str]]) -> str:
    """加入摘编 for these stretches: document, start and words of each."""
    kept = json.dumps([place_of(*place) for place in places], ensure_ascii=False)
    return f'<button type="button" data-do="collect" data-places="{escape(kept)}">加入摘编</button>'


def place_tools(document_id: str, start: int, text: str, citation: str) -> str:
    """What can be taken away of a whole passage."""
    copied = escape(f"“{text.strip()}”\n——{citation}")
    return (
        f'<button type="button" data-do="copy" data-copy="{copied}">复制原文和引文</button>'
        f"{collect_button([(document_id, start, text)])}"
    )


def collection(records: Sequence[ExcerptRecord]) -> str:
    """What was collected, by document, each with a button that takes it out."""
    held = [record for record in records if not record["missing"]]
    lost = [record for record in records if record["missing"]]
    parts = [
        f"<section><h3>《{escape(group[0]['document']['title'])}》</h3>"
        f"<ol>{''.join(map(_item, group))}</ol></section>"
        for group in _by_document(held)
    ]
    if lost:
        items = "".join(f"<li><p>{escape(r['missing'])}。</p>{_remove(r)}</li>" for r in lost)
        parts.append(f"<section><h3>已找不到的</h3><ol>{items}</ol></section>")
    return "".join(parts)


def excerpt_calls(engine: Engine) -> Sequence[Callable[[Record], Any]]:
    """Show a collection, and write it as a file."""

    def open_collection(payload: Record) -> str:
        return collection(engine.excerpts(places_of(payload["places"])))

    def export_collection(payload: Record) -> dict[str, str]:
        from qa.exports import excerpts_markdown, excerpts_word

        records = engine.excerpts(places_of(payload["places"]))
        held = [record for record in records if not record["missing"]]
        if payload["what"] == "docx":
            content = excerpts_word(held, engine.about())
        else:
            content = excerpts_markdown(held, engine.about()).encode()
        suffix = "docx" if payload["what"] == "docx" else "md"
        return {"name": f"摘编.{suffix}", "content": b64encode(content).decode()}

    return open_collection, export_collection


def _by_document(records: Sequence[ExcerptRecord]) -> list[list[ExcerptRecord]]:
    return [list(group) for _, group in groupby(records, lambda r: str(r["document"]["id"]))]


def _item(record: ExcerptRecord) -> str:
    start, end, _ = folds(record["text"], ())[0]
    more = "……" if end < len(record["text"]) else ""
    return (
        f"<li><cite>{escape(record['citation'])}</cite>"
        f'<p class="source">{escape(record["text"][start:end])}{more}</p>{_remove(record)}</li>'
    )


def _remove(record: ExcerptRecord) -> str:
    place = escape(json.dumps(record["place"], ensure_ascii=False))
    return (
        f'<button type="button" class="quiet" data-do="remove" data-place="{place}">移除</button>'
    )
