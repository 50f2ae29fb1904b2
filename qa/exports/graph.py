"""References between documents as a graph, in GraphML or CSV."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus import Document, InputError, Link, Passage, passage_at
from qa.exports.csv_file import csv_file
from qa.records import link_note

__all__ = ["write_graph"]

Values = Mapping[str, str | int | None]
Documents = Mapping[str, Document]

_COLUMNS = (
    "引用文件",
    "引用处",
    "被引文件",
    "条",
    "款",
    "项",
    "引用文字",
    "是否入库",
    "说明",
)
_NODE_KEYS = ("kind", "title", "label", "status", "document_id", "passage_id")
_EDGE_KEYS = {
    "surface": "string",
    "clause": "int",
    "item": "int",
    "held": "boolean",
    "exists": "boolean",
    "note": "string",
}
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
# What XML 1.0 cannot hold; a carriage return would come back as a line feed.
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graph(links: Iterable[Link], documents: Documents, path: Path) -> None:
    """Write references as a graph: GraphML for .graphml, a table of the edges for .csv.

    The same references in the same order give the same bytes; one given twice is written once.
    Raises InputError for another suffix or when the file cannot be written.
    """
    writers = {".graphml": _graphml, ".csv": _csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InputError(f"引用关系图的文件名要以 .graphml 或 .csv 结尾，现在是“{path.name}”。")
    content = writer(list(dict.fromkeys(links)), documents)
    try:
        path.write_bytes(content)
    except OSError as exc:
        raise InputError(f"写不了 {path}（{exc.strerror}），请换一个位置。") from exc


def _csv(links: Iterable[Link], documents: Documents) -> bytes:
    """One line for each reference."""
    return csv_file([_COLUMNS, *(_row(link, documents) for link in links)])


def _row(link: Link, documents: Documents) -> Sequence[str]:
    source = documents[link.document_id]
    return (
        source.title,
        source.citation(passage_at(source, link.start)),
        link.title,
        link.article or "",
        "" if link.clause is None else str(link.clause),
        "" if link.item is None else str(link.item),
        link.surface,
        "是" if link.held else "否",
        link_note(link, documents),
    )


class _Graph:
    """GraphML being written: nodes get the next number when they first take part."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._numbers: dict[tuple[str, str], str] = {}
        self.root = ET.Element("graphml", {"xmlns": _GRAPHML})
        for key in _NODE_KEYS:
            self._key("node", key, "string")
        for key, kind in _EDGE_KEYS.items():
            self._key("edge", key, kind)
        self._graph = ET.SubElement(self.root, "graph", {"id": "faju", "edgedefault": "directed"})

    def _key(self, of: str, name: str, kind: str) -> None:
        words = {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": kind}
        ET.SubElement(self.root, "key", words)

    def add(self, link: Link) -> None:
        """An edge, with its ends."""
        source, target = self._source(link), self._target(link)
        ends = {"source": source, "target": target}
        edge = ET.SubElement(self._graph, "edge", ends)
        values = {
            "surface": link.surface,
            "clause": link.clause,
            "item": link.item,
            "held": str(link.held).lower(),
            "exists": str(link.exists).lower(),
            "note": link_note(link, self._documents),
        }
        _fill(edge, "edge", values)

    def _source(self, link: Link) -> str:
        document = self._documents[link.document_id]
        passage = passage_at(document, link.start)
        if passage.article is not None:
            return self._article(document, passage.article, passage)
        label = document.citation(passage)
        return self._place(document, passage.id, "passage", label, passage)

    def _target(self, link: Link) -> str:
        if link.target_id is None:
            label = f"《{link.title}》"
            values: Values = {"kind": "not_held", "title": link.title, "label": label}
            return self._node(("not_held", link.title), values)
        document = self._documents[link.target_id]
        if link.article is None:
            return self._document(document)
        return self._article(document, link.article, _first_of(document, link.article))

    def _document(self, document: Document) -> str:
        values = {
            "kind": "document",
            "title": document.title,
            "label": document.name,
            "status": document.status,
            "document_id": document.id,
        }
        return self._node(("document", document.id), values)

    def _article(self, document: Document, article: str, passage: Passage | None) -> str:
        kind = "missing" if passage is None else "article"
        first = passage and (_first_of(document, article) or passage)
        return self._place(document, article, kind, document.name + article, first)

    def _place(
        self, document: Document, name: str, kind: str, label: str, passage: Passage | None
    ) -> str:
        self._document(document)
        values = {
            "kind": kind,
            "title": document.title,
            "label": label,
            "status": document.status,
            "document_id": document.id,
            "passage_id": None if passage is None else passage.id,
        }
        return self._node((document.id, name), values)

    def _node(self, key: tuple[str, str], values: Values) -> str:
        if key not in self._numbers:
            self._numbers[key] = f"n{len(self._numbers)}"
            node = ET.SubElement(self._graph, "node", {"id": self._numbers[key]})
            _fill(node, "node", values)
        return self._numbers[key]


def _fill(element: ET.Element, of: str, values: Values) -> None:
    for name, value in values.items():
        if value is not None and value != "":
            data = ET.SubElement(element, "data", {"key": f"{of}_{name}"})
            data.text = _NOT_XML.sub("\ufffd", str(value))


def _first_of(document: Document, article: str) -> Passage | None:
    return next((each for each in document.passages if each.article == article), None)


def _graphml(links: Iterable[Link], documents: Documents) -> bytes:
    graph = _Graph(documents)
    for link in links:
        graph.add(link)
    ET.indent(graph.root, " ")
    return bytes(ET.tostring(graph.root, encoding="utf-8", xml_declaration=True)) + b"\n"
